import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { resolveIndicator, type PrintedItem } from './resolve.ts'

function answer(item: PrintedItem): string {
  const found = resolveIndicator(item)
  return found ? `${found.code} ${found.confidence} ${found.via}` : 'nothing'
}

describe('resolveIndicator by LOINC', () => {
  it.each<[PrintedItem, string]>([
    [{ loinc: '14771-0' }, 'fpg sure loinc'],
    [{ loinc: '1558-6', unit: 'mg/dL' }, 'fpg sure loinc'],
    [{ loinc: '2345-7', unit: 'mg/dL' }, 'fpg likely loinc'],
    [{ loinc: '2339-0' }, 'fpg likely loinc'],
    [{ loinc: '8480-6', unit: 'mmHg' }, 'sbp sure loinc'],
    [{ loinc: '4544-3', unit: '%' }, 'hct sure loinc'],
    [{ loinc: '26464-8', unit: '{cells}/uL' }, 'wbc sure loinc'],
    // known to LOINC, not to us: another test, whatever the name says
    [{ loinc: '5792-7', name: 'Glucose', unit: 'mg/dL' }, 'nothing'],
    [{ loinc: '85354-9', name: '收缩压' }, 'nothing'],
    // wrong check digit: no LOINC code, so the name speaks
    [{ loinc: '2345-8', name: '空腹血糖', unit: 'mmol/L' }, 'fpg sure name'],
    // code and unit contradict each other
    [{ loinc: '4548-4', unit: 'mmHg' }, 'hba1c likely loinc'],
    [{ loinc: '14771-0', specimen: '尿液' }, 'nothing'],
    [{ loinc: '48065-7' }, 'ddimer sure loinc'],
    [{ loinc: '48066-5' }, 'ddimer_ddu sure loinc'],
    [{ loinc: '10835-7' }, 'lpa sure loinc'],
    [{ loinc: '43583-4' }, 'lpa_molar sure loinc'],
  ])('%j → %s', (item, expected) => expect(answer(item)).toBe(expected))
})

describe('resolveIndicator by printed name', () => {
  it.each<[string, string | undefined, string]>([
    ['谷丙转氨酶', 'U/L', 'alt sure name'],
    ['*丙氨酸氨基转移酶', 'U/L', 'alt sure name'],
    ['★丙氨酸氨基转移酶（ALT）', 'IU/L', 'alt sure name'],
    ['谷丙转氨酶/ALT/丙氨酸氨基转移酶', 'U/L', 'alt sure name'],
    ['ＡＬＴ', undefined, 'alt sure name'],
    ['天门冬氨酸氨基转移酶(速率法)', 'U/L', 'ast sure name'],
    ['γ-谷氨酰转肽酶', 'U/L', 'ggt sure name'],
    ['r-谷氨酰转移酶', 'U/L', 'ggt sure name'],
    ['血清肌酐测定', 'μmol/L', 'crea sure name'],
    ['血 清 总 胆 固 醇', 'mmol/L', 'tc sure name'],
    ['总胆固醇TC', 'mmol/L', 'tc sure name'],
    ['甘油三酯 TG', 'mmol/L', 'tg sure name'],
    ['低密度脂蛋白胆固醇(LDL-C)', 'mmol/L', 'ldl sure name'],
    ['胆固醇(HDL)', 'mmol/L', 'nothing'],
    ['胆固醇(高密度)', 'mmol/L', 'nothing'],
    ['肌酸激酶MB', 'U/L', 'nothing'],
    ['肌酸激酶同工酶(CK-MB)', 'U/L', 'nothing'],
    ['白球比', undefined, 'ag sure name'],
    ['白蛋白/球蛋白', undefined, 'ag sure name'],
    ['白蛋白/肌酐', 'mg/g', 'nothing'],
    ['尿微量白蛋白/肌酐', 'mg/g', 'uacr sure name'],
    ['糖化血红蛋白', '%', 'hba1c sure name'],
    ['Glycated Haemoglobin (HbA1c)', '%', 'hba1c sure name'],
    ['甲胎蛋白', 'ng/mL', 'afp sure name'],
    ['收缩压', 'mmHg', 'sbp sure name'],
    ['脉搏', '次/分', 'hr likely name'],
    ['体重指数', undefined, 'bmi sure name'],
    ['降钙素原', 'ng/mL', 'nothing'],
    // the unit is unknown text
    ['尿酸', 'umolL', 'ua likely name'],
    // the unit contradicts the name
    ['尿酸', 'mmHg', 'nothing'],
    ['肌酐', 'mmol/L', 'nothing'],
    // urea itself in a mass unit is not urea nitrogen
    ['尿素', 'mmol/L', 'urea sure name'],
    ['尿素', 'mg/dL', 'nothing'],
    ['尿素氮', 'mg/dL', 'urea sure name'],
  ])('%s [%s] → %s', (name, unit, expected) => expect(answer({ name, unit })).toBe(expected))

  it.each<[string, string | undefined, string]>([
    ['中性粒细胞', '10^9/L', 'neut_abs sure name'],
    ['中性粒细胞', '%', 'neut_pct sure name'],
    ['中性粒细胞', undefined, 'nothing'],
    ['NEUT#', undefined, 'neut_abs sure name'],
    ['NEUT%', undefined, 'neut_pct sure name'],
    ['淋巴细胞百分比', '%', 'lymph_pct sure name'],
    ['淋巴细胞百分比', '10*9/L', 'nothing'],
    ['红细胞分布宽度', 'fL', 'rdw_sd sure name'],
    ['红细胞分布宽度', '%', 'rdw sure name'],
    ['PCT', '%', 'pct sure name'],
    ['PCT', 'ng/mL', 'nothing'],
    ['脂蛋白(a)', 'mg/L', 'lpa sure name'],
    ['脂蛋白（a）', 'nmol/L', 'lpa_molar sure name'],
    ['脂蛋白(a)', undefined, 'nothing'],
    ['D-二聚体', 'mg/L FEU', 'ddimer sure name'],
    ['D-二聚体', 'ng/mL DDU', 'ddimer_ddu sure name'],
    ['D-二聚体', 'mg/L', 'nothing'],
    // a letter or two alone says too little
    ['K', undefined, 'nothing'],
    ['K+', 'mmol/L', 'k sure name'],
    ['P', 'ng/mL', 'nothing'],
  ])('tells items of one name apart by unit: %s [%s] → %s', (name, unit, expected) => expect(answer({ name, unit })).toBe(expected))
})

describe('resolveIndicator across samples', () => {
  it.each<[PrintedItem, string]>([
    [{ name: '葡萄糖' }, 'nothing'],
    [{ name: '葡萄糖', unit: 'mmol/L' }, 'fpg likely name'],
    [{ name: '葡萄糖', specimen: '血清' }, 'fpg likely name'],
    [{ name: '葡萄糖', specimen: '尿液' }, 'u_glu sure name'],
    [{ name: '葡萄糖', unit: 'mmol/L', specimen: '随机尿' }, 'u_glu sure name'],
    [{ name: '葡萄糖', unit: 'mmol/L', specimen: '脑脊液' }, 'nothing'],
    [{ name: '葡萄糖（尿）' }, 'u_glu sure name'],
    [{ name: '尿葡萄糖' }, 'u_glu sure name'],
    [{ name: '血糖' }, 'fpg likely name'],
    [{ name: '空腹血糖', unit: 'mmol/L' }, 'fpg sure name'],
    [{ name: '血糖（空腹）', unit: 'mmol/L' }, 'fpg sure name'],
    [{ name: '餐后2小时血糖', unit: 'mmol/L' }, 'ppg sure name'],
    [{ name: '餐后1小时血糖', unit: 'mmol/L' }, 'nothing'],
    [{ name: '血糖（餐后3小时）', unit: 'mmol/L' }, 'nothing'],
    [{ name: '随机血糖', unit: 'mmol/L' }, 'rpg sure name'],
    [{ name: '白细胞', unit: '10^9/L' }, 'wbc sure name'],
    [{ name: '白细胞', unit: '/uL' }, 'nothing'],
    [{ name: '白细胞', unit: '/uL', specimen: '尿' }, 'nothing'],
    [{ name: '白细胞', specimen: '静脉血' }, 'wbc likely name'],
    [{ name: '肌酐', unit: 'umol/L', specimen: 'SER' }, 'crea sure name'],
    [{ name: '肌酐', unit: 'umol/L', specimen: 'UR' }, 'nothing'],
    [{ name: '尿肌酐', unit: 'umol/L' }, 'nothing'],
    [{ name: '隐血' }, 'nothing'],
    [{ name: '隐血', specimen: '大便' }, 'fobt sure name'],
    [{ name: '隐血', specimen: '尿' }, 'u_bld sure name'],
    [{ name: '比重', specimen: '尿' }, 'u_sg likely name'],
  ])('%j → %s', (item, expected) => expect(answer(item)).toBe(expected))
})

describe('resolveIndicator by short code', () => {
  it.each<[PrintedItem, string]>([
    [{ localCode: 'ALT', unit: 'U/L' }, 'alt sure localCode'],
    [{ localCode: 'GLU', unit: 'mmol/L' }, 'fpg likely localCode'],
    [{ localCode: 'WBC', name: 'WHITE BLOOD CELL', unit: '10*3/uL' }, 'wbc sure name'],
    [{ localCode: '100123', name: '总胆红素', unit: 'umol/L' }, 'tbil sure name'],
    [{ localCode: 'TBIL', name: '胆红素(总)', unit: 'umol/L' }, 'tbil likely localCode'],
    // name and short code contradict each other, or the unknown name may
    [{ localCode: 'HDL', name: '低密度脂蛋白', unit: 'mmol/L' }, 'nothing'],
    [{ localCode: 'AMY', name: '尿淀粉酶(干化学)', unit: 'U/L' }, 'nothing'],
    [{ localCode: 'GLU', name: '餐后1小时血糖', unit: 'mmol/L' }, 'nothing'],
    [{}, 'nothing'],
    [{ name: '  ', localCode: '' }, 'nothing'],
  ])('%j → %s', (item, expected) => expect(answer(item)).toBe(expected))
})

const material = process.env['PEIBAN_MATERIAL']

describe.skipIf(!material)('resolveIndicator on foreign messages', () => {
  it('resolves a share of the numeric OBX rows (printed, not asserted)', () => {
    const folder = join(material!, 'hl7v2')
    const rows = readdirSync(folder)
      .filter((file) => file.endsWith('.jsonl'))
      .flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n'))
      .flatMap((line) => (line ? ((JSON.parse(line) as { raw?: string }).raw ?? '').split(/[\r\n]+/) : []))
      .map((segment) => segment.split('|'))
      .filter((fields) => fields[0] === 'OBX' && fields[2] === 'NM')
    const results = rows.map((fields) => {
      const parts = (fields[3] ?? '').split('^')
      const loinc = parts[2] === 'LN' ? parts[0] : parts[5] === 'LN' ? parts[3] : undefined
      const item = { loinc, name: parts[1] || parts[4], localCode: parts[2] === 'LN' ? undefined : parts[0] || parts[3], unit: fields[6]?.split('^')[0] }
      return { item, found: resolveIndicator(item) }
    })
    const resolved = results.filter((row) => row.found)
    console.info(`${resolved.length} of ${results.length} numeric OBX rows resolve`)
    console.info([...new Set(results.filter((row) => !row.found).map((row) => JSON.stringify(row.item)))].join('\n'))
    expect(results.length).toBeGreaterThan(0)
  })
})
