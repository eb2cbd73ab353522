import { describe, expect, test } from 'vitest'
import { printUnit } from '../name.ts'
import { chooseIndicators, type LatestValue } from './choose-indicators.ts'
import { completenessOf, type Known } from './completeness.ts'

const TODAY = '2026-03-02'
const value = (code: string, number: number | null, rest: Partial<LatestValue> = {}): LatestValue => ({
  code,
  value: number,
  flag: null,
  low: null,
  high: null,
  on: '2026-02-01',
  before: null,
  ...rest,
})

describe('the indicators that matter', () => {
  const names = (latest: LatestValue[], conditions: { code: string; name: string }[] = []) =>
    chooseIndicators(latest, conditions, TODAY).map((one) => `${one.codes.join('+')}:${one.because}`)

  test.each<[string, LatestValue[], { code: string; name: string }[], string[]]>([
    ['nothing known', [], [], []],
    [
      'hypertension is followed by both pressures as one',
      [value('sbp', 128), value('dbp', 80), value('tc', 4)],
      [{ code: 'I10', name: '高血压' }],
      ['sbp+dbp:condition'],
    ],
    [
      'diabetes by glucose and HbA1c',
      [value('hba1c', 6.4), value('fpg', 6.2)],
      [{ code: 'E11.9', name: '2型糖尿病' }],
      ['fpg:condition', 'hba1c:condition'],
    ],
    [
      'a disease whose values are missing is passed over; the furthest outside comes first',
      [value('tg', 3.4, { high: 1.7, flag: 'H' }), value('alt', 60, { low: 9, high: 50, flag: 'H' })],
      [{ code: 'I10', name: '高血压' }],
      ['tg:abnormal', 'alt:abnormal'],
    ],
    [
      'a critical flag comes before a wide miss',
      [value('tg', 9, { high: 1.7, flag: 'H' }), value('k', 6.6, { low: 3.5, high: 5.3, flag: 'HH' })],
      [],
      ['k:abnormal', 'tg:abnormal'],
    ],
    [
      'what has changed most, when nothing is wrong',
      [
        value('tc', 4.9, { low: 3, high: 5.2, flag: 'N', before: { value: 3.4, on: '2025-02-01' } }),
        value('alb', 45, { low: 40, high: 55, flag: 'N', before: { value: 45.2, on: '2025-02-01' } }),
      ],
      [],
      ['tc:changed'],
    ],
    [
      'old values and texts are no indicators of today',
      [value('fpg', 9, { high: 6.1, flag: 'H', on: '2022-01-01' }), value('u_pro', null, { flag: 'A' })],
      [],
      [],
    ],
    [
      'an interval alone tells too, and the laboratory saying normal wins over it',
      [value('ua', 500, { high: 420 }), value('crea', 120, { high: 97, flag: 'N' })],
      [],
      ['ua:abnormal'],
    ],
  ])('%s', (_name, latest, conditions, expected) => expect(names(latest, conditions)).toEqual(expected))

  test('at most three', () => {
    const many = ['tc', 'tg', 'ldl', 'ua', 'alt'].map((code) => value(code, 100, { high: 10, flag: 'H' }))
    expect(chooseIndicators(many, [], TODAY)).toHaveLength(3)
  })
})

describe('completeness', () => {
  const nothing: Known = {
    birthDate: null,
    sex: 'unknown',
    hasContact: false,
    mainWorry: '',
    answered: new Set(),
    newest: new Map(),
  }
  const all: Known = {
    birthDate: '1960-05-01',
    sex: 'male',
    hasContact: true,
    mainWorry: '怕中风',
    answered: new Set(['allergy', 'condition', 'medication', 'procedure', 'family-history']),
    newest: new Map([
      ['local:peiban|smoking', '2020-01-01'],
      ['local:peiban|alcohol', '2020-01-01'],
      ['weight', '2026-01-01'],
      ['bmi', '2026-01-01'],
      ['sbp', '2026-01-01'],
      ['fpg', '2025-01-01'],
    ]),
  }

  test('the weights make a hundred', () => {
    expect(completenessOf(nothing, TODAY).sections.reduce((sum, { weight }) => sum + weight, 0)).toBe(100)
  })

  test.each<[string, Partial<Known>, number]>([
    ['an empty file', nothing, 0],
    ['a whole file', {}, 100],
    [
      'a blood pressure older than a year has to be taken again',
      { newest: new Map([...all.newest, ['sbp', '2024-12-01']]) },
      92,
    ],
    [
      'nobody asked about allergies',
      { answered: new Set(['condition', 'medication', 'procedure', 'family-history']) },
      85,
    ],
    [
      'a child needs neither pressure nor glucose',
      {
        birthDate: '2018-05-01',
        newest: new Map([...all.newest].filter(([code]) => code !== 'sbp' && code !== 'fpg')),
      },
      100,
    ],
    [
      'one lifestyle answer is not enough',
      { newest: new Map([...all.newest].filter(([code]) => !code.endsWith('smoking'))) },
      95,
    ],
  ])('%s', (_name, change, percent) => expect(completenessOf({ ...all, ...change }, TODAY).percent).toBe(percent))
})

test.each([
  ['mm[Hg]', 'mmHg'],
  ['10*9/L', '10⁹/L'],
  ['10*12/L', '10¹²/L'],
  ['kg/m2', 'kg/m²'],
  ['umol/L', 'μmol/L'],
  ['u[IU]/mL', 'μIU/mL'],
  ['m[IU]/L', 'mIU/L'],
  ['mL/min/{1.73m2}', 'mL/min/1.73m²'],
  ['mg/g{creat}', 'mg/g'],
  ['mg/L{FEU}', 'mg/L FEU'],
  ['{ratio}', ''],
  ['{ordinal}', ''],
  ['/min', '次/分'],
  ['/d', '步'],
  ['Cel', '℃'],
  [null, ''],
  ['个/HP', '个/HP'],
  ["[arb'U]/mL", 'U/mL'],
])('unit %s is written %s', (unit, printed) => expect(printUnit(unit, 'zh-CN')).toBe(printed))
