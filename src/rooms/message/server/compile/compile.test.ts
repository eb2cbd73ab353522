import { describe, expect, test } from 'vitest'
import type { Block } from '../../contract/block.ts'
import { templateDefinition } from '../../contract/template.ts'
import { composeMail } from '../rules/compose.ts'
import { contrastOf } from '../rules/sign-check.ts'
import { compileBlocks } from './compile.ts'
import { leanHtml } from './lean.ts'
import { LOOK } from './look.ts'
import { sanitise } from './sanitise.ts'

const both = (zh: string, en = zh) => ({ zh, en })
const token = `${'0'.repeat(32)}.${'a'.repeat(43)}`
const definitionOf = (blocks: Block[], over: object = {}) =>
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
  })
const compiled = (...blocks: Block[]) => compileBlocks(definitionOf(blocks))
const mailOf = (template: Awaited<ReturnType<typeof compiled>>, web = 'https://care.example.org') =>
  composeMail({
    template,
    values: {},
    to: { name: '王<兰>', viaGuardian: false, locale: 'zh-CN' },
    from: { name: '和康', phone: '010-1', link: 'https://care.example.org/my', web },
    unsubscribe: null,
  })

const everyKind: Block[] = [
  { kind: 'heading', id: 'aaaa', level: 1, words: both('秋天的三件事') },
  { kind: 'text', id: 'aaab', words: both('{{ greeting }}：\n\n**每天**走一走。\n\n{% if name %}等您来{% endif %}') },
  { kind: 'list', id: 'aaac', ordered: true, words: both('洗手\n通风') },
  { kind: 'picture', id: 'aaad', picture: token, width: 1200, height: 600, words: both('一双"手"在水下') },
  { kind: 'button', id: 'aaae', words: both('登录看看'), to: 'link' },
  { kind: 'quote', id: 'aaaf', words: both('接种是有效的办法'), source: both('世界卫生组织'), date: '2023-10' },
  { kind: 'notice', id: 'aaag', title: both('马上就医'), words: both('喘不上气') },
  { kind: 'divider', id: 'aaah' },
  {
    kind: 'columns',
    id: 'aaai',
    left: [{ kind: 'text', id: 'aaaj', words: both('左边') }],
    right: [{ kind: 'text', id: 'aaak', words: both('右边') }],
  },
  { kind: 'contact', id: 'aaal', words: both('电话 {{ organizationPhone }}') },
]

describe('blocks become a mail', () => {
  test('every kind, filled with a person whose name is escaped', async () => {
    const { html } = mailOf(await compiled(...everyKind))
    for (const part of [
      '<h2 style="',
      '王&lt;兰&gt;，您好：',
      '<strong>每天</strong>',
      '<ol ',
      `/api/mail-pictures/${token}"`,
      'alt="一双&quot;手&quot;在水下"',
      'href="https://care.example.org/my"',
      '来源：世界卫生组织，2023 年 10 月',
      'class="pb-note"',
      'class="pb-half"',
      '<hr ',
    ])
      expect(html).toContain(part)
    expect(html).not.toMatch(/zqx\d|mj-|pictures\.invalid|<!--/)
  })

  test('the text part says it all in the same order, without HTML', async () => {
    const { text } = mailOf(await compiled(...everyKind))
    expect(text.slice(0, text.indexOf('—'))).toBe(
      '秋天的三件事\n\n王<兰>，您好：\n\n每天走一走。\n\n等您来\n\n1. 洗手\n2. 通风\n\n［图：一双"手"在水下］\n\n登录看看：\nhttps://care.example.org/my\n\n“接种是有效的办法”\n来源：世界卫生组织，2023 年 10 月\n\n【马上就医】\n喘不上气\n\n左边\n\n右边\n\n电话 010-1\n\n',
    )
  })

  test('what somebody types never becomes HTML, in no kind of block', async () => {
    const nasty = '<script>x</script><img src=x>"<mj-raw>'
    const hit = (block: Block) =>
      JSON.parse(JSON.stringify(block), (key, value: unknown) =>
        key === 'zh' || key === 'en' ? nasty : value,
      ) as Block
    const { zh } = await compiled(...everyKind.map(hit))
    expect(zh.html.match(/<(script|mj-raw)\b|<img(?![^>]*mail-pictures)/)).toBeNull()
    expect(zh.html).toContain('&lt;script&gt;')
  })

  test('a button leads to an address of https or to a variable, to nothing else', () => {
    for (const to of ['javascript:alert(1)', 'http://x.example', '//x.example', 'https://a b'])
      expect(
        templateDefinition.safeParse(
          definitionOf([]) && { ...definitionOf([]), blocks: [{ kind: 'button', id: 'aaaa', words: both('去'), to }] },
        ).success,
        to,
      ).toBe(false)
  })

  test('a template without blocks stays as it is', async () => {
    const plain = definitionOf([], { zh: { subject: '您好', text: '好', html: '<p>好</p>', button: '去' } })
    expect(await compileBlocks(plain)).toBe(plain)
  })

  test('a half-written one can be saved, and says so', async () => {
    const { zh } = await compiled({ kind: 'picture', id: 'aaaa', picture: '', width: 10, height: 10, words: both('') })
    expect([zh.text, zh.html]).toEqual(['…', '<p>…</p>'])
  })
})

describe('lean', () => {
  const letter = [
    '有一年没见到您了，想问候一声：最近睡得好吗？胃口怎么样？',
    '您的健康档案一直替您好好保管着。想聊聊身体、看看以前的报告，或者安排一次检查，登录或打个电话都可以。',
    '愿您平安。',
  ].join('\n\n')

  test('a letter by blocks weighs at most a tenth more than the same letter as text', async () => {
    const byText = mailOf(definitionOf([], { zh: { subject: '您好', text: letter, button: '登录看看' } }))
    const byBlocks = mailOf(
      await compiled(
        { kind: 'text', id: 'aaaa', words: both(letter) },
        { kind: 'button', id: 'aaab', words: both('登录看看'), to: 'link' },
      ),
    )
    expect(byBlocks.text).toBe(byText.text)
    expect(Buffer.byteLength(byBlocks.html)).toBeLessThan(Buffer.byteLength(byText.html) * 1.1)
  })

  test('a table stays where it holds a background, and nowhere else', () => {
    expect(
      leanHtml(
        '<div style="margin:0px auto"><table><tbody><tr><td style="padding:8px 0"><table><tbody><tr><td bgcolor="#0b7a75"><a href="x">y</a></td></tr></tbody></table></td></tr></tbody></table></div>',
      ),
    ).toBe(
      '<div style="padding:8px 0"><table cellspacing="0"><tbody><tr><td bgcolor="#0b7a75"><a href="x">y</a></td></tr></tbody></table></div>',
    )
  })

  test('a picture shrinks with the phone', async () => {
    const { zh } = await compiled(everyKind[3]!)
    expect(zh.html).toMatch(/max-width:516px/)
    expect(zh.html).not.toMatch(/[^-]width:516px/)
  })
})

describe('the sanitiser', () => {
  test.each([
    ['a script', '<p>a<script>b</script></p>', '<p>a</p>'],
    ['an event', '<p onclick="x()">a</p>', '<p>a</p>'],
    ['a picture from elsewhere', '<p>a<img src="https://x.example/p.gif"></p>', '<p>a</p>'],
    ['an address that runs', '<a href="javascript:x()">a</a>', '<a>a</a>'],
    ['a style that fetches', '<p style="background:url(https://x.example)">a</p>', '<p>a</p>'],
    ['a form', '<form><input></form>', ''],
  ])('takes out %s', (_what, given, left) => expect(sanitise(given)).toBe(left))
})

test('every colour of a mail by blocks stands out from what is behind it, in light and dark', () => {
  for (const look of [LOOK.light, LOOK.dark]) {
    expect(contrastOf(look.words, look.sheet)).toBeGreaterThan(4.5)
    expect(contrastOf(look.quiet, look.sheet)).toBeGreaterThan(4.5)
    expect(contrastOf(look.words, look.note)).toBeGreaterThan(4.5)
    expect(contrastOf(look.onButton, look.button)).toBeGreaterThan(4.5)
  }
})
