/** What is taken against which disease. Generic names and usual doses as on Chinese prescriptions; no advice to anybody. */
import { dateOf, type DayNumber, dayOf } from './calendar.ts'
import type { Relief } from './physiology.ts'
import { type Random, type Sampler, weighted } from './random.ts'
import type { Adherence, Medication } from './types.ts'

/** A treatment as the body feels it: from which day, and how much of the full effect arrives. */
export type Therapy = { target: keyof Relief; fromDay: DayNumber; strength: number }

/** `soldFrom`: about when it came into use in China, so that nobody takes it earlier. */
type Drug = { name: string; dose: string; soldFrom: string; blocksAngiotensin?: true }
type Treatment = {
  target: keyof Relief
  treatedShare: number
  drugs: Sampler<Drug>
  second: Drug | null
  secondShare: number
}

const drug = (name: string, dose: string, soldFrom = '2000-01-01'): Drug => ({ name, dose, soldFrom })
const always =
  (only: Drug): Sampler<Drug> =>
  () =>
    only

const AMLODIPINE = drug('苯磺酸氨氯地平片', '每次5mg，每日1次，早晨口服')
const ATORVASTATIN = drug('阿托伐他汀钙片', '每次20mg，每晚1次，口服', '2001-01-01')
const blocker = (name: string, dose: string, soldFrom?: string): Drug => ({
  ...drug(name, dose, soldFrom),
  blocksAngiotensin: true,
})

const TREATMENTS: Readonly<Record<string, Treatment>> = {
  I10: {
    target: 'pressure',
    treatedShare: 0.84,
    secondShare: 0.24,
    second: blocker('缬沙坦胶囊', '每次80mg，每日1次，早晨口服', '2002-01-01'),
    drugs: weighted([
      [AMLODIPINE, 36],
      [drug('硝苯地平控释片', '每次30mg，每日1次，早晨口服'), 20],
      [blocker('厄贝沙坦氢氯噻嗪片', '每次1片，每日1次，早晨口服', '2004-01-01'), 16],
      [blocker('盐酸贝那普利片', '每次10mg，每日1次，早晨口服'), 10],
      [blocker('沙库巴曲缬沙坦钠片', '每次200mg，每日1次，早晨口服', '2021-06-01'), 10],
      [drug('琥珀酸美托洛尔缓释片', '每次47.5mg，每日1次，早晨口服', '2005-01-01'), 8],
    ]),
  },
  E11: {
    target: 'glucose',
    treatedShare: 0.86,
    secondShare: 0.24,
    second: drug('达格列净片', '每次10mg，每日1次，早晨口服', '2017-06-01'),
    drugs: weighted([
      [drug('盐酸二甲双胍缓释片', '每次0.5g，每日2次，随餐口服'), 72],
      [drug('阿卡波糖片', '每次50mg，每日3次，与第一口饭同服'), 16],
      [drug('格列美脲片', '每次2mg，每日1次，早餐前口服', '2002-01-01'), 7],
      [drug('西格列汀片', '每次100mg，每日1次，口服', '2010-01-01'), 5],
    ]),
  },
  E78: {
    target: 'lipid',
    treatedShare: 0.5,
    secondShare: 0,
    second: null,
    drugs: weighted([
      [ATORVASTATIN, 58],
      [drug('瑞舒伐他汀钙片', '每次10mg，每晚1次，口服', '2007-01-01'), 42],
    ]),
  },
  M10: {
    target: 'urate',
    treatedShare: 0.7,
    secondShare: 0,
    second: null,
    drugs: always(drug('非布司他片', '每次40mg，每日1次，口服', '2013-06-01')),
  },
  'E03.9': {
    target: 'thyroid',
    treatedShare: 0.8,
    secondShare: 0,
    second: null,
    drugs: always(drug('左甲状腺素钠片', '每次50μg，每日1次，早餐前半小时空腹口服')),
  },
  'D50.9': {
    target: 'iron',
    treatedShare: 0.75,
    secondShare: 0,
    second: null,
    drugs: always(drug('琥珀酸亚铁片', '每次0.1g，每日2次，饭后口服')),
  },
  'I25.1': {
    target: 'lipid',
    treatedShare: 0.95,
    secondShare: 0.9,
    second: drug('阿司匹林肠溶片', '每次100mg，每日1次，口服'),
    drugs: always(ATORVASTATIN),
  },
}

function adherenceOf(random: Random): readonly [Adherence, number] {
  const draw = random.unit()
  if (draw < 0.62) return ['regular', random.between(0.85, 1)]
  return draw < 0.9 ? ['irregular', random.between(0.4, 0.7)] : ['none', random.between(0, 0.12)]
}

/** Two drugs that block angiotensin are not given together. */
function partner(first: Drug, second: Drug | null): Drug | null {
  return first.blocksAngiotensin && second?.blocksAngiotensin ? AMLODIPINE : second
}

/**
 * Adds what is taken against `code`, known since `knownDay`, to both lists; nothing for the untreated, and nothing twice
 * (a statin for the fats serves the heart too).
 */
export function treat(
  random: Random,
  code: string,
  knownDay: DayNumber,
  lastDay: DayNumber,
  medications: Medication[],
  therapies: Therapy[],
): void {
  const treatment = TREATMENTS[code]
  if (!treatment || !random.chance(treatment.treatedShare)) return
  const [adherence, share] = adherenceOf(random)
  const first = treatment.drugs(random)
  const second = random.chance(treatment.secondShare) ? partner(first, treatment.second) : null
  const begin = (taken: Drug, wantedDay: DayNumber, strength: number): void => {
    const fromDay = Math.max(wantedDay, dayOf(taken.soldFrom))
    if (fromDay > lastDay) return
    medications.push({ name: taken.name, dose: taken.dose, forCode: code, startOn: dateOf(fromDay), adherence })
    if (strength > 0) therapies.push({ target: treatment.target, fromDay, strength })
  }
  const firstDay = knownDay + random.integer(0, 45)
  const servedAlready = therapies.some((therapy) => therapy.target === treatment.target)
  if (!servedAlready) begin(first, firstDay, share)
  // Aspirin comes at once and lowers nothing that is measured here.
  if (second)
    begin(second, code === 'I25.1' ? firstDay : firstDay + random.integer(120, 900), code === 'I25.1' ? 0 : 0.4 * share)
}
