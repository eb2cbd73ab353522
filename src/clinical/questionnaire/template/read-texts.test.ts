import { describe, expect, test } from 'vitest'
import {
  fillTemplate,
  rowsOfText,
  templateByCode,
  textsFromQuestionnaire,
  textsFromRows,
  wantedTexts,
} from './index.ts'
import type { Questionnaire } from '../fhir.ts'

const isi = templateByCode('isi')!
const questions = Array.from({ length: 7 }, (_, n) => `问题 ${n + 1}`)
const plain = (brought: ReturnType<typeof textsFromRows>) => [Object.fromEntries(brought.texts), brought.faults]

describe('rows', () => {
  test('with a head, in any order of columns', () => {
    const rows = [
      ['编码', '哪一条', '英文', '中文'],
      ['isi-1', '第 1 题', 'one', '一'],
      ['isi-answer-0', '', '', '没有'],
      ['', '', '', ''],
    ]
    expect(plain(textsFromRows(isi, rows))).toEqual([
      { 'isi-1': { zh: '一', en: 'one' }, 'isi-answer-0': { zh: '没有', en: '' } },
      [],
    ])
  })

  test('without a head, by the code in front: two, three or four columns', () => {
    expect(plain(textsFromRows(isi, [['isi-1', '一']]))[0]).toEqual({ 'isi-1': { zh: '一', en: '' } })
    expect(plain(textsFromRows(isi, [['isi-1', '一', 'one']]))[0]).toEqual({ 'isi-1': { zh: '一', en: 'one' } })
    expect(plain(textsFromRows(isi, [['isi-1', '第 1 题', '一', 'one']]))[0]).toEqual({
      'isi-1': { zh: '一', en: 'one' },
    })
  })

  test('a code in full-width letters or capitals is the same code', () => {
    expect(
      plain(
        textsFromRows(isi, [
          ['ＩＳＩ－１', '一'],
          ['isi-2', '二'],
        ]),
      )[0],
    ).toEqual({
      'isi-1': { zh: '一', en: '' },
      'isi-2': { zh: '二', en: '' },
    })
  })

  test('codes of another scale are named, and the rest is taken', () => {
    const { texts, faults } = textsFromRows(isi, [
      ['isi-1', '一'],
      ['sas-2', '二'],
    ])
    expect([texts.size, faults]).toEqual([1, [{ kind: 'unknown-code', code: 'sas-2' }]])
  })

  test('one code twice: said, unless both say the same', () => {
    expect(
      textsFromRows(isi, [
        ['isi-1', '一'],
        ['isi-1', '一'],
      ]).faults,
    ).toEqual([])
    expect(
      textsFromRows(isi, [
        ['isi-1', '一'],
        ['isi-1', '二'],
      ]).faults,
    ).toEqual([{ kind: 'twice', code: 'isi-1' }])
  })

  test('a text longer than any question is not taken', () => {
    const { texts, faults } = textsFromRows(isi, [['isi-1', '长'.repeat(501)]])
    expect([texts.size, faults]).toEqual([0, [{ kind: 'too-long', code: 'isi-1', limit: 500 }]])
  })
})

describe('one question a line', () => {
  test.each([
    ['as it is', questions],
    ['numbered', questions.map((one, n) => `${n + 1}、${one}`)],
    ['numbered in brackets', questions.map((one, n) => `（${n + 1}）${one}`)],
    ['numbered in a column of its own', questions.map((one, n) => `${n + 1}\t${one}`)],
    ['with empty lines and a mark at the front', [`\uFEFF${questions[0]}`, '', ...questions.slice(1), '  ']],
  ])('%s', (_what, lines) => {
    const { texts, faults } = textsFromRows(isi, rowsOfText(lines.join('\r\n')))
    expect(faults).toEqual([])
    expect([...texts].map(([code, { zh }]) => [code, zh])).toEqual(questions.map((one, n) => [`isi-${n + 1}`, one]))
  })

  test.each([6, 8])('%i lines for seven questions: nothing is taken, since nobody knows which is which', (count) => {
    const { texts, faults } = textsFromRows(isi, rowsOfText(Array.from({ length: count }, () => '题').join('\n')))
    expect([texts.size, faults]).toEqual([0, [{ kind: 'count', given: count, wanted: 7 }]])
  })
})

describe('a FHIR questionnaire', () => {
  const all = new Map(wantedTexts(isi).map(({ code }) => [code, { zh: `中 ${code}`, en: `en ${code}` }]))

  test('of our own gives back every text in both languages', () => {
    const { texts, faults } = textsFromQuestionnaire(isi, fillTemplate(isi, all))
    expect(faults).toEqual([])
    expect(Object.fromEntries(texts)).toEqual(Object.fromEntries(all))
  })

  test('of another house: questions in order, answers by their points', () => {
    const item = questions.map((text, n) => ({
      linkId: `/q${n}`,
      type: 'choice',
      text,
      // Written from the highest down.
      answerOption: [4, 3, 2, 1, 0].map((points) => ({
        valueCoding: {
          code: `LA${points}`,
          display: `${points} 档`,
          extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/ordinalValue', valueDecimal: points }],
        },
      })),
    }))
    const other = { resourceType: 'Questionnaire', language: 'zh', item: [{ linkId: 'g', type: 'group', item }] }
    const { texts, faults } = textsFromQuestionnaire(isi, other as Questionnaire)
    expect(faults).toEqual([])
    expect([texts.get('isi-7')!.zh, texts.get('isi-answer-0')!.zh, texts.get('isi-answer-4')!.zh]).toEqual([
      '问题 7',
      '0 档',
      '4 档',
    ])
  })

  test('with other points, or another number of questions, is not what it says', () => {
    const one = (points: number[]) => ({
      linkId: 'x',
      type: 'choice',
      text: '题',
      answerOption: points.map((worth) => ({
        valueCoding: { code: String(worth), display: String(worth) },
        extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/itemWeight', valueDecimal: worth }],
      })),
    })
    const of = (count: number, points: number[]) =>
      ({
        resourceType: 'Questionnaire',
        item: Array.from({ length: count }, (_, n) => ({ ...one(points), linkId: `x${n}` })),
      }) as Questionnaire
    expect(textsFromQuestionnaire(isi, of(7, [1, 2, 3, 4, 5])).faults[0]).toEqual({
      kind: 'points',
      code: 'isi-1',
      given: '1, 2, 3, 4, 5',
      wanted: '0, 1, 2, 3, 4',
    })
    expect(textsFromQuestionnaire(isi, of(9, [0, 1, 2, 3, 4])).faults).toEqual([{ kind: 'count', given: 9, wanted: 7 }])
  })
})
