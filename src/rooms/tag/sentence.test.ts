import { beforeAll, expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { readContext } from '../../platform/context/house.ts'
import { systemActor } from '../../platform/context/context.ts'
import { sentencesOf } from '../../platform/condition/index.ts'
import type { Condition } from './contract/condition.ts'
import { installShippedTags } from './server/index.ts'

const house = await aHouse()
const ctx = () => readContext(house.house, { tenant: house.tenant, actor: systemActor(house.tenant.id, 'test') })

beforeAll(() => house.write(installShippedTags))

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
  [
    'condition ever',
    { condition: { codes: ['M81'], status: 'any' } },
    '曾诊断骨质疏松症（M81）',
    'was ever diagnosed with osteoporosis (M81)',
  ],
  [
    'conditions of no one block',
    { condition: { codes: ['N63', 'J18'], status: 'active' } },
    '现患乳腺结节（N63）、J18',
    'has breast lump (N63), J18',
  ],
  [
    'a name that stays capital',
    { condition: { codes: ['G20'], status: 'active' } },
    '现患帕金森病（G20）',
    'has Parkinson disease (G20)',
  ],
  [
    'procedure',
    { procedure: { kind: 'endoscopy', within: { months: 24 } } },
    '24 个月内做过内镜',
    'had an endoscopy within 24 months',
  ],
  [
    'procedure by code',
    { procedure: { codes: ['51.23'] } },
    '做过手术或操作（腹腔镜胆囊切除术 51.23）',
    'had a procedure (laparoscopic cholecystectomy 51.23)',
  ],
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

const courses: [string, Condition, string, string][] = [
  [
    'slope',
    { slope: { code: 'bmi', perYear: { op: '>', value: 1 }, within: { months: 24 } } },
    '24 个月内体质指数平均每年变化 > 1 kg/m²（至少 3 次）',
    'BMI changing by > 1 kg/m² a year over 24 months (at least 3 values)',
  ],
  [
    'change',
    { change: { code: 'bmi', since: 'previous', by: { op: '>=', value: 5 }, unit: 'percent', within: { months: 6 } } },
    '6 个月内体质指数比上一次变化 ≥ 5 %',
    'BMI changed by ≥ 5 % since the value before within 6 months',
  ],
  [
    'comparison of two',
    { compare: { left: 'sbp', op: '>', right: 'dbp', times: 2, plus: 5, sameDay: true } },
    '同一天测得收缩压 > 舒张压 × 2 + 5',
    'Systolic BP > Diastolic BP × 2 + 5 on one day',
  ],
]
const others: [string, Condition, string, string][] = [
  ['months', { ageInMonths: { op: '<', months: 6 } }, '未满 6 个月龄', 'under 6 months old'],
  ['level', { level: { in: ['gold', 'silver'] } }, '级别是金卡、银卡', 'of level Gold, Silver'],
  ['no doctor', { not: { carer: { role: 'doctor' } } }, '没有责任医生', 'has no doctor'],
  [
    'lunar birthday',
    { birthday: { calendar: 'lunar', inDays: { from: 0, to: 7 }, number: { op: '=', value: 60 } } },
    '7 天内有第 60 个农历生日',
    'lunar birthday no. 60 within 7 days',
  ],
  [
    'anniversary',
    { anniversary: { of: 'procedure', kind: 'surgery', inDays: { from: 7, to: 7 } } },
    '7 天后是手术周年',
    'anniversary of surgery in 7 days',
  ],
  [
    'medication',
    { medication: { codes: ['C08'], begun: { op: '>=', span: { months: 3 } } } },
    '正在用 ATC C08，开始已满 3 个月',
    'takes ATC C08, begun at least 3 months ago',
  ],
  ['no medication', { not: { medication: { names: ['阿司匹林'] } } }, '没有在用阿司匹林', 'does not take 阿司匹林'],
  [
    'visits',
    { encounter: { classes: ['outpatient'], departments: ['心内科'], within: { months: 12 }, atLeast: 2 } },
    '12 个月内至少 2 次“心内科”的门诊',
    'had outpatient care at “心内科” at least 2 times within 12 months',
  ],
  ['admitted', { encounter: { now: true } }, '正在住院或急诊', 'is now in inpatient or emergency care'],
  [
    'task',
    { task: { types: ['recheck'], state: 'overdue' } },
    '有过了期的任务（复查提醒）',
    'has an overdue task (Re-check reminder)',
  ],
  [
    'message',
    { message: { purposes: ['care'], outcome: 'failed', within: { days: 30 }, atLeast: 2 } },
    '30 天内至少 2 次没送到关怀类消息',
    'could not be reached by care messages at least 2 times within 30 days',
  ],
  ['refusal', { refuses: { purpose: 'promotion' } }, '不接收推广类消息', 'refuses promotional messages'],
  [
    'stage',
    { stage: { in: ['discharge'], since: { op: '>=', span: { days: 30 } } } },
    '处在出院阶段已满 30 天',
    'at least 30 days in the stage Discharge',
  ],
  [
    'attempts',
    { attempt: { outcomes: ['no-answer', 'busy'], channels: ['phone'], within: { days: 14 }, atLeast: 3 } },
    '14 天内联系电话至少 3 次：没人接、占线',
    'at least 3 tries phone within 14 days: no answer, busy',
  ],
  [
    'one attempt by any way',
    { attempt: { outcomes: ['reached'] } },
    '联系至少 1 次：打通了',
    'at least one try: reached',
  ],
  ['a kind that nobody declares', { weather: { is: 'wet' } } as never, 'weather', 'weather'],
]

test.each([...table, ...indicators, ...courses, ...others])(
  '%s, in both languages',
  async (_name, condition, chinese, english) => {
    expect(await sentencesOf(ctx(), [condition])).toEqual([{ zh: chinese, en: english }])
  },
)
