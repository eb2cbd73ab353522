/**
 * Analyte-specific ways from a foreign unit to the indicator's own: value × factor + offset.
 * Factors are the conventional ones of clinical chemistry; each follows from a molar mass, which stands beside it.
 * Lp(a) has none on purpose: mass and molar results depend on the size of the person's apolipoprotein.
 * Insulin has none: the factor depends on the assay. D-dimer FEU and DDU are never turned into each other.
 */
export interface Bridge {
  from: string
  factor: number
  offset?: number
  source: string
  /**
   * Limits that the guidelines state in both units, `[foreign, own]`, where the factor alone falls a little short of the
   * own one: what reaches the limit in the one unit reaches it in the other.
   */
  limits?: readonly (readonly [number, number])[]
  /** The printed unit leaves something out that the conversion takes for granted. */
  assumed?: true
}

/**
 * 126 mg/dL is 6.994 mmol/L and, by definition, the limit of 7.0. Rounding to one decimal would mend that and break
 * another: 109 would become 6.1 and 71 would become 3.9. Limits: WHO/IDF 2006 (126, 140); ADA Standards of Care (70, 100,
 * 180, 300). 110 and 200 reach 6.1 and 11.1 by themselves.
 */
const glucose: Bridge = {
  from: 'mg/dL',
  factor: 1 / 18.0156,
  source: 'glucose, 180.156 g/mol',
  limits: [
    [70, 3.9],
    [100, 5.6],
    [126, 7.0],
    [140, 7.8],
    [180, 10.0],
    [300, 16.7],
  ],
}
/** Limits of lipids: 中国成人血脂异常防治指南(2016年修订版), which prints both units. */
const cholesterol: Bridge = { from: 'mg/dL', factor: 0.02586, source: 'cholesterol, 386.65 g/mol' }
const lowDensity: Bridge = {
  ...cholesterol,
  limits: [
    [100, 2.6],
    [130, 3.4],
  ],
}
const triglyceride: Bridge = {
  from: 'mg/dL',
  factor: 0.01129,
  source: 'triolein, 885.4 g/mol',
  limits: [
    [150, 1.7],
    [200, 2.3],
  ],
}
const bilirubin: Bridge = { from: 'mg/dL', factor: 17.1, source: 'bilirubin, 584.66 g/mol' }
const haemoglobin = 'haemoglobin monomer, 16,114 g/mol'
const monovalent: Bridge = { from: 'meq/L', factor: 1, source: 'one charge' }
const divalent: Bridge = { from: 'meq/L', factor: 0.5, source: 'two charges' }

export const bridges: Readonly<Record<string, readonly Bridge[]>> = {
  fpg: [glucose],
  rpg: [glucose],
  ppg: [glucose],
  ogtt2h: [glucose],
  hba1c: [{ from: 'mmol/mol', factor: 0.09148, offset: 2.152, source: 'NGSP master equation from IFCC' }],
  tc: [
    {
      ...cholesterol,
      limits: [[200, 5.2]],
    },
  ],
  hdl: [cholesterol],
  ldl: [lowDensity],
  nonhdl: [lowDensity],
  tg: [triglyceride],
  crea: [{ from: 'mg/dL', factor: 88.4, source: 'creatinine, 113.12 g/mol' }],
  // mg/dL is read as urea nitrogen; the resolver refuses urea itself in a mass unit, which would be 2.14 times off
  urea: [{ from: 'mg/dL', factor: 0.357, source: 'urea nitrogen, 28.01 g/mol' }],
  ua: [{ from: 'mg/dL', factor: 59.48, source: 'uric acid, 168.11 g/mol' }],
  tbil: [bilirubin],
  dbil: [bilirubin],
  ibil: [bilirubin],
  hgb: [{ from: 'mmol/L', factor: 16.114, source: haemoglobin }],
  mchc: [{ from: 'mmol/L', factor: 16.114, source: haemoglobin }],
  mch: [{ from: 'fmol', factor: 16.114, source: haemoglobin }],
  k: [monovalent],
  na: [monovalent],
  cl: [monovalent],
  ca: [{ from: 'mg/dL', factor: 0.2495, source: 'calcium, 40.08 g/mol' }, divalent],
  mg: [{ from: 'mg/dL', factor: 0.4114, source: 'magnesium, 24.305 g/mol' }, divalent],
  p: [{ from: 'mg/dL', factor: 0.3229, source: 'phosphorus, 30.97 g/mol' }],
  fe: [{ from: 'ug/dL', factor: 0.1791, source: 'iron, 55.85 g/mol' }],
  ft3: [{ from: 'pg/mL', factor: 1.536, source: 'triiodothyronine, 650.97 g/mol' }],
  ft4: [{ from: 'ng/dL', factor: 12.87, source: 'thyroxine, 776.87 g/mol' }],
  hcy: [{ from: 'mg/L', factor: 7.397, source: 'homocysteine, 135.18 g/mol' }],
  vitd: [{ from: 'nmol/L', factor: 1 / 2.496, source: '25-hydroxyvitamin D3, 400.6 g/mol' }],
  b12: [{ from: 'pmol/L', factor: 1.355, source: 'cyanocobalamin, 1355.4 g/mol' }],
  folate: [{ from: 'nmol/L', factor: 0.4414, source: 'folic acid, 441.4 g/mol' }],
  temperature: [{ from: '[degF]', factor: 5 / 9, offset: -160 / 9, source: 'definition' }],
  egfr: [{ from: 'mL/min', factor: 1, source: 'estimates are always per 1.73 m² of body surface', assumed: true }],
  ddimer: [
    { from: 'mg/L', factor: 1, source: 'unit printed without its type; the code already says FEU', assumed: true },
  ],
  ddimer_ddu: [
    { from: 'mg/L', factor: 1, source: 'unit printed without its type; the code already says DDU', assumed: true },
  ],
}
