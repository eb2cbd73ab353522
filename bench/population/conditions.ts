/**
 * Which diseases the body has, since when they are known, and what is taken against them. Everything follows from the
 * latent body: a hypertension begins in the year its set point crosses 140/90, is found some years later, and the pills
 * of the same person then lower the same person's values.
 */
import { dateOf, type DayNumber, dayOf, DAYS_PER_YEAR } from './calendar.ts'
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
import type { Random } from './random.ts'
import { type Therapy, treat } from './treatments.ts'
import type { Condition, Medication } from './types.ts'

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
  D25: '子宫平滑肌瘤',
}

export type ClinicalPicture = { conditions: Condition[]; medications: Medication[]; therapies: Therapy[] }

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

const DETECTABLE = [...FROM_VALUES, ...FROM_PICTURES]

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

/**
 * The first year in which centres here looked for it and wrote it down; older ones begin with the first electronic
 * records. Anaemia for want of iron comes and goes: only the last bout is told.
 */
const FIRST_RECORDED: Readonly<Record<string, DayNumber>> = {
  'E04.1': dayOf('2006-01-01'),
  R91: dayOf('2012-01-01'),
  N63: dayOf('2005-01-01'),
  'K76.0': dayOf('2003-01-01'),
  'E79.0': dayOf('2004-01-01'),
}
const RECORDS_BEGIN = dayOf('2000-01-01')

function earliestDay(random: Random, code: string, lastDay: DayNumber): DayNumber {
  if (code === 'D50.9') return lastDay - random.integer(30, 900)
  return (FIRST_RECORDED[code] ?? RECORDS_BEGIN) + random.integer(0, 1500)
}

/** All that is known about this body on `lastDay` (today, or the day of death). `age` is the age in years on that day. */
export function clinicalPicture(random: Random, body: Latent, age: number, lastDay: DayNumber): ClinicalPicture {
  const picture: ClinicalPicture = { conditions: [], medications: [], therapies: [] }
  for (const [code, yearsToFind, test] of DETECTABLE) {
    const onset = onsetAge(test, body, age)
    if (onset === null) continue
    // Nobody was looking for these before the age of 20, except in children who come today.
    const looked = age < 18 ? onset : Math.max(onset, 20 + 3 * random.unit())
    const foundDay = lastDay - Math.round((age - looked - random.exponential(yearsToFind)) * DAYS_PER_YEAR)
    const knownDay = Math.max(foundDay, earliestDay(random, code, lastDay))
    if (knownDay >= lastDay) continue
    picture.conditions.push({
      code,
      name: CONDITION_NAMES[code] as string,
      recordedOn: dateOf(knownDay),
      status: 'active',
      resolvedOn: null,
    })
    treat(random, code, knownDay, lastDay, picture.medications, picture.therapies)
  }
  picture.conditions.sort(byDay)
  return picture
}

/** Oldest first, for `sort`. */
export function byDay(a: Condition, b: Condition): number {
  return a.recordedOn < b.recordedOn ? -1 : a.recordedOn > b.recordedOn ? 1 : 0
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
