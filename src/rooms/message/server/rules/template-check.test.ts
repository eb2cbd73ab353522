import { describe, expect, test } from 'vitest'
import { templateDefinition, type TemplateDefinitionInput } from '../../contract/template.ts'
import { shippedTemplates } from '../templates.ts'
import { builtInValues, composeInApp, composeMail } from './compose.ts'
import { renderHtml, renderPlain } from './liquid.ts'
import { leaksOf } from './private-content.ts'
import { checkTemplate } from './template-check.ts'

const base: TemplateDefinitionInput = {
  code: 'try',
  name: { zh: '试', en: 'Try' },
  occasion: { zh: '试', en: 'Try' },
  purpose: 'care',
  channels: ['email'],
  zh: { subject: '您好', text: '{{ greeting }}' },
  en: { subject: 'Hello', text: '{{ greeting }}' },
}
const found = (over: Partial<TemplateDefinitionInput>) =>
  checkTemplate(templateDefinition.parse({ ...base, ...over })).map((f) => `${f.part} ${f.kind} ${f.what}`)
const zh = (over: object) => found({ zh: { subject: '您好', text: '好', ...over } })
const variable = (name: string, dataClass: 'plain' | 'result' | 'identity') => ({
  name,
  dataClass,
  label: { zh: '甲', en: 'A' },
  example: { zh: '甲', en: 'A' },
})

describe('the check', () => {
  test('nothing against a plain one', () => expect(found({})).toEqual([]))
  test.each([
    ['an unknown variable', () => zh({ text: '{{ bloodPressure }}' }), 'zh.text unknown-variable bloodPressure'],
    ['an unknown one in a condition', () => zh({ text: '{% if risk %}x{% endif %}' }), 'zh.text unknown-variable risk'],
    [
      'a variable that is a result',
      () => found({ variables: [variable('lastValue', 'result')] }),
      'variables private-variable lastValue',
    ],
    [
      'a variable that is an identity number',
      () => found({ variables: [variable('paper', 'identity')] }),
      'variables private-variable paper',
    ],
    ['a promise', () => zh({ text: '我们的治愈率很高' }), 'zh.text forbidden-phrase 治愈率'],
    ['a superlative', () => zh({ text: '全市第一的团队' }), 'zh.text forbidden-phrase 第一'],
    ['haste', () => zh({ subject: '仅限今天' }), 'zh.subject pressing-phrase 仅限今天'],
    ['a threat', () => zh({ text: '再不来检查就晚了' }), 'zh.text pressing-phrase 再不来检查就晚了'],
    ['growth as bait', () => zh({ text: '保证孩子长高' }), 'zh.text pressing-phrase 保证孩子长高'],
    [
      'a miracle in English',
      () => found({ en: { subject: 'Hi', text: 'guaranteed cure' } }),
      'en.text forbidden-phrase guaranteed cure',
    ],
    ['a disease in the subject', () => zh({ subject: '您的糖尿病随访' }), 'zh.subject disease-in-subject 糖尿病'],
    ['a number of a person', () => zh({ text: '打 13912345678 找她' }), 'zh.text personal-data mobile'],
    ['script', () => zh({ html: '<script>x</script>' }), 'zh.html unsafe-html <script'],
    ['a picture from elsewhere', () => zh({ html: '<img src="https://x.example/p.gif">' }), 'zh.html unsafe-html <img'],
    ['an event handler', () => zh({ html: '<p onclick="x()">a</p>' }), 'zh.html unsafe-html onclick='],
    ['escaping turned off', () => zh({ html: '<p>{{ name | raw }}</p>' }), 'zh.html unescaped raw'],
  ])('finds %s', (_what, check, expected) => expect(check()).toContain(expected))

  test('broken Liquid is said, not thrown', () => expect(zh({ text: '{% if name %}' })[0]).toMatch(/^zh\.text syntax /))
  test.each(['第一次来', '第一步', '这是您第一天上班'])('%s is no superlative', (text) =>
    expect(zh({ text })).toEqual([]),
  )
})

describe('what comes with Peiban', () => {
  test.each(shippedTemplates.map((template) => [template.code, template] as const))(
    '%s passes the check, renders in both languages and gives nothing away',
    (_code, template) => {
      expect(checkTemplate(template)).toEqual([])
      for (const locale of ['zh-CN', 'en'] as const) {
        const language = locale === 'en' ? 'en' : 'zh'
        const valuesOf = (variables: typeof template.variables) =>
          Object.fromEntries(variables.map((v) => [v.name, v.example[language]]))
        const input = {
          template,
          to: { name: '王桂兰', viaGuardian: false, locale },
          from: { name: '和康', phone: '010-65521234', link: 'https://x.example/my' },
          unsubscribe: 'https://x.example/u',
        }
        const needed = template.variables.filter((variable) => !variable.optional)
        for (const given of [valuesOf(template.variables), valuesOf(needed)]) {
          const mail = composeMail({ ...input, values: given })
          expect(leaksOf(mail, [input.from.phone])).toEqual([])
          expect(mail.text).not.toMatch(/\{\{|\{%|undefined/)
          expect(composeInApp({ ...input, values: given }).subject).toBe(mail.subject)
        }
      }
    },
  )
  test('the nine that the care of the house needs are there', () => {
    const codes = [
      'report-ready',
      'follow-up-due',
      'follow-up-thanks',
      'bp-remeasure',
      'thinking-of-you',
      'card-activated',
      'post-surgery-day3',
      'post-surgery-day7',
      'blood-pressure-half-yearly',
    ]
    expect(shippedTemplates.map((template) => template.code)).toEqual(expect.arrayContaining(codes))
  })
})

describe('Liquid without reach', () => {
  test.each([
    "{% include '/etc/passwd' %}",
    "{% render 'x' %}",
    "{% layout 'x' %}",
    '{{ name.constructor.name }}',
    '{{ name | no_such_filter }}',
    '{{ nobody }}',
  ])('%s is refused', (source) => {
    expect(() => renderPlain(source, { name: 'x' })).toThrow()
  })
  test('an endless loop ends', () => {
    expect(() => renderPlain('{% for a in (1..100000000) %}x{% endfor %}', {})).toThrow(/limit/)
  })
  test('HTML is escaped', () =>
    expect(renderHtml('<b>{{ name }}</b>', { name: '<i>"&' })).toBe('<b>&lt;i&gt;&#34;&amp;</b>'))
  test('whoever has no name is greeted all the same', () => {
    expect(
      builtInValues({ name: ' ', viaGuardian: false, locale: 'zh-CN' }, { name: 'x', phone: '', link: '' })['greeting'],
    ).toBe('您好')
  })
})
