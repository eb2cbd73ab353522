import type { Coding, Value } from '../fhir.ts'
import { walk, type Form, type Item } from '../questionnaire.ts'
import { asker } from './ask.ts'
import { knownAnswer } from './known.ts'
import type { Place } from './layout.ts'
import { asAnswers, settle, type Draft } from './settle.ts'
import type { Known, State } from './state.ts'
import { buildTree } from './tree.ts'
import { settleValue } from './value.ts'

/**
 * Begins a questionnaire: what the record knows is filled in and marked, then initial values and what follows from
 * them. Answers by linkId win over observations, these over the form's own initial values.
 */
export function open(form: Form, options: { known: Known; language?: string }): State {
  const { known } = options
  const draft: Draft = {
    form,
    language: options.language ?? form.language,
    known,
    counts: new Map(),
    answers: new Map(),
    edited: new Set(),
    prefilled: new Set(),
  }
  const empty = settle(draft)
  const answers = new Map<string, readonly Value[]>()
  const prefilled = new Set<string>()
  const tree = buildTree({ ...empty, answers: new Map() })
  const ask = asker(form, known, tree)
  for (const place of empty.places) {
    const { item, key } = place
    if (item.type === 'group' || item.type === 'display') continue
    const fromRecord = knownAnswer(item, known)?.values ?? []
    if (fromRecord.length > 0) prefilled.add(key)
    const values = fromRecord.length > 0 ? fromRecord : initialAnswers(place, (by) => ask.list(by, place))
    if (values.length > 0 && readsContext(item, form)) prefilled.add(key)
    if (values.length > 0)
      answers.set(
        key,
        values.map((value) => settleValue(item, value)),
      )
  }
  return settle({ ...draft, answers, prefilled })
}

/** An initial value worked out from a resource that was handed in, such as `%patient`, is what the record says. */
const readsContext = ({ initialBy }: Item, { launchContext }: Form) =>
  initialBy !== undefined && [...initialBy.reads.variables].some((name) => launchContext.includes(name))

function initialAnswers({ item }: Place, list: (by: NonNullable<Item['initialBy']>) => readonly unknown[]): Value[] {
  if (item.initialBy) {
    const found = asAnswers(item, list(item.initialBy))
    if (found.length > 0) return found
  }
  const chosen = item.options.filter((option) => option.initial).map((option) => option.value)
  const values = [...item.initial, ...chosen]
  return item.repeats ? values : values.slice(0, 1)
}

/** Codes for which an observation would spare a question, so that the caller can fetch just these. */
export const wantedObservations = (form: Form): { code: readonly Coding[]; days: number }[] =>
  [...walk(form.items)].flatMap((item) =>
    item.observationDays === undefined ? [] : [{ code: item.code, days: item.observationDays }],
  )
