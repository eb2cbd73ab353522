/** Years of one life as the centre saw it: check-ups, and the quarterly visits of the chronically ill. */
import { dateOf, type DayNumber, dayOf, DAYS_PER_YEAR, weekdayOf } from './calendar.ts'
import { type ClinicalPicture, reliefOn } from './conditions.ts'
import { imagingAt } from './imaging.ts'
import { BASIC, CODES, DEEP, FULL, type Item, LABORATORIES } from './items.ts'
import { GLUCOSE_ITEMS, GLUCOSE_QUARTERLY_ITEMS, measure, PRESSURE_ITEMS, printed } from './measure.ts'
import { type Latent, meansAt, NO_RELIEF, type Relief } from './physiology.ts'
import type { Random } from './random.ts'
import type { Checkup, HistoryOptions, Person, Visit } from './types.ts'

export type Life = {
  index: number
  seed: number
  person: Person
  body: Latent
  birthDay: DayNumber
  /** Today, or the day of death. */
  lastDay: DayNumber
  todayDay: DayNumber
  picture: ClinicalPicture
}

// Scratch space of the hot path: generators are not re-entered between filling and printing.
const means = new Float64Array(CODES.length)
const values = new Float64Array(CODES.length)
const relief: Relief = { ...NO_RELIEF }

/** Streams 100 + y belong to the check-up y years back, so asking for more years leaves the later ones as they are. */
const CHECKUP_STREAM = 100
const VISIT_STREAM = 20
const PACKAGES: ReadonlyArray<readonly [name: string, items: readonly Item[]]> = [
  ['基础体检套餐', BASIC],
  ['全面体检套餐', FULL],
  ['深度体检套餐', DEEP],
]

function draw(random: Random, life: Life, day: DayNumber, laboratory: number): number {
  const age = (day - life.birthDay) / DAYS_PER_YEAR
  meansAt(life.body, age, reliefOn(life.picture.therapies, day, relief), means)
  measure(random, means, life.person.sex, Math.floor(age), laboratory, values)
  return Math.floor(age)
}

function clockText(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}:00+08:00`
}

/** Centres rest on Sundays. */
function openDay(day: DayNumber): DayNumber {
  return weekdayOf(day) === 0 ? day - 1 : day
}

/** How this person comes for check-ups: where in the year, how faithfully, to which laboratory. Drawn once per person. */
type Habit = { phase: number; faithfulness: number; laboratory: number; packageAt: number; lapsed: boolean }

function habitOf(random: Random, life: Life): Habit {
  const child = life.person.ageYears < 18
  const draw = random.unit()
  return {
    phase: random.integer(1, 364),
    faithfulness: random.between(0.72, 0.99),
    laboratory: random.chance(0.7) ? 0 : 1,
    packageAt: child || draw < 0.4 ? 0 : draw < 0.86 ? 1 : 2,
    lapsed: random.chance(0.07),
  }
}

function checkupAt(random: Random, life: Life, yearsBack: number, habit: Habit, uniform: boolean): Checkup | null {
  random.reseed(life.seed, life.index, CHECKUP_STREAM + yearsBack)
  const attends = random.chance(habit.faithfulness) && !(habit.lapsed && yearsBack < 2)
  const jitter = random.integer(-24, 24)
  // The laboratory changes now and then; a trend over the years must cope with two sets of ranges.
  const laboratory = random.chance(0.12) ? 1 - habit.laboratory : habit.laboratory
  // In a uniform history the dead have their years before death, so that the count stays exact.
  const anchor = uniform ? life.lastDay : life.todayDay
  const wanted = anchor - Math.round(yearsBack * 365.25) - habit.phase + jitter
  const day = openDay(Math.min(wanted, anchor - 1))
  if (!uniform && (!attends || day < life.birthDay + 3 * 366 || day > life.lastDay)) return null
  const age = draw(random, life, day, laboratory)
  const [packageName, items] = (
    uniform ? PACKAGES[0] : PACKAGES[age < 18 ? 0 : habit.packageAt]
  ) as (typeof PACKAGES)[number]
  const on = dateOf(day)
  const takenMinute = 440 + random.integer(0, 170)
  return {
    number: `TJ${on.slice(0, 4)}${on.slice(5, 7)}${on.slice(8)}${String(life.index).padStart(7, '0')}`,
    on,
    takenAt: `${on}T${clockText(takenMinute)}`,
    reportedOn: dateOf(Math.min(day + random.integer(1, 4), life.todayDay)),
    laboratory: LABORATORIES[laboratory]?.name as string,
    package: packageName,
    fasting: random.chance(0.985),
    observations: printed(items, values, laboratory, life.person.sex, age),
    imaging: uniform ? [] : imagingAt(random, life.body, life.picture.conditions, day, age, yearsBack),
  }
}

/** Check-ups of the last `years` years, oldest first. `random` is reseeded, not continued. */
export function checkupsOf(random: Random, life: Life, options: HistoryOptions): Checkup[] {
  const uniform = options.shape === 'uniform'
  const habit = habitOf(random.reseed(life.seed, life.index, CHECKUP_STREAM - 1), life)
  const checkups: Checkup[] = []
  for (let yearsBack = options.years - 1; yearsBack >= 0; yearsBack--) {
    const checkup = checkupAt(random, life, yearsBack, habit, uniform)
    if (checkup) checkups.push(checkup)
  }
  return checkups
}

const CHRONIC: ReadonlyArray<readonly [code: string, department: string]> = [
  ['I10', '心内科'],
  ['E11', '内分泌科'],
]

function visitAt(random: Random, life: Life, code: string, department: string, day: DayNumber, quarter: number): Visit {
  const age = draw(random, life, day, 0)
  const items = code === 'I10' ? PRESSURE_ITEMS : quarter % 2 === 0 ? GLUCOSE_QUARTERLY_ITEMS : GLUCOSE_ITEMS
  const observations = printed(items, values, 0, life.person.sex, age)
  const on = dateOf(day)
  // 高血压随访: below 140/90; 糖尿病随访: fasting glucose below 7.0 mmol/L.
  const first = observations[0]?.value as number
  const controlled = code === 'I10' ? first < 140 && (observations[1]?.value as number) < 90 : first < 7
  const medication = life.picture.medications.find(
    (candidate) => candidate.forCode === code && dayOf(candidate.startOn) <= day,
  )
  return {
    number: `MZ${on.slice(0, 4)}${on.slice(5, 7)}${on.slice(8)}${String(life.index).padStart(7, '0')}${code === 'I10' ? 'A' : 'B'}`,
    on,
    takenAt: `${on}T${clockText(490 + random.integer(0, 480))}`,
    department,
    conditionCode: code,
    medicationTaking: medication?.adherence ?? 'none',
    outcome: controlled ? 'controlled' : 'uncontrolled',
    observations,
  }
}

/** Quarterly visits of people under treatment for hypertension or diabetes, oldest first. `random` is reseeded. */
export function visitsOf(random: Random, life: Life, options: HistoryOptions): Visit[] {
  const visits: Visit[] = []
  const windowDay = life.todayDay - Math.round(options.years * 365.25)
  CHRONIC.forEach(([code, department], at) => {
    const condition = life.picture.conditions.find((candidate) => candidate.code === code)
    if (!condition || !life.picture.medications.some((medication) => medication.forCode === code)) return
    random.reseed(life.seed, life.index, VISIT_STREAM + at)
    const firstDay = Math.max(windowDay, dayOf(condition.recordedOn))
    const attendance = random.between(0.4, 0.95)
    let quarter = 0
    // Backwards from today, so that asking for more years leaves the later visits as they are.
    for (let day = life.todayDay - random.integer(0, 90); day >= firstDay; day -= random.integer(80, 102), quarter++) {
      if (day <= life.lastDay && random.chance(attendance))
        visits.push(visitAt(random, life, code, department, openDay(day), quarter))
    }
  })
  return visits.sort((a, b) => (a.takenAt < b.takenAt ? -1 : 1))
}
