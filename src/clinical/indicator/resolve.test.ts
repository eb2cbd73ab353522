import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { indicators } from './indicator.ts'
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
    ['肌酸激酶-MB', 'U/L', 'nothing'],
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
  ])('tells items of one name apart by unit: %s [%s] → %s', (name, unit, expected) =>
    expect(answer({ name, unit })).toBe(expected),
  )
})

describe('resolveIndicator on sheets as Chinese laboratories print them', () => {
  // Spellings met on real sheets, by panel; the unit is that of the sheet
  it.each<[string | undefined, string | undefined, string]>([
    [
      '10~9/L',
      '静脉血',
      '★白细胞计数=wbc 淋巴细胞绝对值=lymph_abs 单核细胞绝对值=mono_abs 中性粒细胞绝对值=neut_abs 嗜酸性粒细胞直接计数=eos_abs 嗜碱性细胞绝对值=baso_abs ★血小板=plt',
    ],
    [
      '%',
      '血',
      '嗜酸细胞百分比(EO%)=eos_pct 中性细胞百分比=neut_pct 嗜碱性粒细胞百分率=baso_pct 单核细胞%=mono_pct LYM%=lymph_pct 红细胞压积=hct 红细胞体积分布宽度测定CV=rdw 平均红细胞体积分布宽度CV=rdw 大血小板比率=plcr 血小板比积=pct',
    ],
    ['fl', undefined, '红细胞平均体积=mcv 平均血小板体积(MPV)=mpv 血小板体积分布宽度=pdw 红细胞体积分布宽度SD=rdw_sd'],
    [
      'U/L',
      undefined,
      '*天门冬氨酸氨基转换酶=ast *丙氨酸氨基转换酶=alt *r-谷氨酰基转换酶=ggt Y-GT=ggt *转肽酶=ggt γ谷氨酰转肽酶=ggt *碱性磷酸酶=alp *乳酸脱氢酶=ldh 血清淀粉酶测定=amy',
    ],
    ['g/L', '血清', '*总蛋白=tp 血清白蛋白=alb *球蛋白=glb 载脂蛋白A1=apoa1 载脂蛋白B=apob'],
    [
      'μmol/L',
      undefined,
      '血清肌酐值=crea *尿酸=ua 总胆红素(T-BIL)=tbil 直胆=dbil 间接胆红素(计算)=ibil 总胆汁酸=tba 同型半胱氨酸(酶法)=hcy',
    ],
    [
      'mmol/L',
      undefined,
      '*钾=k 血清钠=na 氯(Cl)=cl *钙=ca 无机磷=p 镁=mg *尿素=urea HDL胆固醇=hdl 低密度脂蛋白胆固醇=ldl 甘油三脂=tg 血清总胆固醇=tc *血糖=fpg',
    ],
    [
      'mg/L',
      undefined,
      'C-反应蛋白测定=crp 高敏C一反应蛋白=hscrp 超敏C—反应蛋白=hscrp 血清胱抑素(Cystatin\u00a0C)测定=cysc',
    ],
    ['pmol/L', undefined, '血清游离T3测定=ft3 血清游离T4测定=ft4 游离三碘甲状原氨酸=ft3'],
    ['mU/L', undefined, '血清促甲状腺激素测定=tsh'],
    [
      undefined,
      undefined,
      '白蛋白/球蛋白=ag alb/GLO=ag 国际标准化比值=inr 乙型肝炎表面抗原（HBsAg）=hbsag 乙肝表面抗体=hbsab 抗TPO抗体=tpoab',
    ],
    ['noUnit', undefined, '国际标准化比值=inr'],
    [
      undefined,
      '尿',
      '(干化学)葡萄糖=u_glu (干化学)蛋白=u_pro (干化学)酮体=u_ket (干化学)亚硝酸盐=u_nit (干化学)潜血=u_bld (干化学)胆红素=u_bil (干化学)尿胆原=u_uro (干化学)白细胞=u_leu (干化学)比重=u_sg (干化学)酸碱度=u_ph 尿GLU=u_glu',
    ],
    ['s', '血浆', '凝血酶原时间(s)=pt 血浆凝血酶原时间测定=pt 活化部分凝血活酶时间（APTT）=aptt'],
    // other tests, however near they sound
    [
      undefined,
      undefined,
      'AST/ALT=nothing TC/HDL-C=nothing 中性粒细胞/淋巴细胞=nothing 尿素/肌酐=nothing 载脂蛋白A1/载脂蛋白B=nothing',
    ],
    ['U/L', undefined, '肌酸激酶同工酶=nothing 腺苷脱氨酶=nothing α-羟丁酸脱氢酶=nothing 肌酸激酶（CK-MB）=nothing'],
    [
      '%',
      undefined,
      '血浆凝血酶原活动度测定=nothing β1球蛋白=nothing 白蛋白=nothing 糖化白蛋白=nothing 完整红细胞百分比=nothing',
    ],
    [
      'g/L',
      undefined,
      '前白蛋白=nothing 血红蛋白F=nothing 血红蛋白A2=nothing 免疫球蛋白G=nothing 尿微量白蛋白=nothing 糖化血清蛋白=nothing',
    ],
    ['/uL', '尿', '(尿流式)红细胞=nothing (尿流式)白细胞=nothing (尿流式)上皮细胞=nothing'],
    [
      'ng/ml',
      undefined,
      'C肽(0分钟)=nothing 三碘甲状腺原氨酸=nothing 游离前列腺特异性抗原=nothing 甲状腺球蛋白=nothing 肌酸激酶同工酶定量测定=nothing',
    ],
    [
      'mmol/L',
      undefined,
      '二氧化碳=nothing 血糖(120分钟)=nothing 葡萄糖1小时=nothing 尿钾=nothing 游离脂肪酸=nothing 小而密低密度脂蛋白胆固醇=nothing',
    ],
  ])('[%s] %s: %s', (unit, specimen, pairs) => {
    const expected = pairs.split(' ')
    const found = expected.map((pair) => {
      const name = pair.slice(0, pair.lastIndexOf('='))
      return `${name}=${resolveIndicator({ name, unit, specimen })?.code ?? 'nothing'}`
    })
    expect(found).toEqual(expected)
  })

  it.each([
    ['身高(cm)', 'height', 'cm'],
    ['体重/kg', 'weight', 'kg'],
    ['收缩压（mmHg）', 'sbp', 'mmHg'],
    ['心率(次/分)', 'hr', '次/分'],
    ['空腹血糖 (mmol/L)', 'fpg', 'mmol/L'],
    ['体温(℃)', 'temperature', '°C'],
  ])('reads the unit in the name: %s', (name, code, unit) => {
    expect(resolveIndicator({ name })).toMatchObject({ code, unit, confidence: 'sure' })
  })

  it('keeps the unit of the source over that in the name', () => {
    expect(resolveIndicator({ name: '空腹血糖(mmol/L)', unit: 'mg/dL' })).toEqual({
      code: 'fpg',
      confidence: 'sure',
      via: 'name',
    })
  })

  it('finds each indicator by each of its names in its own unit', () => {
    const missed = indicators().flatMap((one) =>
      one.names.filter(
        (name) => resolveIndicator({ name, unit: one.kind === 'number' ? one.unit : undefined })?.code !== one.code,
      ),
    )
    expect(missed).toEqual([])
  })
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
      const item = {
        loinc,
        name: parts[1] || parts[4],
        localCode: parts[2] === 'LN' ? undefined : parts[0] || parts[3],
        unit: fields[6]?.split('^')[0],
      }
      return { item, found: resolveIndicator(item) }
    })
    const resolved = results.filter((row) => row.found)
    console.info(`${resolved.length} of ${results.length} numeric OBX rows resolve`)
    console.info([...new Set(results.filter((row) => !row.found).map((row) => JSON.stringify(row.item)))].join('\n'))
    expect(results.length).toBeGreaterThan(0)
  })
})
