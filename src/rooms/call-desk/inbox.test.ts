import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { inboxOf, takeInbox } from './server/inbox.ts'

const house = await aHouse()
const folder = inboxOf(house.house, house.tenant)
const db = () => house.house.databases.of(house.tenant.id)
const sounds = () => db().selectFrom('call_sound').select(['key', 'state', 'reason']).orderBy('key').execute()
const put = (name: string, content: Buffer | string) => writeFileSync(join(folder, name), content)
const wav = Buffer.concat([Buffer.from('RIFF\0\0\0\0WAVEfmt '), Buffer.alloc(9000, 1)])
const told = (key: string, more: object = {}) =>
  JSON.stringify({
    key,
    phone: '13812341999',
    beganAt: '2026-03-02T01:00:00Z',
    durationMs: 4000,
    consent: 'given',
    file: `${key}.wav`,
    ...more,
  })

beforeAll(() => mkdirSync(folder, { recursive: true }))
beforeEach(async () => {
  await db().deleteFrom('call_sound').execute()
})

test('a pair is kept and removed; a note whose sound is still on its way waits', async () => {
  put('a.wav', wav)
  put('a.json', told('a'))
  put('b.json', told('b'))
  expect(await takeInbox(house.house, house.tenant)).toBe(1)
  expect(await sounds()).toEqual([{ key: 'a', state: 'waiting', reason: 'no-call' }])
  expect(readdirSync(folder)).toEqual(['b.json'])
  put('b.wav', wav)
  expect(await takeInbox(house.house, house.tenant)).toBe(1)
  expect(readdirSync(folder)).toEqual([])
})

test('two workers at once keep each once', async () => {
  for (const key of ['c', 'd', 'e']) {
    put(`${key}.wav`, wav)
    put(`${key}.json`, told(key))
  }
  await Promise.all([takeInbox(house.house, house.tenant), takeInbox(house.house, house.tenant)])
  expect((await sounds()).map(({ key }) => key)).toEqual(['c', 'd', 'e'])
  expect(readdirSync(folder)).toEqual([])
})

test.each([
  ['no JSON', 'x', wav],
  ['nothing of what is asked', '{}', wav],
  ['a file elsewhere', told('f', { file: '../f.wav' }), wav],
  ['no sound', told('g', { file: 'h.wav' }), Buffer.from('text')],
])('what cannot be read stays, marked: %s', async (_what, note, sound) => {
  put('h.wav', sound)
  put('h.json', note)
  expect(await takeInbox(house.house, house.tenant)).toBe(0)
  expect(await sounds()).toEqual([])
  expect(existsSync(join(folder, 'h.json.refused'))).toBe(true)
  expect(existsSync(join(folder, 'h.wav'))).toBe(true)
})

test('a house without such a folder has nothing to take', async () => {
  expect(await takeInbox(house.house, await house.anOrganization('无交换机'))).toBe(0)
})
