/** What the ultrasound and the CT say, in the words of a Chinese report: 检查所见 and 检查印象. */
import { type DayNumber, dayOf } from './calendar.ts'
import { hasFattyLiver, type Latent } from './physiology.ts'
import type { Random } from './random.ts'
import type { Condition, ImagingReport } from './types.ts'

const active = (conditions: readonly Condition[], code: string, day: DayNumber): boolean =>
  conditions.some(
    (condition) => condition.code === code && (condition.resolvedOn === null || dayOf(condition.resolvedOn) > day),
  )

/** Stable fraction 0–1 of a factor, so that a nodule stays on its side and of its kind from year to year. */
function trait(factor: number): number {
  const spread = factor * 13.7
  return spread - Math.floor(spread)
}

/** mm; most nodules rest, some grow, all are measured with some error. */
function sizeMm(random: Random, body: Latent, yearsBack: number, usual: number): number {
  const growth = trait(body.plateletZ) > 0.85 ? 0.14 : 0.015
  const size = (usual + 5 * trait(body.thyroidZ)) * Math.exp(-growth * yearsBack) * (1 + 0.05 * random.normal())
  return Math.max(2, Math.round(size * 10) / 10)
}

const side = (body: Latent): string => (trait(body.whiteZ) < 0.5 ? '左' : '右')

/** ACR/C-TIRADS style grade of this person's thyroid nodule. */
export function thyroidGrade(body: Latent): '3' | '4A' | '4B' {
  const kind = trait(body.kidneyZ)
  return kind < 0.82 ? '3' : kind < 0.95 ? '4A' : '4B'
}

function thyroid(
  random: Random,
  body: Latent,
  conditions: readonly Condition[],
  day: DayNumber,
  yearsBack: number,
): ImagingReport {
  const base = { kind: 'thyroid-ultrasound', name: '甲状腺彩色多普勒超声' } as const
  if (!active(conditions, 'E04.1', day)) {
    return {
      ...base,
      findings: '甲状腺大小形态正常，包膜光整，腺体回声均匀，未见明显占位。CDFI：血流信号未见异常。',
      impression: '甲状腺未见明显异常',
      grade: 'TI-RADS 1类',
    }
  }
  const size = sizeMm(random, body, yearsBack, 4)
  const grade = thyroidGrade(body)
  const look = grade === '3' ? '边界清，形态规则，纵横比<1' : '边界欠清，形态欠规则，内见点状强回声'
  return {
    ...base,
    findings: `甲状腺${side(body)}侧叶见一低回声结节，大小约${size}mm×${Math.round(size * 7) / 10}mm，${look}。CDFI：周边见少许血流信号。双侧颈部未见肿大淋巴结。`,
    impression: `甲状腺${side(body)}侧叶结节，TI-RADS ${grade}类`,
    grade: `TI-RADS ${grade}类`,
  }
}

function abdomen(
  random: Random,
  body: Latent,
  conditions: readonly Condition[],
  day: DayNumber,
  age: number,
): ImagingReport {
  const fatty = hasFattyLiver(body, age)
  const stone = active(conditions, 'K80.2', day)
  const degree = body.steatosisZ > 2 ? '中度' : '轻度'
  const mm = 4 + Math.round(14 * trait(body.hdlZ) + random.unit())
  const liver = fatty
    ? '肝脏形态饱满，实质回声细密增强，后方回声衰减，肝内管道结构欠清晰。'
    : '肝脏大小形态正常，实质回声均匀，肝内管道走行清晰。'
  const bile = stone
    ? `胆囊腔内见强回声团，较大者约${mm}mm，后伴声影，随体位改变移动。`
    : '胆囊大小正常，壁光滑，腔内未见异常回声。'
  const found = [fatty ? `脂肪肝（${degree}）` : '', stone ? '胆囊结石' : ''].filter(Boolean)
  return {
    kind: 'abdominal-ultrasound',
    name: '肝胆胰脾双肾超声',
    findings: `${liver}${bile}胰腺、脾脏、双肾未见明显异常。`,
    impression: found.length > 0 ? found.join('；') : '肝胆胰脾双肾未见明显异常',
    grade: null,
  }
}

function breast(
  random: Random,
  body: Latent,
  conditions: readonly Condition[],
  day: DayNumber,
  yearsBack: number,
): ImagingReport {
  const base = { kind: 'breast-ultrasound', name: '乳腺彩色多普勒超声' } as const
  if (!active(conditions, 'N63', day))
    return {
      ...base,
      findings: '双侧乳腺腺体层次清晰，回声分布欠均匀，未见明显占位。',
      impression: '双侧乳腺增生',
      grade: 'BI-RADS 2类',
    }
  const grade = trait(body.ldlZ) < 0.88 ? '3' : '4A'
  return {
    ...base,
    findings: `${side(body)}侧乳腺外上象限见一低回声结节，大小约${sizeMm(random, body, yearsBack, 5)}mm，边界清，未见明显血流信号。双侧腋下未见肿大淋巴结。`,
    impression: `${side(body)}侧乳腺结节，BI-RADS ${grade}类`,
    grade: `BI-RADS ${grade}类`,
  }
}

function chest(
  random: Random,
  body: Latent,
  conditions: readonly Condition[],
  day: DayNumber,
  yearsBack: number,
): ImagingReport {
  const base = { kind: 'chest-ct', name: '胸部低剂量CT平扫' } as const
  if (!active(conditions, 'R91', day))
    return {
      ...base,
      findings: '双肺纹理清晰，未见明显实质性病变。纵隔未见肿大淋巴结。',
      impression: '双肺未见明显异常',
      grade: 'Lung-RADS 1类',
    }
  const size = sizeMm(random, body, yearsBack, 3)
  const kind = trait(body.ggtZ) < 0.3 ? '磨玻璃' : '实性'
  const grade = size < 6 ? '2' : size < 8 ? '3' : '4A'
  return {
    ...base,
    findings: `${side(body)}肺上叶见一${kind}小结节，直径约${size}mm，边界清。其余肺野清晰。纵隔未见肿大淋巴结。`,
    impression: `${side(body)}肺上叶${kind}结节，直径约${size}mm，Lung-RADS ${grade}类`,
    grade: `Lung-RADS ${grade}类`,
  }
}

/** The pictures taken at one check-up; which ones depends on sex, age and what is being watched. `yearsBack` counts from today. */
export function imagingAt(
  random: Random,
  body: Latent,
  conditions: readonly Condition[],
  day: DayNumber,
  age: number,
  yearsBack: number,
): ImagingReport[] {
  if (age < 18) return []
  const reports: ImagingReport[] = []
  if (random.chance(0.45)) reports.push(abdomen(random, body, conditions, day, age))
  if (random.chance(active(conditions, 'E04.1', day) ? 0.85 : 0.25))
    reports.push(thyroid(random, body, conditions, day, yearsBack))
  if (body.sex === 'female' && random.chance(active(conditions, 'N63', day) ? 0.8 : 0.22))
    reports.push(breast(random, body, conditions, day, yearsBack))
  if (age >= 35 && random.chance(active(conditions, 'R91', day) ? 0.8 : 0.2))
    reports.push(chest(random, body, conditions, day, yearsBack))
  return reports
}
