/**
 * What kind of quantity a unit measures. Units of one dimension convert by a plain factor; from one dimension to
 * another only by an analyte's own bridge. U, IU and arbitrary units share one dimension, because laboratories print
 * `U/mL` for each of them and the analyte decides which is meant.
 */
export type Dimension =
  | 'count'
  | 'mass'
  | 'moles'
  | 'equivalents'
  | 'activity'
  | 'fraction'
  | 'ifcc'
  | 'ratio'
  | 'inr'
  | 'ph'
  | 'volume'
  | 'cellMass'
  | 'cellMoles'
  | 'sinkRate'
  | 'time'
  | 'pressure'
  | 'rate'
  | 'perDay'
  | 'celsius'
  | 'fahrenheit'
  | 'length'
  | 'bodyMass'
  | 'bodyMassIndex'
  | 'filtration'
  | 'clearance'
  | 'creatinineRatio'
  | 'feu'
  | 'ddu'

export interface Unit {
  /** UCUM. */
  code: string
  dimension: Dimension
  /** Size in the base unit of the dimension. */
  factor: number
}

/** code, dimension, factor, and how it is printed after `foldUnit` (its own folded code comes by itself). */
const rows: readonly [string, Dimension, number, string?][] = [
  ['10*9/L', 'count', 1, 'giga/l gpt/l 109/l 10*9l 10*9 e9/l'],
  ['10*12/L', 'count', 1e3, 'tera/l tpt/l 1012/l 10*12l 10*12 e12/l t/l'],
  ['10*6/L', 'count', 1e-3, '106/l'],
  ['10*3/uL', 'count', 1, '103/ul k/ul thou/ul k/mm3 10*3/mm3 k/cumm 10*3ul'],
  ['10*6/uL', 'count', 1e3, '106/ul m/ul mil/ul m/mm3 10*6/mm3 m/cumm 10*6ul'],
  ['10*4/uL', 'count', 10, '104/ul 万/ul'],
  ['10*6/mL', 'count', 1, '106/ml'],
  ['/uL', 'count', 1e-3, 'cells/ul cell/ul 个/ul /mm3 /cumm cells/mm3'],
  ['g/L', 'mass', 1, 'gm/l 克/升'],
  ['mg/mL', 'mass', 1],
  ['g/dL', 'mass', 10, 'gm/dl g% g/100ml gm%'],
  ['g/mL', 'mass', 1e3],
  ['mg/dL', 'mass', 1e-2, 'mg% mg/100ml 毫克/分升'],
  ['mg/L', 'mass', 1e-3, '毫克/升'],
  ['ug/mL', 'mass', 1e-3],
  ['ug/dL', 'mass', 1e-5, 'ug%'],
  ['ug/L', 'mass', 1e-6, '微克/升'],
  ['ng/mL', 'mass', 1e-6],
  ['ng/dL', 'mass', 1e-8],
  ['ng/L', 'mass', 1e-9],
  ['pg/mL', 'mass', 1e-9],
  ['mol/L', 'moles', 1e3],
  ['mmol/L', 'moles', 1, '毫摩尔/升'],
  ['umol/L', 'moles', 1e-3, '微摩尔/升'],
  ['nmol/L', 'moles', 1e-6, 'pmol/ml'],
  ['pmol/L', 'moles', 1e-9],
  ['meq/L', 'equivalents', 1],
  ['U/L', 'activity', 1, 'iu/l 单位/升 mu/ml miu/ml 国际单位/升'],
  ['k[IU]/L', 'activity', 1e3, 'u/ml iu/ml ku/l kiu/l'],
  ['m[IU]/L', 'activity', 1e-3, 'miu/l mu/l uiu/ml uu/ml'],
  ['[IU]/mL', 'activity', 1e3],
  ["[arb'U]/mL", 'activity', 1e3],
  ['ukat/L', 'activity', 60],
  ['nkat/L', 'activity', 0.06],
  ['L/L', 'fraction', 1, 'v/v'],
  ['%', 'fraction', 0.01, 'percent vol% pct %hb %ngsp'],
  ['mmol/mol', 'ifcc', 1, 'mmol/molhb'],
  ['{ratio}', 'ratio', 1, 'ratio 比值 nominal 1'],
  ['{INR}', 'inr', 1, 'inr'],
  ['[pH]', 'ph', 1, 'ph phunits'],
  ['fL', 'volume', 1, 'um3 飞升'],
  ['pg', 'cellMass', 1, 'pg/cell 皮克'],
  ['fmol', 'cellMoles', 1, 'fmol/cell'],
  ['mm/h', 'sinkRate', 1, 'mm/hr mm/1h mm/1hr mm/60min 毫米/小时 mm/小时'],
  ['s', 'time', 1, 'sec second seconds secs 秒'],
  ['mm[Hg]', 'pressure', 1, '毫米汞柱 mmhq'],
  ['kPa', 'pressure', 7.50062],
  ['/min', 'rate', 1, 'bpm beats/min beats/minute beat/min 次/分 次/分钟 次/min 1/min 次每分'],
  ['/d', 'perDay', 1, 'steps steps/d steps/day 步 步/天 步/日 次/天 次/日 1/d'],
  ['Cel', 'celsius', 1, '°c c 度 摄氏度 degc'],
  ['[degF]', 'fahrenheit', 1, '°f f'],
  ['cm', 'length', 1, '厘米 公分'],
  ['m', 'length', 100, '米'],
  ['mm', 'length', 0.1, '毫米'],
  ['[in_i]', 'length', 2.54, 'in inch inches'],
  ['[chi]', 'length', 100 / 3, '尺 市尺'],
  ['kg', 'bodyMass', 1, '公斤 千克 kgs'],
  ['g', 'bodyMass', 1e-3, '克 gm gram'],
  ['[lb_av]', 'bodyMass', 0.45359237, 'lb lbs'],
  ['[jin]', 'bodyMass', 0.5, '斤 市斤'],
  ['kg/m2', 'bodyMassIndex', 1, 'kg/m*2 千克/平方米'],
  [
    'mL/min/{1.73m2}',
    'filtration',
    1,
    'ml/min/1.73_m2 ml/min1.73m2 ml/min.1.73m2 ml/min*1.73m2 ml/min/1.73 ml/min/1.73m*2',
  ],
  ['mL/min', 'clearance', 1],
  ['mg/g{creat}', 'creatinineRatio', 1, 'mg/g mg/gcr ug/mg mg/gcrea ug/mgcr'],
  // 1 mmol of creatinine is 0.1131 g (molar mass 113.12 g/mol)
  ['mg/mmol{creat}', 'creatinineRatio', 8.84, 'mg/mmol g/mol mg/mmolcr'],
  ['mg/L{FEU}', 'feu', 1, 'mg/lfeu ug/mlfeu mgfeu/l ugfeu/ml feumg/l feuug/ml'],
  ['ng/mL{FEU}', 'feu', 1e-3, 'ng/mlfeu ug/lfeu ngfeu/ml ugfeu/l'],
  ['mg/L{DDU}', 'ddu', 1, 'mg/lddu ug/mlddu mgddu/l ugddu/ml'],
  ['ng/mL{DDU}', 'ddu', 1e-3, 'ng/mlddu ug/lddu ngddu/ml ugddu/l'],
]

/** One printed spelling for one spelling: width, Greek mu, powers of ten, brackets, blanks and case are levelled. */
export function foldUnit(text: string): string {
  return text
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/μ|\bmc(?=g|mol|l\b)/g, 'u')
    .replace(/[\s[\]{}()]/g, '')
    .replace(/^[*^×x·]+/, '')
    .replace(/10(?:\^|\*{1,2}|~|e\+?|\*\^)(?=\d)/g, '10*')
    .replace(/litre|liter/g, 'l')
    .replace(/·|・/g, '.')
    .replace(/\.l-?1$/, '/l')
    .replace(/\/$/, '')
}

const byFolded = new Map<string, Unit>()
for (const [code, dimension, factor, printed = ''] of rows) {
  const unit = { code, dimension, factor }
  for (const spelling of [foldUnit(code), ...printed.split(' ')]) {
    if (spelling && !byFolded.has(spelling)) byFolded.set(spelling, unit)
  }
}
const byCode = new Map(rows.map(([code, dimension, factor]) => [code, { code, dimension, factor }]))

/** A unit by its UCUM code as the dictionary writes it. */
export function unitByCode(code: string): Unit | undefined {
  return byCode.get(code)
}

/** Whether a printed unit says that there is none: empty, `-`, `/`, `无`, `null`. */
export function isUnitMissing(text: string | undefined): boolean {
  return !text || /^([\s\-—/.*]*|null|none|nounit|无|无单位)$/i.test(text.trim())
}

/** All units that a printed text may stand for, likeliest first; none if the text is no unit we know. */
export function unitReadings(text: string): readonly Unit[] {
  const found = byFolded.get(foldUnit(text))
  // Haematology prints G/L for giga per litre; laboratories that print all in capitals mean grams.
  if (/^G\s*\/\s*L$/.test(text.normalize('NFKC').trim())) return [byCode.get('10*9/L')!, byCode.get('g/L')!]
  return found ? [found] : []
}

/** The UCUM code of a printed unit, or undefined. */
export function normaliseUnit(text: string): string | undefined {
  return unitReadings(text)[0]?.code
}
