import { describe, expect, test } from 'vitest'
import { read, type EnableWhen } from '../../../../clinical/questionnaire/index.ts'
import { logicSentence, numbersOf, questionName } from '../../contract/question-words.ts'
import { conditionOn, firstCondition, operatorsFor, questionsFor } from './logic.ts'
import { wordsIn } from './test-words.ts'

const LOINC = 'http://loinc.org'
const yes = { system: LOINC, code: 'LA33-6', display: '是' }
const extension = (lang: string, content: string) => ({
  extension: [
    {
      url: 'http://hl7.org/fhir/StructureDefinition/translation',
      extension: [
        { url: 'lang', valueCode: lang },
        { url: 'content', valueString: content },
      ],
    },
  ],
})

/** A form whose last question has these conditions. */
function formWith(enableWhen: EnableWhen[], more: object = {}) {
  return read({
    resourceType: 'Questionnaire',
    language: 'zh-CN',
    item: [
      { linkId: 'lead', type: 'display', text: '请看' },
      {
        linkId: 'smoke',
        type: 'choice',
        text: '您吸烟吗',
        _text: extension('en', 'Do you smoke?'),
        answerOption: [{ valueCoding: { ...yes, _display: extension('en', 'Yes') } }],
      },
      {
        linkId: 'habits',
        type: 'group',
        text: '习惯',
        item: [
          { linkId: 'years', type: 'integer', text: '吸了几年' },
          { linkId: 'weight', type: 'quantity', text: '体重' },
          { linkId: 'drinks', type: 'boolean', text: '您喝酒吗' },
          { linkId: 'why', type: 'text', text: '为什么在很多年以后忽然决定要把这件事情完全停下来呢' },
        ],
      },
      {
        linkId: 'secret',
        type: 'decimal',
        text: '体重指数',
        extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/questionnaire-hidden', valueBoolean: true }],
      },
      { linkId: 'last', type: 'boolean', text: '最后', enableWhen, ...more },
    ],
  }).form
}

const on = (question: string, operator: string, answer: object) => ({ question, operator, ...answer }) as EnableWhen

describe('a condition in words', () => {
  test.each<[string, EnableWhen[], object, string, string]>([
    ['none', [], {}, '', ''],
    [
      'an option, by code and not by its text',
      [on('smoke', '=', { answerCoding: { code: 'LA33-6' } })],
      {},
      '当第 1 题“您吸烟吗”选了“是”时显示',
      'Shown when question 1 “Do you smoke?” is answered “Yes”',
    ],
    [
      'not an option',
      [on('smoke', '!=', { answerCoding: yes })],
      {},
      '当第 1 题“您吸烟吗”没有选“是”时显示',
      'Shown when question 1 “Do you smoke?” is not answered “Yes”',
    ],
    [
      'yes',
      [on('drinks', '=', { answerBoolean: true })],
      {},
      '当第 4 题“您喝酒吗”选了“是”时显示',
      'Shown when question 4 “您喝酒吗” is answered “Yes”',
    ],
    [
      'a number',
      [on('years', '>=', { answerInteger: 10 })],
      {},
      '当第 2 题“吸了几年”不小于 10 时显示',
      'Shown when question 2 “吸了几年” is at least 10',
    ],
    [
      'a quantity',
      [on('weight', '<', { answerQuantity: { value: 50, unit: 'kg' } })],
      {},
      '当第 3 题“体重”小于 50 kg 时显示',
      'Shown when question 3 “体重” is below 50 kg',
    ],
    [
      'answered',
      [on('why', 'exists', { answerBoolean: true })],
      {},
      '当第 5 题“为什么在很多年以后忽然决定要把这件事情完全停…”已回答时显示',
      'Shown when question 5 “为什么在很多年以后忽然决定要把这件事情完全停…” is answered',
    ],
    [
      'not answered',
      [on('years', 'exists', { answerBoolean: false })],
      {},
      '当第 2 题“吸了几年”没有回答时显示',
      'Shown when question 2 “吸了几年” is not answered',
    ],
    [
      'hidden ones have no number',
      [on('secret', '>', { answerDecimal: 28 })],
      {},
      '当“体重指数”大于 28 时显示',
      'Shown when “体重指数” is above 28',
    ],
    [
      'one that is gone',
      [on('nowhere', '=', { answerBoolean: true })],
      {},
      '当已删除的题（nowhere）等于 是时显示',
      'Shown when a question that is gone (nowhere) is Yes',
    ],
    [
      'any',
      [on('drinks', '=', { answerBoolean: false }), on('years', '=', { answerInteger: 3 })],
      {},
      '当第 4 题“您喝酒吗”选了“否”，或者第 2 题“吸了几年”等于 3 时显示',
      'Shown when question 4 “您喝酒吗” is answered “No” or question 2 “吸了几年” is 3',
    ],
    [
      'all',
      [on('drinks', '=', { answerBoolean: false }), on('years', '>', { answerInteger: 3 })],
      { enableBehavior: 'all' },
      '当第 4 题“您喝酒吗”选了“否”，并且第 2 题“吸了几年”大于 3 时显示',
      'Shown when question 4 “您喝酒吗” is answered “No” and question 2 “吸了几年” is above 3',
    ],
  ])('%s', (_name, enableWhen, more, inChinese, inEnglish) => {
    const form = formWith(enableWhen, more)
    const item = form.byLinkId.get('last')!
    expect(logicSentence(form, item, wordsIn('zh-CN'))).toBe(inChinese)
    expect(logicSentence(form, item, wordsIn('en'))).toBe(inEnglish)
  })
})

describe('the builder', () => {
  const form = formWith([])

  test('offers every question but the item itself and its parts, and numbers what is asked', () => {
    expect(questionsFor(form, 'habits').map((one) => one.linkId)).toEqual(['smoke', 'secret', 'last'])
    expect(Object.fromEntries(numbersOf(form))).toEqual({ smoke: 1, years: 2, weight: 3, drinks: 4, why: 5, last: 6 })
  })

  test.each([
    ['smoke', { question: 'smoke', operator: '=', answerCoding: yes }],
    ['years', { question: 'years', operator: '=', answerInteger: 0 }],
    ['weight', { question: 'weight', operator: '=', answerQuantity: { value: 0 } }],
    ['drinks', { question: 'drinks', operator: '=', answerBoolean: true }],
    ['why', { question: 'why', operator: 'exists', answerBoolean: true }],
  ])('begins a condition on %s with what fits', (linkId, expected) => {
    const item = form.byLinkId.get(linkId)!
    expect(firstCondition(item)).toEqual(expected)
    // What it makes is read back by the engine as it was meant.
    const again = formWith([firstCondition(item)]).byLinkId.get('last')!.conditions[0]!
    expect(again.question).toBe(linkId)
    expect(operatorsFor(item)).toContain(again.operator)
  })

  test('keeps the type of the answer when the value changes', () => {
    expect(conditionOn(form.byLinkId.get('years')!, '>', 5)).toEqual({
      question: 'years',
      operator: '>',
      answerInteger: 5,
    })
    expect(conditionOn(form.byLinkId.get('secret')!, '<=', 24.5)).toEqual({
      question: 'secret',
      operator: '<=',
      answerDecimal: 24.5,
    })
  })

  test('names what has no text by its number', () => {
    const bare = read({ resourceType: 'Questionnaire', item: [{ linkId: 'a', type: 'boolean' }] }).form
    expect(questionName(bare, 'a', wordsIn('zh-CN'))).toBe('第 1 题')
  })
})
