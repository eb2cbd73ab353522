/**
 * The door: a believable population from a seed. `members` walks through it, `memberAt` picks one; both give the same
 * person for the same (seed, index, today), whatever slice is asked for.
 */
import { DAYS_PER_YEAR, type DayNumber, dayOf } from './calendar.ts'
import { clinicalPicture } from './conditions.ts'
import { blockOf, type Relative } from './family-block.ts'
import { checkupsOf, visitsOf } from './history.ts'
import { BLOCK_SIZE, CAPACITY } from './identity.ts'
import { personOf } from './person.ts'
import { drawLatent } from './physiology.ts'
import { Random } from './random.ts'
import { surgicalHistory } from './surgery.ts'
import type { HistoryOptions, Member, PopulationOptions } from './types.ts'
import { worryOf } from './worries.ts'

export type * from './types.ts'
export { CODES, itemOf, ITEMS, type Code, type Item } from './items.ts'
export { CAPACITY } from './identity.ts'
export { imagingMessage, labMessage, oulMessage, type MessageOptions } from './messages.ts'

// Purposes of a member's streams; 20 and up are the visits, 99 and up the check-ups (history.ts).
const PERSON = 2
const BODY = 3
const PICTURE = 4
const SURGERY = 5
const WORRY = 6

/**
 * Yields members `from … from + count - 1` in order, lazily. Links between relatives stay inside blocks of eight
 * indices: with `from` and `count` multiples of 8 every link ends inside the slice.
 * Throws when the range passes CAPACITY (identity numbers would repeat), on a bad date, and on negative numbers.
 */
export function* members(options: PopulationOptions): Generator<Member> {
  const from = options.from ?? 0
  checkRange(from, options.count, options.years)
  const todayDay = dayOf(options.today)
  const random = new Random(options.seed)
  let block: Relative[] = []
  for (let index = from; index < from + options.count; index++) {
    if (index === from || index % BLOCK_SIZE === 0)
      block = blockOf(options.seed, Math.floor(index / BLOCK_SIZE), todayDay)
    yield assemble(random, options.seed, block, index, todayDay, options)
  }
}

/** The one member with this index; equal to what `members` yields for it. */
export function memberAt(seed: number, index: number, options: HistoryOptions): Member {
  checkRange(index, 1, options.years)
  const todayDay = dayOf(options.today)
  return assemble(
    new Random(seed),
    seed,
    blockOf(seed, Math.floor(index / BLOCK_SIZE), todayDay),
    index,
    todayDay,
    options,
  )
}

function checkRange(from: number, count: number, years: number): void {
  for (const number of [from, count, years]) {
    if (!Number.isInteger(number) || number < 0)
      throw new Error(`from, count and years must be whole numbers from 0 up, not ${number}`)
  }
  if (from + count > CAPACITY) throw new Error(`the population ends at ${CAPACITY}`)
}

function assemble(
  random: Random,
  seed: number,
  block: readonly Relative[],
  index: number,
  todayDay: DayNumber,
  options: HistoryOptions,
): Member {
  const relative = block[index % BLOCK_SIZE] as Relative
  const { birthDay } = relative
  const person = personOf(random.reseed(seed, index, PERSON), seed, relative, block, todayDay)
  const lastDay = person.deceasedOn === null ? todayDay : dayOf(person.deceasedOn)
  const age = (lastDay - birthDay) / DAYS_PER_YEAR
  const body = drawLatent(random.reseed(seed, index, BODY), person, age)
  const picture = clinicalPicture(random.reseed(seed, index, PICTURE), body, age, lastDay)
  const surgery = surgicalHistory(random.reseed(seed, index, SURGERY), index, body, age, lastDay, picture.conditions)
  const operatedLately = surgery.procedures.some((procedure) => lastDay - dayOf(procedure.on) <= 10)
  person.worry = worryOf(
    random.reseed(seed, index, WORRY),
    person,
    picture.conditions,
    surgery.procedures,
    operatedLately,
  )
  const life = { index, seed, person, body, birthDay, lastDay, todayDay, picture }
  return {
    index,
    recordNumber: `P${String(index).padStart(8, '0')}`,
    person,
    family: { householdId: relative.householdId, links: relative.links },
    checkups: checkupsOf(random, life, options),
    visits: visitsOf(random, life, options),
    conditions: picture.conditions,
    medications: picture.medications,
    procedures: surgery.procedures,
    admissions: surgery.admissions,
  }
}
