export const age = { kind: 'number', unit: 'a', min: 18, max: 110, zh: '年龄', en: 'age' } as const

export const bmi = {
  kind: 'number',
  unit: 'kg/m2',
  min: 10,
  max: 80,
  zh: '体质指数',
  en: 'body mass index',
  indicator: 'bmi',
} as const

export const liver = {
  ast: { kind: 'number', unit: 'U/L', min: 1, max: 5000, zh: '谷草转氨酶', en: 'AST', indicator: 'ast' },
  alt: { kind: 'number', unit: 'U/L', min: 1, max: 5000, zh: '谷丙转氨酶', en: 'ALT', indicator: 'alt' },
  plt: { kind: 'number', unit: '10*9/L', min: 5, max: 1500, zh: '血小板', en: 'platelets', indicator: 'plt' },
} as const

/** The ranges do not meet, so that g/L given as g/dL, or the reverse, is refused. */
export const albumin = {
  gDl: { kind: 'number', unit: 'g/dL', min: 1, max: 7, zh: '白蛋白（g/dL）', en: 'albumin (g/dL)' },
  gL: { kind: 'number', unit: 'g/L', min: 10, max: 70, zh: '白蛋白', en: 'albumin', indicator: 'alb' },
} as const

export const fpgMmolL = {
  kind: 'number',
  unit: 'mmol/L',
  min: 1,
  max: 40,
  zh: '空腹血糖',
  en: 'fasting glucose',
  indicator: 'fpg',
} as const

export const insulin = {
  /** The same number as mIU/L. */
  uIUmL: {
    kind: 'number',
    unit: 'u[IU]/mL',
    min: 0.1,
    max: 500,
    zh: '空腹胰岛素',
    en: 'fasting insulin',
    indicator: 'ins',
  },
  pmolL: { kind: 'number', unit: 'pmol/L', min: 1, max: 3500, zh: '空腹胰岛素', en: 'fasting insulin' },
} as const
