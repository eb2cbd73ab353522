import type { Value } from './fhir.ts'
import { answer, askedPlaces, optionsAt, type Place, type State } from './state/index.ts'

/**
 * Somebody who answers whatever is put to them, rightly by its kind and limits: for trying forms out. Pure; the second
 * round (1) gives other answers than the first (0).
 */
export function fillIn(state: State, round: 0 | 1): State {
  const done = new Set<string>()
  let current = state
  for (let steps = 0; steps < STEPS_MAX; steps++) {
    const next = askedPlaces(current).find((place) => !done.has(place.key))
    if (!next) return current
    done.add(next.key)
    current = answer(current, next.key, answerFor(current, next, round))
  }
  throw new Error('the form keeps asking')
}

const STEPS_MAX = 5_000

/** An answer of the right kind and within its limits; undefined where none can be thought of, as for an odd pattern. */
export function answerFor(state: State, place: Place, round: 0 | 1): Value | Value[] | undefined {
  const { item } = place
  const low = typeof item.minValue === 'number' ? item.minValue : 0
  const high = typeof item.maxValue === 'number' ? item.maxValue : low + 9
  const earliest = typeof item.minValue === 'string' ? item.minValue.slice(0, 10) : undefined
  const day = earliest ?? (round === 0 ? '1980-05-17' : '2001-12-30')
  switch (item.type) {
    case 'boolean':
      return round === 0
    case 'integer':
      return Math.min(Math.ceil(low) + round, Math.floor(high))
    case 'decimal':
      return Math.min(low + round * 0.5, high)
    case 'date':
      return day
    case 'dateTime':
      return `${day}T08:00:00Z`
    case 'time':
      return round === 0 ? '08:30:00' : '21:00:00'
    case 'quantity':
      return { value: Math.min(low + round, high), ...(item.units[round] ?? item.units[0] ?? { unit: '1', code: '1' }) }
    case 'reference':
      return { reference: `Patient/${round}` }
    case 'attachment':
      return { contentType: 'text/plain', url: `urn:attachment:${round}` }
    case 'choice':
    case 'open-choice':
      return choiceFor(state, place, round)
    default:
      return textFor(place, round)
  }
}

function choiceFor(state: State, place: Place, round: 0 | 1): Value | Value[] {
  const options = optionsAt(state, place)
  if (options.length === 0) return { system: 'urn:anywhere', code: String(round) }
  const several = options.filter((one) => !one.exclusive).map((one) => one.value)
  const first = several[round % several.length] ?? options[0]!.value
  return place.item.repeats && round === 1 ? [...new Set([first, several[0] ?? first])] : first
}

/** Enough of a telephone number, a year, an address and a sum that common patterns find one that fits. */
const SAMPLES = [
  '好',
  '2026',
  '010-1234567',
  'name@example.org',
  'ABCDEFGH',
  '0412345678',
  '61234567890',
  '2123456701',
  '3000',
  'a1',
  '1',
]

function textFor({ item: { regex, minLength = 0, maxLength = 40 } }: Place, round: 0 | 1): string | undefined {
  const plain = (round === 0 ? '甲' : '乙').repeat(Math.max(1, Math.min(minLength, maxLength)))
  if (regex === undefined) return plain
  const pattern = new RegExp(`^(?:${regex})$`, 's')
  return SAMPLES.find((one) => pattern.test(one))
}
