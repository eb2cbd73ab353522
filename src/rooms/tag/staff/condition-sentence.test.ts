import i18next from 'i18next'
import { beforeAll, expect, test } from 'vitest'
import type { Condition } from '../contract/condition.ts'
import en from '../locales/en.json' with { type: 'json' }
import zh from '../locales/zh-CN.json' with { type: 'json' }
import { indicatorWords } from './indicator-words.ts'
import { conditionSentence, type SentenceWords } from './condition-sentence.ts'

const texts = i18next.createInstance()
beforeAll(() =>
  texts.init({
    lng: 'zh-CN',
    resources: { 'zh-CN': { tag: zh }, en: { tag: en } },
    interpolation: { escapeValue: false },
  }),
)

function wordsIn(locale: 'zh-CN' | 'en'): SentenceWords {
  const t = texts.getFixedT(locale, 'tag') as unknown as SentenceWords['t']
  return {
    t,
    indicator: (code) => indicatorWords(code, locale),
    tag: (code) => (code === 'obesity' ? (locale === 'en' ? 'Obesity' : '肥胖') : undefined),
  }
}

const high: Condition = {
  indicator: { code: 'sbp', pick: 'newest', is: { op: '>=', value: 140 }, within: { months: 6 } },
}
const adult: Condition = { age: { op: '>=', years: 18 } }
const HYPERTENSION = ['I10', 'I11']

const table: [string, Condition, string, string][] = [
  ['age, at least', adult, '满 18 岁', 'aged 18 or over'],
  ['age, less', { age: { op: '<', years: 14 } }, '未满 14 岁', 'under 14'],
  ['age, equal', { age: { op: '=', years: 40 } }, '40 岁', 'aged 40'],
  ['age, more', { age: { op: '>', years: 65 } }, '超过 65 岁', 'over 65'],
  ['age, at most', { age: { op: '<=', years: 65 } }, '不超过 65 岁', 'aged 65 or under'],
  ['sex', { sex: 'female' }, '女性', 'a woman'],
  [
    'condition',
    { condition: { codes: HYPERTENSION, status: 'active' } },
    '现患高血压（I10、I11）',
    'has hypertensive disease (I10, I11)',
  ],
  ['condition ever', { condition: { codes: ['M81'], status: 'any' } }, '曾诊断 M81', 'was ever diagnosed with M81'],
  [
    'procedure',
    { procedure: { kind: 'endoscopy', within: { months: 24 } } },
    '24 个月内做过内镜',
    'had an endoscopy within 24 months',
  ],
  ['procedure by code', { procedure: { codes: ['51.23'] } }, '做过手术或操作（51.23）', 'had a procedure (51.23)'],
  [
    'family history',
    { familyHistory: { codes: ['E11'] } },
    '家族中有人患糖尿病（E11）',
    'has a family history of diabetes (E11)',
  ],
  ['tag', { tag: { code: 'obesity' } }, '带有标签“肥胖”', 'has the tag “Obesity”'],
  ['a tag nobody knows', { tag: { code: 'gone' } }, '带有标签“gone”', 'has the tag “gone”'],
  [
    'since, longer',
    { since: { event: 'any-contact', op: '>=', span: { months: 12 } } },
    '12 个月没有任何往来',
    'no contact of any kind for 12 months',
  ],
  [
    'since, within',
    { since: { event: 'encounter', op: '<', span: { days: 30 } } },
    '30 天内就诊过',
    'was seen within 30 days',
  ],
  [
    'since registration',
    { since: { event: 'registration', op: '<', span: { months: 1 } } },
    '建档不到 1 个月',
    'registered less than 1 month ago',
  ],
  ['deceased', { deceased: true }, '已登记去世', 'recorded as deceased'],
  [
    'not a condition',
    { not: { condition: { codes: HYPERTENSION, status: 'active' } } },
    '没有高血压（I10、I11）',
    'has no hypertensive disease (I10, I11)',
  ],
  ['not a tag', { not: { tag: { code: 'obesity' } } }, '没有标签“肥胖”', 'lacks the tag “Obesity”'],
  ['not an age', { not: adult }, '不是“满 18 岁”', 'not “aged 18 or over”'],
  ['all', { all: [adult, { sex: 'male' }] }, '满 18 岁，并且男性', 'aged 18 or over, and a man'],
  [
    'any within all',
    { all: [adult, { any: [{ sex: 'male' }, { deceased: true }] }] },
    '满 18 岁，并且（男性，或已登记去世）',
    'aged 18 or over, and (a man, or recorded as deceased)',
  ],
  [
    'a group of one needs no bracket',
    { all: [adult, { any: [{ sex: 'male' }] }] },
    '满 18 岁，并且男性',
    'aged 18 or over, and a man',
  ],
]

const count: Condition = {
  indicator: {
    code: 'sbp',
    pick: 'count',
    is: { op: '>=', value: 140 },
    or: [{ code: 'dbp', is: { op: '>=', value: 90 } }],
    within: { months: 6 },
    atLeast: 3,
    onDifferentDays: true,
  },
}
const indicators: [string, Condition, string, string][] = [
  ['newest', high, '6 个月内最近一次收缩压 ≥ 140 mmHg', 'the latest Systolic BP ≥ 140 mmHg within 6 months'],
  [
    'newest between',
    { indicator: { code: 'bmi', pick: 'newest', is: { from: 24, below: 28 } } },
    '最近一次体质指数在 24 到 28 kg/m²（不含 28）',
    'the latest BMI from 24 to below 28 kg/m²',
  ],
  [
    'any',
    { indicator: { code: 'fpg', pick: 'any', is: { op: '>', value: 7 }, within: { days: 7 } } },
    '7 天内有过空腹血糖 > 7 mmol/L',
    'Fasting glucose > 7 mmol/L within 7 days',
  ],
  [
    'times, flagged',
    { indicator: { code: 'ldl', pick: 'count', is: { flagged: ['H', 'HH'] }, atLeast: 2 } },
    '至少 2 次低密度脂蛋白胆固醇标为偏高、很高',
    'at least 2 times LDL cholesterol flagged high, very high',
  ],
  [
    'different days, or',
    count,
    '6 个月内至少 3 个不同日子收缩压 ≥ 140 mmHg 或舒张压 ≥ 90 mmHg',
    'Systolic BP ≥ 140 mmHg or Diastolic BP ≥ 90 mmHg on at least 3 different days within 6 months',
  ],
  [
    'a code of the house',
    { indicator: { code: 'local:x', pick: 'newest', is: { op: '=', value: 1 } } },
    '最近一次 local:x = 1',
    'the latest local:x = 1',
  ],
]

test.each([...table, ...indicators])('%s, in both languages', (_name, condition, chinese, english) => {
  expect(conditionSentence(condition, wordsIn('zh-CN'))).toBe(chinese)
  expect(conditionSentence(condition, wordsIn('en'))).toBe(english)
})
