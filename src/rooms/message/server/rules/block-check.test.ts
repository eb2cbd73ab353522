import { describe, expect, test } from 'vitest'
import type { Block } from '../../contract/block.ts'
import { templateDefinition } from '../../contract/template.ts'
import { contrastOf, emptyLinkWords, faintIn, shoutingIn, spamSigns } from './sign-check.ts'
import { checkTemplate } from './template-check.ts'
import { keepsFromTrial } from './trial.ts'
import { alarmOf, upkeepOf } from './upkeep.ts'

const both = (zh: string, en = 'Fine words.') => ({ zh, en })
const text = (zh: string, en?: string): Block => ({ kind: 'text', id: 'text', words: both(zh, en) })
const quote = (over: object = {}): Block => ({
  kind: 'quote',
  id: 'quote',
  words: both('多走路'),
  source: both('世界卫生组织', 'WHO'),
  date: '2023',
  ...over,
})
const picture = (zh: string): Block => ({
  kind: 'picture',
  id: 'pict',
  picture: `${'0'.repeat(32)}.${'a'.repeat(43)}`,
  width: 10,
  height: 10,
  words: both(zh, 'Two hands under a tap'),
})
const long = text('今天想和您说说洗手。', 'Today a word about washing your hands, which keeps many illnesses away.')
const check = (blocks: Block[], over: object = {}) =>
  checkTemplate(
    templateDefinition.parse({
      code: 'by-blocks',
      name: both('甲'),
      occasion: both('甲'),
      purpose: 'care',
      channels: ['email'],
      zh: { subject: '您好', text: '…' },
      en: { subject: 'Hello', text: '…' },
      blocks,
      ...over,
    }),
  )
const kinds = (blocks: Block[], over: object = {}) =>
  check(blocks, over).map(({ part, kind, block }) => [part, kind, block].filter(Boolean).join(' '))

describe('what holds a template by blocks back', () => {
  test('nothing a sound one', () => expect(kinds([text('您好。'), quote()], { knowledge: true })).toEqual([]))

  test.each<[string, Block[], object, string[]]>([
    ['knowledge without a citation', [text('好。')], { knowledge: true }, ['blocks citation-missing']],
    [
      'knowledge with a citation of no year',
      [quote({ date: '' })],
      { knowledge: true },
      ['zh.blocks source-missing quote', 'en.blocks source-missing quote'],
    ],
    ['a citation of nobody', [quote({ source: both('', 'WHO') })], {}, ['zh.blocks source-missing quote']],
    ['a language that is missing', [text('好。', ' ')], {}, ['en.blocks block-empty text']],
    [
      'a picture that says nothing',
      [
        text(
          '今天想和您说说洗手这件小事：回家先洗手，用流动的水和肥皂，至少二十秒，指缝也要洗到。',
          'Today a word about washing your hands, which keeps many illnesses away.',
        ),
        picture('IMG_2041.jpg'),
      ],
      {},
      ['zh.blocks alt-missing pict'],
    ],
    ['pictures alone', [picture('一双手'), long], {}, ['zh.blocks picture-only']],
    [
      'a small heading first',
      [{ kind: 'heading', id: 'head', level: 2, words: both('小标题') }, text('好。')],
      {},
      ['blocks heading-order head'],
    ],
    [
      'a button that says nothing',
      [{ kind: 'button', id: 'butt', words: both('点击这里', 'Click here'), to: 'link' }],
      {},
      ['zh.blocks empty-link-words butt', 'en.blocks empty-link-words butt'],
    ],
    [
      'a button to a variable that is not there',
      [{ kind: 'button', id: 'butt', words: both('去看看', 'See it'), to: 'nowhere' }],
      {},
      ['zh.blocks unknown-variable butt', 'en.blocks unknown-variable butt'],
    ],
    ['an identity number', [text('号码 11010519491231002X')], {}, ['zh.blocks personal-data text']],
    ['a value of the laboratory', [text('您的血糖是 6.1 mmol/L')], {}, ['zh.blocks personal-data text']],
    ['a promise', [text('我们的治愈率很高。')], {}, ['zh.blocks forbidden-phrase text']],
    ['spam', [text('恭喜您获得体检。')], {}, ['zh.blocks spam-sign text']],
    ['a shortened address', [text('见 https://t.cn/abc 。')], {}, ['zh.blocks shortened-link text']],
  ])('%s', (_what, blocks, over, expected) => expect(kinds(blocks, over)).toEqual(expected))

  test('words that are hard to read', () => {
    const found = kinds([text('您患有高血压，预后不良。'.replace('。', '，') + '这句话很长'.repeat(10))])
    expect(found).toContain('zh.blocks jargon text')
    expect(found).toContain('zh.blocks long-sentence text')
  })

  test('a mail that Gmail would cut off', () => {
    const html = `<p>${'好'.repeat(33_000)}</p>`
    expect(kinds([], { zh: { subject: '您好', text: '好', html } })).toContain('zh.html too-big')
  })

  test('knowledge written as text needs blocks, since a citation is one', () =>
    expect(kinds([], { knowledge: true })).toEqual(['blocks citation-missing']))

  test('what concerns style does not keep a trial from its author, what gives a person away does', () => {
    expect(check([text('好。')], { knowledge: true }).filter(keepsFromTrial)).toEqual([])
    expect(check([text('号码 11010519491231002X')]).filter(keepsFromTrial)).toHaveLength(1)
  })
})

test('a subject that shouts', () => {
  expect(['流感季到了！', 'PLEASE READ THIS NOW'].flatMap(shoutingIn).map(({ kind }) => kind)).toEqual([
    'shouting',
    'shouting',
  ])
  expect(['流感季，请记住', 'Your WHO guide', 'OK'].flatMap(shoutingIn)).toEqual([])
})

test('spam and links that say nothing, and what is neither', () => {
  expect(spamSigns('限时抢购，点击领取').length).toBeGreaterThan(1)
  expect(spamSigns('https://nhc.gov.cn/wjw/t.cn 的说明，发热三天要就医')).toEqual([])
  expect(emptyLinkWords(' Click here › ')).toHaveLength(1)
  expect(emptyLinkWords('登录看报告')).toEqual([])
})

test('contrast as WCAG counts it', () => {
  expect(contrastOf('#000000', '#ffffff')).toBeCloseTo(21, 5)
  expect(contrastOf('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
  expect(faintIn('<p style="color:#aaa">x</p><p style="color:#fff;background:#0b7a75">y</p>')).toHaveLength(1)
})

test('who is told of the end of a template, and when: two weeks before, three days before, on the day', () => {
  const stage = (expiresOn: string | null, reviewOn: string | null = null) =>
    alarmOf({ expiresOn, reviewOn }, '2026-03-02')?.stage
  expect(
    ['2026-04-10', '2026-03-16', '2026-03-08', '2026-03-05', '2026-03-02', '2026-02-01'].map((day) => stage(day)),
  ).toEqual([undefined, '2026-03-16:14', '2026-03-08:14', '2026-03-05:3', '2026-03-02:0', '2026-02-01:0'])
  expect([stage(null, '2026-03-02'), stage(null, '2026-03-03')]).toEqual(['2026-03-02', undefined])
  const state = (expiresOn: string | null, reviewOn: string | null = null) =>
    upkeepOf({ expiresOn, reviewOn }, '2026-03-02')
  expect([
    state(null),
    state('2026-03-02'),
    state('2026-04-01'),
    state('2026-04-02'),
    state(null, '2026-03-02'),
  ]).toEqual(['fine', 'expired', 'soon', 'fine', 'due'])
})
