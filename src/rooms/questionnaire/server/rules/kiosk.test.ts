import { expect, test } from 'vitest'
import { kioskStanding, type KioskTries } from './kiosk.ts'

const NOW = new Date('2026-03-02T02:00:00Z')
const fresh: KioskTries = { tries: 0, tries_since: null, ended_at: null }
const ago = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000)

test.each<[string, Partial<KioskTries>]>([
  ['ready', {}],
  ['ready', { tries: 4, tries_since: ago(0) }],
  ['resting', { tries: 5, tries_since: ago(9) }],
  ['ready', { tries: 5, tries_since: ago(10) }],
  ['ended', { ended_at: ago(1), tries: 5, tries_since: ago(0) }],
])('a tablet is %s: %j', (expected, change) => expect(kioskStanding({ ...fresh, ...change }, NOW)).toBe(expected))
