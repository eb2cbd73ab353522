import { expect, test } from 'vitest'
import { activeEntry, navOf, thumbEntries, type NavSection, type RoomPage } from './nav.ts'
import { matchingPages, stepChoice } from './palette-items.ts'

const Icon = () => null
const page = (path: string, rest: Partial<RoomPage> = {}): RoomPage => ({
  path,
  room: 'card',
  component: Icon,
  ...rest,
})
const nav = (group: 'daily' | 'settings', order: number) => ({ group, order, icon: Icon, label: `nav.${order}` })
const text = (room: string, key: string) => `${room}:${key}`
const me = { permissions: ['card.open'] }

const pages = [
  page('/settings', { nav: nav('settings', 1), permission: 'organization.configure' as never }),
  page('/cards', { nav: nav('daily', 20), permission: 'card.open' as never }),
  page('/', { nav: nav('daily', 10) }),
  page('/cards/$cardId'),
  page('/sign-in', { layout: 'plain', label: 'signIn' }),
]

test('only what the person may open, by group and order', () => {
  expect(
    navOf(pages, me, text).map(({ group, entries }) => [group, entries.map(({ path, label }) => `${path} ${label}`)]),
  ).toEqual([['daily', ['/ card:nav.10', '/cards card:nav.20']]])
})

test.each([
  ['/', '/'],
  ['/cards', '/cards'],
  ['/cards/123', '/cards'],
  ['/cardsharp', undefined],
  ['/elsewhere', undefined],
])('at %s the entry %s is lit', (pathname, expected) => {
  expect(activeEntry(navOf(pages, me, text), pathname)).toBe(expected)
})

const section = (group: NavSection['group'], ...paths: string[]): NavSection => ({
  group,
  entries: paths.map((path) => ({ path, label: path, icon: Icon })),
})
test.each([
  ['all where that is little', [section('daily', 'a', 'b', 'c', 'd'), section('patients', 'e')], 'abcde'],
  ['today, and the people', [section('daily', 'a', 'b', 'c', 'd'), section('patients', 'e', 'f')], 'abce'],
  ['of one long group its beginning', [section('settings', 'a', 'b', 'c', 'd', 'e', 'f')], 'abcd'],
  [
    'of short groups what comes',
    [section('daily', 'a'), section('patients', 'b'), section('content', 'c', 'd', 'e', 'f')],
    'abcd',
  ],
  ['nothing of nothing', [], ''],
])('under the thumb lies %s', (_what, sections, expected) => {
  expect(
    thumbEntries(sections)
      .map(({ path }) => path)
      .join(''),
  ).toBe(expected)
})

test('the palette finds pages by their name, none that need a parameter or stand alone', () => {
  expect(matchingPages(pages, me, '', text).map(({ to }) => to)).toEqual(['/cards', '/'])
  expect(matchingPages(pages, me, 'NAV.20', text).map(({ to }) => to)).toEqual(['/cards'])
  expect(matchingPages(pages, me, 'nav.20', text).map(({ hint }) => hint)).toEqual(['web:group.daily'])
  expect(matchingPages(pages, { permissions: [] }, 'nav.20', text)).toEqual([])
})

test.each([
  [0, 3, 'ArrowDown', 1],
  [2, 3, 'ArrowDown', 0],
  [0, 3, 'ArrowUp', 2],
  [5, 3, 'a', 2],
  [0, 0, 'ArrowDown', 0],
])('from %i of %i, %s leads to %i', (at, count, key, expected) => expect(stepChoice(at, count, key)).toBe(expected))
