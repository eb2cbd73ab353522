/**
 * What is measured: code, printed name, LOINC, unit, how much it varies within one person, and the ranges that two
 * laboratories print.
 *
 * Ranges of the first laboratory: WS/T 405-2012, WS/T 404.1–404.9, WS/T 779-2021 (children), WS/T 428-2013 (body) and
 * the 2023 lipid guideline; of the second: typical of reagent makers' leaflets, so that one value may be flagged by one
 * and not by the other. `cvPercent` is within-person variation with the method's own, rounded after the EFLM
 * biological variation database (biologicalvariation.eu). LOINC codes are copyright Regenstrief Institute, Inc. and the
 * LOINC Committee, available at no cost under the licence at https://loinc.org/license.
 */

export const CODES = [
  'height',
  'weight',
  'bmi',
  'waist',
  'sbp',
  'dbp',
  'hr',
  'wbc',
  'rbc',
  'hgb',
  'plt',
  'alt',
  'ast',
  'ggt',
  'tbil',
  'alb',
  'urea',
  'crea',
  'ua',
  'egfr',
  'fpg',
  'hba1c',
  'tc',
  'tg',
  'hdl',
  'ldl',
  'tsh',
  'u_pro',
  'u_glu',
] as const
export type Code = (typeof CODES)[number]

/** Place of each code in an array of values, as the hot path keeps them. */
export const AT = Object.fromEntries(CODES.map((code, at) => [code, at])) as Record<Code, number>

export type Range = { low: number | null; high: number | null; text: string }
export type AgeGroup = 'child' | 'adult' | 'elder'

export type Item = {
  code: Code
  at: number
  nameZh: string
  abbreviation: string
  loinc: string
  unit: string
  /** As the second laboratory's own system writes it. */
  printedUnit: string
  decimals: number
  cvPercent: number
  ordinal: boolean
}

/** code, Chinese name, abbreviation, LOINC, UCUM unit, printed unit, decimals, CV % */
type Row = readonly [Code, string, string, string, string, string, number, number]

const ROWS: readonly Row[] = [
  ['height', '身高', 'HT', '8302-2', 'cm', 'cm', 1, 0.15],
  ['weight', '体重', 'WT', '29463-7', 'kg', 'kg', 1, 0.9],
  ['bmi', '体质指数', 'BMI', '39156-5', 'kg/m2', 'kg/m2', 1, 0],
  ['waist', '腰围', 'WC', '8280-0', 'cm', 'cm', 1, 1.6],
  ['sbp', '收缩压', 'SBP', '8480-6', 'mm[Hg]', 'mmHg', 0, 5],
  ['dbp', '舒张压', 'DBP', '8462-4', 'mm[Hg]', 'mmHg', 0, 5.5],
  ['hr', '心率', 'HR', '8867-4', '/min', '次/分', 0, 5.5],
  ['wbc', '白细胞计数', 'WBC', '6690-2', '10*9/L', '10^9/L', 2, 11],
  ['rbc', '红细胞计数', 'RBC', '789-8', '10*12/L', '10^12/L', 2, 2.8],
  ['hgb', '血红蛋白', 'HGB', '718-7', 'g/L', 'g/L', 0, 2.8],
  ['plt', '血小板计数', 'PLT', '777-3', '10*9/L', '10^9/L', 0, 7.5],
  ['alt', '丙氨酸氨基转移酶', 'ALT', '1742-6', 'U/L', 'U/L', 0, 14],
  ['ast', '天门冬氨酸氨基转移酶', 'AST', '1920-8', 'U/L', 'U/L', 0, 10],
  ['ggt', 'γ-谷氨酰转移酶', 'GGT', '2324-2', 'U/L', 'U/L', 0, 10],
  ['tbil', '总胆红素', 'TBIL', '14631-6', 'umol/L', 'μmol/L', 1, 18],
  ['alb', '白蛋白', 'ALB', '1751-7', 'g/L', 'g/L', 1, 3],
  ['urea', '尿素', 'UREA', '22664-7', 'mmol/L', 'mmol/L', 2, 13],
  ['crea', '肌酐', 'CREA', '14682-9', 'umol/L', 'μmol/L', 0, 5],
  ['ua', '尿酸', 'UA', '14933-6', 'umol/L', 'μmol/L', 0, 8],
  ['egfr', '估算肾小球滤过率', 'eGFR', '98979-8', 'mL/min/{1.73m2}', 'mL/min/1.73m2', 0, 0],
  ['fpg', '空腹血糖', 'GLU', '14771-0', 'mmol/L', 'mmol/L', 2, 5],
  ['hba1c', '糖化血红蛋白', 'HbA1c', '4548-4', '%', '%', 1, 2],
  ['tc', '总胆固醇', 'TC', '14647-2', 'mmol/L', 'mmol/L', 2, 2],
  ['tg', '甘油三酯', 'TG', '14927-8', 'mmol/L', 'mmol/L', 2, 20],
  ['hdl', '高密度脂蛋白胆固醇', 'HDL-C', '14646-4', 'mmol/L', 'mmol/L', 2, 6],
  ['ldl', '低密度脂蛋白胆固醇', 'LDL-C', '22748-8', 'mmol/L', 'mmol/L', 2, 8],
  ['tsh', '促甲状腺激素', 'TSH', '3016-3', 'm[IU]/L', 'mIU/L', 2, 18],
  ['u_pro', '尿蛋白', 'PRO', '20454-5', '{ordinal}', '', 0, 0],
  ['u_glu', '尿糖', 'U-GLU', '25428-4', '{ordinal}', '', 0, 0],
]

export const ITEMS: readonly Item[] = ROWS.map(
  ([code, nameZh, abbreviation, loinc, unit, printedUnit, decimals, cvPercent], at) => ({
    code,
    at,
    nameZh,
    abbreviation,
    loinc,
    unit,
    printedUnit,
    decimals,
    cvPercent,
    ordinal: unit === '{ordinal}',
  }),
)

/** The item of a code; throws on a code the generator does not know. */
export function itemOf(code: string): Item {
  const item = ITEMS[AT[code as Code]]
  if (!item) throw new Error(`unknown item ${code}`)
  return item
}

export const ORDINAL_WORDS = ['阴性', '±', '1+', '2+', '3+'] as const

/** The two laboratories. The second runs its transaminases with pyridoxal phosphate and reads them some per cent higher. */
export const LABORATORIES = [
  { name: '中心检验科', bias: {} as Partial<Record<Code, number>> },
  {
    name: '合作医学检验所',
    bias: { alt: 1.12, ast: 1.08, crea: 1.03, ldl: 1.03, plt: 0.97 } as Partial<Record<Code, number>>,
  },
] as const

/** Exactly 20 items: the package of `uniform` histories, so that 1,000,000 check-ups are 20,000,000 observations. */
export const BASIC: readonly Item[] = (
  [
    'height',
    'weight',
    'bmi',
    'sbp',
    'dbp',
    'wbc',
    'hgb',
    'plt',
    'alt',
    'ast',
    'crea',
    'egfr',
    'ua',
    'fpg',
    'tc',
    'tg',
    'hdl',
    'ldl',
    'u_pro',
    'u_glu',
  ] as const
).map(itemOf)
export const FULL: readonly Item[] = ITEMS.filter((item) => item.code !== 'tsh')
export const DEEP: readonly Item[] = ITEMS
