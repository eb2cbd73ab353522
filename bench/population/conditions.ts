/**
 * Which diseases the body has, since when they are known, and what is taken against them. Everything follows from the
 * latent body: a hypertension begins in the year its set point crosses 140/90, is found some years later, and the pills
 * of the same person then lower the same person's values.
 */
import { dateOf, type DayNumber, DAYS_PER_YEAR } from './calendar.ts'
import {
  creatinineAt,
  diastolicAt,
  glucoseAt,
  hasFattyLiver,
  heightAt,
  ironLack,
  type Latent,
  ldlAt,
  NO_RELIEF,
  type Relief,
  systolicAt,
  thyroidFailure,
  triglyceridesAt,
  urateAt,
} from './physiology.ts'
import { estimatedFiltration } from './measure.ts'
import { type Random, weighted } from './random.ts'
import type { Adherence, Condition, Medication } from './types.ts'

/** ICD-10 code → name as Chinese records write it. */
export const CONDITION_NAMES: Readonly<Record<string, string>> = {
  I10: '原发性高血压',
  E11: '2型糖尿病',
  E78: '血脂异常',
  'K76.0': '脂肪肝',
  'E79.0': '高尿酸血症',
  M10: '痛风',
  'E03.9': '甲状腺功能减退症',
  'E04.1': '甲状腺结节',
  R91: '肺结节',
  N63: '乳腺结节',
  'K80.2': '胆囊结石',
  'I25.1': '冠状动脉粥样硬化性心脏病',
  'N18.3': '慢性肾脏病3期',
  'D50.9': '缺铁性贫血',
  K35: '急性阑尾炎',
  'K63.5': '结肠息肉',
  K40: '腹股沟疝',
  H25: '老年性白内障',
  M17: '膝关节骨关节病',
  O82: '剖宫产分娩',
}

/** A treatment as the body feels it: from which day, and how much of the full effect arrives. */
export type Therapy = { target: keyof Relief; fromDay: DayNumber; strength: number }

export type ClinicalPicture = { conditions: Condition[]; medications: Medication[]; therapies: Therapy[] }

type Drug = readonly [name: string, dose: string]
type Treatment = { target: keyof Relief; treatedShare: number; drugs: (random: Random) => Drug; second: Drug | null }

const TREATMENTS: Readonly<Record<string, Treatment>> = {
  I10: {
    target: 'pressure',
    treatedShare: 0.84,
    second: ['缬沙坦胶囊', '每次80mg，每日1次，早晨口服'],
    drugs: weighted<Drug>([
      [['苯磺酸氨氯地平片', '每次5mg，每日1次，早晨口服'], 36],
      [['硝苯地平控释片', '每次30mg，每日1次，早晨口服'], 20],
      [['厄贝沙坦氢氯噻嗪片', '每次1片，每日1次，早晨口服'], 16],
      [['盐酸贝那普利片', '每次10mg，每日1次，早晨口服'], 10],
      [['沙库巴曲缬沙坦钠片', '每次200mg，每日1次，早晨口服'], 10],
      [['琥珀酸美托洛尔缓释片', '每次47.5mg，每日1次，早晨口服'], 8],
    ]),
  },
  E11: {
    target: 'glucose',
    treatedShare: 0.86,
    second: ['达格列净片', '每次10mg，每日1次，早晨口服'],
    drugs: weighted<Drug>([
      [['盐酸二甲双胍缓释片', '每次0.5g，每日2次，随餐口服'], 72],
      [['阿卡波糖片', '每次50mg，每日3次，与第一口饭同服'], 16],
      [['格列美脲片', '每次2mg，每日1次，早餐前口服'], 7],
      [['西格列汀片', '每次100mg，每日1次，口服'], 5],
    ]),
  },
  E78: {
    target: 'lipid',
    treatedShare: 0.5,
    second: null,
    drugs: weighted<Drug>([
      [['阿托伐他汀钙片', '每次20mg，每晚1次，口服'], 58],
      [['瑞舒伐他汀钙片', '每次10mg，每晚1次，口服'], 42],
    ]),
  },
  M10: { target: 'urate', treatedShare: 0.7, second: null, drugs: () => ['非布司他片', '每次40mg，每日1次，口服'] },
  'E03.9': {
    target: 'thyroid',
    treatedShare: 0.8,
    second: null,
    drugs: () => ['左甲状腺素钠片', '每次50μg，每日1次，早餐前半小时空腹口服'],
  },
  'D50.9': {
    target: 'iron',
    treatedShare: 0.75,
    second: null,
    drugs: () => ['琥珀酸亚铁片', '每次0.1g，每日2次，饭后口服'],
  },
  'I25.1': {
    target: 'lipid',
    treatedShare: 0.95,
    second: ['阿司匹林肠溶片', '每次100mg，每日1次，口服'],
    drugs: () => ['阿托伐他汀钙片', '每次20mg，每晚1次，口服'],
  },
}

type Test = (body: Latent, age: number) => boolean

/** Conditions that show in the values, with the mean number of years until somebody finds them. */
const FROM_VALUES: ReadonlyArray<readonly [code: string, yearsToFind: number, test: Test]> = [
  ['I10', 3.5, (body, age) => systolicAt(body, age) >= 140 || diastolicAt(body, age) >= 90],
  ['E11', 4, (body, age) => glucoseAt(body, age) >= 7],
  ['E78', 3.5, (body, age) => ldlAt(body, age) >= 4.1 || triglyceridesAt(body, age) >= 2.6],
  ['K76.0', 2.5, hasFattyLiver],
  ['E79.0', 3, (body, age) => urateAt(body, age) >= (body.sex === 'male' ? 440 : 370)],
  ['M10', 1, (body, age) => body.sex === 'male' && urateAt(body, age) >= 505 && age > 28 + 25 * fold(body.hdlZ * 3.3)],
  ['E03.9', 2, (body, age) => thyroidFailure(body) > 2.5 && age > 25 + 30 * fold(body.hdlZ * 5.9)],
  ['D50.9', 1.2, (body, age) => ironLack(body, age) > 14],
  [
    'N18.3',
    1,
    (body, age) => age >= 40 && estimatedFiltration(creatinineAt(body, age), body.sex, age, heightAt(body, age)) < 58,
  ],
]

/** Conditions that only a picture shows. Rates are ours, of the order that centres with ultrasound and CT report. */
const FROM_PICTURES: ReadonlyArray<readonly [code: string, yearsToFind: number, test: Test]> = [
  ['E04.1', 4, (body, age) => body.noduleZ > (body.sex === 'female' ? 1.75 : 2.15) - 0.022 * age],
  ['R91', 3.5, (body, age) => age >= 30 && fold(body.noduleZ * 7.3) > 0.94 - 0.0045 * (age - 30)],
  [
    'N63',
    3,
    (body, age) =>
      body.sex === 'female' && age >= 22 && age < 70 && fold(body.shapeZ * 5.1) > 0.96 - 0.0055 * (age - 22),
  ],
  ['K80.2', 3, (body, age) => body.stoneZ > 2.7 - 0.018 * age],
  [
    'I25.1',
    0.5,
    (body, age) =>
      age >= 45 &&
      fold(body.bilirubinZ * 6.7) * 1.2 + 0.12 * (body.pressureZ + body.ldlZ + body.smoker) + 0.022 * (age - 45) > 1.62,
  ],
]

/** 0 to 1, evenly spread and unrelated to the factor it is made of. */
function fold(value: number): number {
  return value - Math.floor(value)
}

/** Age at which `test` began to hold, looking back year by year from `age`, or null when it does not hold now. */
export function onsetAge(test: Test, body: Latent, age: number): number | null {
  if (!test(body, age)) return null
  let onset = age
  while (onset > 4 && test(body, onset - 1)) onset -= 1
  return onset
}

function adherenceOf(random: Random): readonly [Adherence, number] {
  const draw = random.unit()
  if (draw < 0.62) return ['regular', random.between(0.85, 1)]
  return draw < 0.9 ? ['irregular', random.between(0.4, 0.7)] : ['none', random.between(0, 0.12)]
}

function treat(random: Random, code: string, knownDay: DayNumber, lastDay: DayNumber, picture: ClinicalPicture): void {
  const treatment = TREATMENTS[code]
  if (!treatment || !random.chance(treatment.treatedShare)) return
  const fromDay = knownDay + random.integer(0, 45)
  const [adherence, share] = adherenceOf(random)
  const [name, dose] = treatment.drugs(random)
  const needsSecond = random.chance(code === 'I25.1' ? 0.9 : 0.24)
  if (fromDay > lastDay) return
  picture.medications.push({ name, dose, forCode: code, startOn: dateOf(fromDay), adherence })
  picture.therapies.push({ target: treatment.target, fromDay, strength: share })
  const secondDay = code === 'I25.1' ? fromDay : fromDay + random.integer(120, 900)
  if (!needsSecond || !treatment.second || secondDay > lastDay) return
  picture.medications.push({
    name: treatment.second[0],
    dose: treatment.second[1],
    forCode: code,
    startOn: dateOf(secondDay),
    adherence,
  })
  picture.therapies.push({ target: treatment.target, fromDay: secondDay, strength: 0.4 * share })
}

/** All that is known about this body on `lastDay` (today, or the day of death). `age` is the age in years on that day. */
export function clinicalPicture(random: Random, body: Latent, age: number, lastDay: DayNumber): ClinicalPicture {
  const picture: ClinicalPicture = { conditions: [], medications: [], therapies: [] }
  for (const [code, yearsToFind, test] of [...FROM_VALUES, ...FROM_PICTURES]) {
    const onset = onsetAge(test, body, age)
    if (onset === null) continue
    // Nobody was looking for these before the age of 20, except in children who come today.
    const looked = age < 18 ? onset : Math.max(onset, 20 + 3 * random.unit())
    const knownDay = lastDay - Math.round((age - looked - random.exponential(yearsToFind)) * DAYS_PER_YEAR)
    if (knownDay >= lastDay) continue
    picture.conditions.push({
      code,
      name: CONDITION_NAMES[code] as string,
      recordedOn: dateOf(knownDay),
      status: 'active',
      resolvedOn: null,
    })
    treat(random, code, knownDay, lastDay, picture)
  }
  return picture
}

/** The treatment in force on a day; a new drug needs about 40 days for its full effect. `into` is filled and returned. */
export function reliefOn(therapies: readonly Therapy[], day: DayNumber, into: Relief): Relief {
  Object.assign(into, NO_RELIEF)
  for (const { target, fromDay, strength } of therapies) {
    if (day <= fromDay) continue
    const arrived = strength * Math.min(1, (day - fromDay) / 40)
    // Several drugs add up with diminishing returns and never past the whole.
    into[target] = Math.min(1.35, into[target] + arrived)
  }
  return into
}
