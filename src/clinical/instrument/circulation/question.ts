/** What several instruments of circulation ask in the same words. Ranges stand with each instrument. */

export const sex = { kind: 'choice', of: ['male', 'female'], zh: '性别', en: 'sex' } as const

/** Office reading, mean of two or more. */
export const sbp = { kind: 'number', unit: 'mm[Hg]', zh: '收缩压', en: 'systolic pressure', indicator: 'sbp' } as const
export const dbp = { kind: 'number', unit: 'mm[Hg]', zh: '舒张压', en: 'diastolic pressure', indicator: 'dbp' } as const

export const bpTreated = { kind: 'yes-no', zh: '正在服用降压药', en: 'takes medicine for blood pressure' } as const
export const diabetes = { kind: 'yes-no', zh: '糖尿病', en: 'diabetes' } as const
export const smoker = { kind: 'yes-no', zh: '现在吸烟', en: 'smokes now' } as const

/** The record keeps lipids in mmol/L; forms in mg/dL are for hand entry and name no indicator. */
export const tcMmolL = {
  kind: 'number',
  unit: 'mmol/L',
  zh: '总胆固醇',
  en: 'total cholesterol',
  indicator: 'tc',
} as const
export const hdlMmolL = {
  kind: 'number',
  unit: 'mmol/L',
  zh: '高密度脂蛋白胆固醇',
  en: 'HDL cholesterol',
  indicator: 'hdl',
} as const
export const tcMgDl = { kind: 'number', unit: 'mg/dL', zh: '总胆固醇', en: 'total cholesterol' } as const
export const hdlMgDl = { kind: 'number', unit: 'mg/dL', zh: '高密度脂蛋白胆固醇', en: 'HDL cholesterol' } as const

/** Asked by models of a first event. Left out it says that none is known, as the calculators take it. */
export const ascvd = {
  kind: 'yes-no',
  optional: true,
  zh: '已有冠心病、脑卒中等（不填表示没有已知的）',
  en: 'coronary disease, stroke and the like (left out: none known)',
} as const
