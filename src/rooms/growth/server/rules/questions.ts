import { growth } from '../../../../clinical/index.ts'
import type { Question, QuestionCode } from '../../contract/growth.ts'

export interface Entered {
  measuredOn: string
  heightCm?: number | null
  position?: growth.Position | null
  weightKg?: number | null
  headCm?: number | null
}

/** A value of the same child on another day. */
export interface Known {
  on: string
  value: number
  position: growth.Position | null
}

export interface KnownValues {
  height: readonly Known[]
  weight: readonly Known[]
  head: readonly Known[]
}

export interface Child {
  birthDate: string
  sex: string
}

type Ask = (code: QuestionCode, found?: Partial<Question>) => void

/** Two measurements of a day, or of two observers, differ by this much without anybody having shrunk. */
const SHRINK_CM = 1
const HEAD_SHRINK_CM = 0.7
const FAR_OUT_Z = 4
const WEIGHT_FAR_OUT_Z = 5
const CM_OF_AN_INCH = 2.54
/** Nobody grows faster, in cm a year by age in years: half again what the fastest babies do. */
const FASTEST = [
  { untilYears: 1, cmPerYear: 50 },
  { untilYears: 2, cmPerYear: 22 },
  { untilYears: 30, cmPerYear: 15 },
] as const
const DAY_MS = 86_400_000

const daysBetween = (from: string, to: string) =>
  (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS
const tenth = (value: number) => Math.round(value * 10) / 10

/**
 * What is strange about numbers that were typed: metres for centimetres, 斤 for kilograms, a child that has shrunk. Each
 * is a question to whoever typed, with what it may be instead; nothing is mended in silence.
 */
export function questionsOf(child: Child, entered: Entered, known: KnownValues): Question[] {
  const questions: Question[] = []
  const askOf =
    (field: Question['field'], value: number | null): Ask =>
    (code, found = {}) =>
      void questions.push({
        code,
        field,
        value,
        suggested: null,
        earlier: null,
        earlierOn: null,
        impossible: false,
        ...found,
      })
  const age = growth.ageBetween(child.birthDate, entered.measuredOn)
  const zOf = (measure: growth.Measure, value: number): number | undefined => {
    if (child.sex !== 'male' && child.sex !== 'female') return undefined
    const placed = growth.placeIn(growth.zongLi2013, measure, child.sex, age, value)
    return 'z' in placed ? placed.z : undefined
  }
  const swapped = swappedWith(entered, zOf)
  if (swapped !== undefined) {
    askOf('heightCm', entered.heightCm!)('swapped', { suggested: swapped, impossible: true })
    return questions
  }
  if (entered.heightCm) {
    const ask = askOf('heightCm', entered.heightCm)
    const position = entered.position ?? null
    askHeight(ask, { on: entered.measuredOn, value: entered.heightCm, position }, known.height, age, zOf)
    const unusual = (position === 'standing' && age.years < 1.5) || (position === 'lying' && age.years >= 5)
    if (unusual) askOf('position', null)('position-unusual')
  }
  if (entered.weightKg)
    askWeight(askOf('weightKg', entered.weightKg), entered.measuredOn, entered.weightKg, known.weight, zOf)
  if (entered.headCm) askHead(askOf('headCm', entered.headCm), entered.measuredOn, entered.headCm, known.head, zOf)
  askSameDay(askOf('measuredOn', null), entered, known)
  return questions
}

/** Height and weight in each other's field: neither fits its own, both fit the other. @returns the height it may be */
function swappedWith({ heightCm, weightKg }: Entered, zOf: ZOf): number | undefined {
  if (!heightCm || !weightKg) return undefined
  const fits = (measure: 'height' | 'weight', value: number) => Math.abs(zOf(measure, value) ?? Infinity) <= 3
  if (fits('height', heightCm) || fits('weight', weightKg)) return undefined
  return fits('height', weightKg) && fits('weight', heightCm) ? weightKg : undefined
}

type ZOf = (measure: growth.Measure, value: number) => number | undefined

function askHeight(ask: Ask, { on, value, position }: Known, known: readonly Known[], age: growth.Age, zOf: ZOf): void {
  if (value < 3) return ask('height-in-metres', { suggested: tenth(value * 100), impossible: true })
  if (value < 30 || value > 260) {
    // 1182 is millimetres, 11.8 has lost its place.
    const other = value > 260 ? value / 10 : value * 10
    return ask('height-far-out', { suggested: other >= 40 && other <= 210 ? tenth(other) : null, impossible: true })
  }
  // 50 is what a tape in inches says of a child of 127 cm.
  const cm = value * CM_OF_AN_INCH
  if ((zOf('height', value) ?? 0) < -FAR_OUT_Z && Math.abs(zOf('height', cm) ?? Infinity) < 2.5)
    return ask('height-in-inches', { suggested: tenth(cm) })
  const standing = (one: { value: number; position: growth.Position | null }) =>
    one.position === 'lying' ? one.value - 0.7 : one.value
  const before = known.filter((one) => one.on < on).at(-1)
  const after = known.find((one) => one.on > on)
  const here = standing({ value, position })
  const lost =
    before && standing(before) - here > SHRINK_CM
      ? before
      : after && here - standing(after) > SHRINK_CM
        ? after
        : undefined
  if (lost) return ask('height-shrunk', { earlier: lost.value, earlierOn: lost.on })
  if (before) {
    const years = daysBetween(before.on, on) / 365.25
    const fastest = FASTEST.find(({ untilYears }) => age.years - years < untilYears)!.cmPerYear
    if (here - standing(before) > fastest * years + 2)
      return ask('height-jumped', { earlier: before.value, earlierOn: before.on })
  }
  if (Math.abs(zOf('height', value) ?? 0) > FAR_OUT_Z) ask('height-far-out')
}

function askWeight(ask: Ask, on: string, value: number, known: readonly Known[], zOf: ZOf): void {
  if (value >= 400) {
    const kg = value / 1000
    return ask(kg < 30 ? 'weight-in-grams' : 'weight-far-out', {
      suggested: kg < 30 ? tenth(kg) : null,
      impossible: true,
    })
  }
  if (value < 0.5) return ask('weight-far-out', { impossible: true })
  const before = known.filter((one) => one.on < on).at(-1)
  const [whole, half] = [zOf('weight', value), zOf('weight', value / 2)]
  const isTwice = before && Math.abs(value / before.value / 2 - 1) < 0.12 && daysBetween(before.on, on) < 400
  if (isTwice || (whole !== undefined && half !== undefined && whole > 2.5 && Math.abs(half) < 2.5))
    return ask('weight-in-jin', {
      suggested: tenth(value / 2),
      ...(before ? { earlier: before.value, earlierOn: before.on } : {}),
    })
  const ratio = before && daysBetween(before.on, on) < 200 && before.value > 8 ? value / before.value : 1
  if (ratio > 1.35 || ratio < 0.8) return ask('weight-jumped', { earlier: before!.value, earlierOn: before!.on })
  if (Math.abs(whole ?? 0) > WEIGHT_FAR_OUT_Z) ask('weight-far-out')
}

function askHead(ask: Ask, on: string, value: number, known: readonly Known[], zOf: ZOf): void {
  if (value < 15 || value > 75) return ask('head-far-out', { impossible: true })
  const before = known.filter((one) => one.on < on).at(-1)
  if (before && before.value - value > HEAD_SHRINK_CM)
    return ask('head-shrunk', { earlier: before.value, earlierOn: before.on })
  if (Math.abs(zOf('head', value) ?? 0) > FAR_OUT_Z) ask('head-far-out')
}

function askSameDay(ask: Ask, entered: Entered, known: KnownValues): void {
  const on = entered.measuredOn
  const there =
    (entered.heightCm && known.height.find((one) => one.on === on)) ||
    (entered.weightKg && known.weight.find((one) => one.on === on)) ||
    (entered.headCm && known.head.find((one) => one.on === on))
  if (there) ask('same-day', { earlier: there.value, earlierOn: on })
}
