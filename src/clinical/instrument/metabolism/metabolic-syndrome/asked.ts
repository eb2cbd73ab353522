const pressure = { kind: 'number', unit: 'mm[Hg]', movable: true } as const

export const bloodPressure = {
  sbp: { ...pressure, min: 60, max: 260, zh: '收缩压', en: 'systolic pressure', indicator: 'sbp' },
  dbp: { ...pressure, min: 30, max: 160, zh: '舒张压', en: 'diastolic pressure', indicator: 'dbp' },
} as const

export const lipid = {
  tg: {
    kind: 'number',
    unit: 'mmol/L',
    min: 0.1,
    max: 60,
    zh: '甘油三酯',
    en: 'triglycerides',
    indicator: 'tg',
    movable: true,
  },
  hdl: {
    kind: 'number',
    unit: 'mmol/L',
    min: 0.1,
    max: 6,
    zh: '高密度脂蛋白胆固醇',
    en: 'HDL cholesterol',
    indicator: 'hdl',
  },
} as const

const asked = { kind: 'yes-no', optional: true } as const

/** Leaving one out means that no such treatment is on record: the measured value alone then decides. */
export const treated = {
  diabetes: { ...asked, zh: '已诊断糖尿病并治疗（不填即没有）', en: 'diabetes diagnosed and treated (left out: none)' },
  hypertension: { ...asked, zh: '已诊断高血压并治疗（不填即没有）', en: 'hypertension treated (left out: none)' },
  triglycerides: { ...asked, zh: '甘油三酯在用药（不填即没有）', en: 'triglycerides treated (left out: none)' },
  hdl: { ...asked, zh: '高密度脂蛋白偏低在用药（不填即没有）', en: 'low HDL treated (left out: none)' },
} as const
