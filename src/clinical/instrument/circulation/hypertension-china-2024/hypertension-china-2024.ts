import { bloodPressureGrade } from '../../../interpretation/blood-pressure.ts'
import type { InputSpecs } from '../../core/input.ts'
import { form, type Computed, type Instrument, type InstrumentCard } from '../../core/instrument.ts'
import { dbp, hdlMmolL, sbp, sex, tcMmolL } from '../question.ts'
import card from './model.json' with { type: 'json' }
import { riskRow, type Findings, type RiskRow } from './risk-row.ts'

type Column = '130-139/85-89' | 'grade1' | 'grade2' | 'grade3'

const gradeNames = {
  normal: 'normal',
  'high-normal': 'highNormal',
  'grade-1': 'grade1',
  'grade-2': 'grade2',
  'grade-3': 'grade3',
} as const

/** Column of the table for an office pressure in mmHg; nothing below 130/85. */
function columnOf(systolic: number, diastolic: number): Column | undefined {
  const grade = gradeNames[bloodPressureGrade(systolic, diastolic).grade]
  if (grade === 'grade1' || grade === 'grade2' || grade === 'grade3') return grade
  return systolic >= 130 || diastolic >= 85 ? '130-139/85-89' : undefined
}

const table: Record<RiskRow, Record<Column, string>> = card.table

function stratified(bp: Column, row: RiskRow, more: Record<string, unknown> = {}): Computed {
  const risk = table[row][bp]
  return { output: { ...more, risk, row, bp }, band: risk, caveats: ['unconfirmed-table'] }
}

/** Bounds of what can be measured; the guideline names none. */
const pressure = {
  sbp: { ...sbp, min: 40, max: 300 },
  dbp: { ...dbp, min: 20, max: 200 },
} as const satisfies InputSpecs

const swapped = (given: { sbp: number; dbp: number }) => (given.sbp > given.dbp ? undefined : 'swapped')

const findings = {
  age: { kind: 'number', unit: 'a', min: 18, max: 120, zh: '年龄', en: 'age' },
  sex,
  smoking: { kind: 'yes-no', zh: '吸烟或常吸二手烟', en: 'smokes, or breathes the smoke of others' },
  earlyFamilyHistory: {
    kind: 'yes-no',
    zh: '父母、子女或兄弟姐妹50岁前得心血管病',
    en: 'first-degree relative with cardiovascular disease before 50',
  },
  organDamage: {
    kind: 'yes-no',
    zh: '靶器官损害（左室肥厚、颈动脉斑块或内膜增厚、动脉硬化、尿白蛋白升高等）',
    en: 'organ damage (left ventricle, carotid plaque or thickening, stiff arteries, albumin in urine)',
  },
  kidneyDisease: { kind: 'choice', of: ['none', 'stage3', 'stage4-5'], zh: '慢性肾脏病', en: 'chronic kidney disease' },
  diabetes: { kind: 'choice', of: ['none', 'uncomplicated', 'complicated'], zh: '糖尿病', en: 'diabetes' },
  clinicalDisease: {
    kind: 'yes-no',
    zh: '已有脑血管病、冠心病、心衰、房颤、外周血管病等',
    en: 'disease of brain vessels, heart or peripheral arteries',
  },
  impairedGlucose: {
    kind: 'yes-no',
    optional: true,
    zh: '空腹血糖6.1～6.9或餐后2小时7.8～11.0（不填为未知）',
    en: 'fasting glucose 6.1-6.9 or 2-hour 7.8-11.0 (left out: not known)',
  },
  tcMmolL: { ...tcMmolL, min: 0.3, max: 50, optional: true },
  ldlMmolL: {
    kind: 'number',
    unit: 'mmol/L',
    min: 0.05,
    max: 30,
    optional: true,
    zh: '低密度脂蛋白胆固醇',
    en: 'LDL cholesterol',
    indicator: 'ldl',
  },
  hdlMmolL: { ...hdlMmolL, min: 0.05, max: 10, optional: true },
  waistCm: {
    kind: 'number',
    unit: 'cm',
    min: 30,
    max: 220,
    optional: true,
    zh: '腰围',
    en: 'waist',
    indicator: 'waist',
  },
  bmi: {
    kind: 'number',
    unit: 'kg/m2',
    min: 8,
    max: 90,
    optional: true,
    zh: '体质指数',
    en: 'BMI',
    indicator: 'bmi',
  },
  homocysteine: {
    kind: 'number',
    unit: 'umol/L',
    min: 0.5,
    max: 500,
    optional: true,
    zh: '同型半胱氨酸',
    en: 'homocysteine',
    indicator: 'hcy',
  },
  uricAcid: {
    kind: 'number',
    unit: 'umol/L',
    min: 10,
    max: 2000,
    optional: true,
    zh: '尿酸',
    en: 'uric acid',
    indicator: 'ua',
  },
  heartRate: {
    kind: 'number',
    unit: '/min',
    min: 20,
    max: 300,
    optional: true,
    zh: '静息心率',
    en: 'heart rate at rest',
    indicator: 'hr',
  },
} as const satisfies InputSpecs

export const hypertensionChina2024: Instrument = {
  card: card as InstrumentCard,
  forms: [
    form({
      code: 'grade',
      inputs: pressure,
      appliesTo: swapped,
      compute(given) {
        const { grade, ...isolated } = bloodPressureGrade(given.sbp, given.dbp)
        const band = gradeNames[grade]
        return { output: { grade: band, ...isolated }, band, value: given.sbp, caveats: ['one-reading'] }
      },
    }),
    form({
      code: 'stratification',
      inputs: {
        bp: {
          kind: 'choice',
          of: ['130-139/85-89', 'grade1', 'grade2', 'grade3'],
          zh: '血压水平',
          en: 'level of blood pressure',
        },
        row: {
          kind: 'choice',
          of: ['none', 'rf1-2', 'rf3+|TOD|CKD3|DMnoComplication', 'clinicalDisease|CKD4+|DMwithComplication'],
          zh: '危险因素和合并情况',
          en: 'risk factors and other conditions',
        },
      },
      compute: ({ bp, row }) => stratified(bp, row),
    }),
    form({
      code: 'stratification-from-findings',
      inputs: { ...pressure, ...findings },
      appliesTo(given) {
        const bp = columnOf(given.sbp, given.dbp)
        if (swapped(given)) return 'swapped'
        if (!bp) return 'below-table'
        const { least, most } = riskRow(given satisfies Findings)
        // What is not known is no zero: it must not matter, or there is no answer.
        return table[least][bp] === table[most][bp] ? undefined : 'undetermined'
      },
      compute(given) {
        const { least, factors } = riskRow(given)
        return stratified(columnOf(given.sbp, given.dbp)!, least, { factors })
      },
    }),
  ],
}
