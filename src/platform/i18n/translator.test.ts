import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createTranslator, readLocales } from './translator.ts'

const scratch = mkdtempSync(join(tmpdir(), 'peiban-locales-'))
afterAll(() => rmSync(scratch, { recursive: true }))

const PLURAL = { TooMany_one: 'A day at most', TooMany_other: '{{days}} days at most' }

function aFolder(room: string, texts?: { 'zh-CN': object; en: object }): { room: string; folder: string } {
  const folder = join(scratch, room)
  mkdirSync(join(folder, texts ? 'locales' : 'server'), { recursive: true })
  for (const [locale, content] of Object.entries(texts ?? {}))
    writeFileSync(join(folder, 'locales', `${locale}.json`), JSON.stringify(content))
  return { room, folder }
}

const translate = createTranslator(
  readLocales([
    aFolder('card', {
      'zh-CN': { title: '会员卡', problems: { CardFrozen: '卡 {{number}} 已冻结。' } },
      en: {
        title: 'Cards',
        state: { frozen: 'frozen since {{on}}' },
        problems: { CardFrozen: 'Card {{number}} is frozen.' },
      },
    }),
    aFolder('tag', { 'zh-CN': { title: '标签' }, en: { title: 'Tags' } }),
    aFolder('silent'),
  ]),
)

test.each([
  ['its own language', 'zh-CN', 'card', 'title', {}, '会员卡'],
  ['the same key of another room', 'zh-CN', 'tag', 'title', {}, '标签'],
  [
    'a key of several parts, with a value',
    'en',
    'card',
    'state.frozen',
    { on: '2026-03-02' },
    'frozen since 2026-03-02',
  ],
  ['English, where the Chinese is missing', 'zh-CN', 'card', 'state.frozen', { on: 1 }, 'frozen since 1'],
  ['the key itself, where there is no text', 'en', 'card', 'state.lost', {}, 'state.lost'],
  ['the key itself, where it names a group', 'en', 'card', 'state', {}, 'state'],
  ['the key itself, in a room without texts', 'en', 'silent', 'title', {}, 'title'],
  ['the placeholder, where a value was forgotten', 'en', 'card', 'state.frozen', {}, 'frozen since {{on}}'],
  ['nothing for a value that is null', 'en', 'card', 'state.frozen', { on: null }, 'frozen since '],
  ['a value with a dollar sign as it is', 'en', 'card', 'state.frozen', { on: '$& $1' }, 'frozen since $& $1'],
] as const)('says %s', (_what, locale, room, key, values, text) => {
  expect(translate(locale, room, key, values)).toBe(text)
})

test.each([
  ['one, by its count', 'en', 'said.gone', { count: 1 }, 'One is gone'],
  ['others, by their count', 'en', 'said.gone', { count: 2 }, '2 are gone'],
  ['none as others', 'en', 'said.gone', { count: 0 }, '0 are gone'],
  ['one, by the number it shows', 'en', 'said.within', { what: 'seen', days: 1 }, 'seen within a day'],
  ['others, by the number it shows', 'en', 'said.within', { what: 'seen', days: 3 }, 'seen within 3 days'],
  ['others, where no number is known', 'en', 'said.within', { what: 'seen' }, 'seen within {{days}} days'],
  ['what has one form only as it is', 'en', 'said.reason_other', { count: 1 }, 'for another reason'],
  ['the key of that, without its form', 'en', 'said.reason', { count: 1 }, 'said.reason'],
] as const)('says %s', (_what, locale, key, values, text) => {
  const en = {
    gone_one: 'One is gone',
    gone_other: '{{count}} are gone',
    within_one: '{{what}} within a day',
    within_other: '{{what}} within {{days}} days',
    reason_other: 'for another reason',
  }
  const counting = createTranslator(
    readLocales([aFolder('count', { 'zh-CN': {}, en: { said: en, problems: PLURAL } })]),
  )
  expect(counting(locale, 'count', key, values)).toBe(text)
  expect(counting.problem('en', 'TooMany', { days: 1 })).toBe('A day at most')
  expect(counting.problem('en', 'TooMany', { days: 2 })).toBe('2 days at most')
})

test('a refusal is found by its code, whichever room declares it', () => {
  expect(translate.problem('zh-CN', 'CardFrozen', { number: '0001' })).toBe('卡 0001 已冻结。')
  expect(translate.problem('en', 'CardFrozen', { number: '0001' })).toBe('Card 0001 is frozen.')
  expect(translate.problem('en', 'Unheard')).toBe('Unheard')
})
