import {
  answer,
  answersAt,
  askedPlaces,
  fromResponse,
  open,
  optionsAt,
  score,
  toResponse,
  type Form,
  type Option,
  type ScoreReport,
  type State,
  type Value,
} from '../../../../clinical/questionnaire/index.ts'

/** A try-out keeps nothing: answers live on this page alone. */
export const beginTry = (form: Form, today: string, language: string): State =>
  open(form, { known: { today }, language })

/** The answers so far under a form that was just changed; what it no longer asks falls away. */
export function carryOver(before: State, form: Form, today: string, language: string): State {
  return fromResponse(form, toResponse(before), { known: { today }, language })
}

export const reportOf = (state: State): ScoreReport => score(state.form, toResponse(state, { status: 'completed' }))

/** Rounds in which new questions may still appear. */
const ROUNDS_MAX = 50

/** Answers everything that is asked: with the fewest points, the most, or the first that comes. */
export function fillAll(state: State, how: 'lowest' | 'highest'): State {
  let now = state
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const open = askedPlaces(now).filter((place) => answersAt(now, place.key).length === 0 && !place.item.calculated)
    const before = now
    for (const place of open) {
      const value = madeUp(now, place, how)
      if (value !== undefined) now = answer(now, place.key, value)
    }
    if (now === before || open.length === 0) return now
  }
  return now
}

function madeUp(state: State, place: State['places'][number], how: 'lowest' | 'highest'): Value | undefined {
  const { item } = place
  const high = how === 'highest'
  switch (item.type) {
    case 'choice':
    case 'open-choice': {
      const options = optionsAt(state, place)
      const sorted = options.toSorted((a, b) => worth(a) - worth(b))
      return (high ? sorted.at(-1) : sorted[0])?.value
    }
    case 'boolean':
      return high
    case 'integer':
    case 'decimal':
      return number(high ? item.maxValue : item.minValue) ?? (high ? (number(item.minValue) ?? 0) + 10 : 0)
    case 'quantity':
      return { ...item.units[0], value: number(high ? item.maxValue : item.minValue) ?? (high ? 10 : 0) }
    case 'date':
      return state.known.today
    case 'string':
    case 'text':
      return state.language.startsWith('zh') ? '试填' : 'test'
    default:
      return undefined
  }
}

const worth = (option: Option): number => option.weight ?? (typeof option.value === 'number' ? option.value : 0)

const number = (value: Value | undefined): number | undefined =>
  typeof value === 'number' ? value : typeof value === 'object' ? (value as { value?: number }).value : undefined
