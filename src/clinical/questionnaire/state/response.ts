import type { QuestionnaireResponse, Reference, ResponseItem, Value } from '../fhir.ts'
import { list, valueOf } from '../extension.ts'
import { soundCopy } from '../sound.ts'
import type { Form, Item } from '../questionnaire.ts'
import { fromRecord } from './known.ts'
import { keyOf } from './layout.ts'
import { settle, type Draft } from './settle.ts'
import type { Known, State } from './state.ts'
import { buildTree } from './tree.ts'
import { sameAnswers, settleValue } from './value.ts'

export interface ResponseHead {
  status: QuestionnaireResponse['status']
  /** ISO instant. */
  authored?: string
  subject?: Reference
}

/** The answers as FHIR: what is asked and answered, nothing else. Hidden parts are kept, for they hold results. */
export function toResponse(state: State, head: ResponseHead = { status: 'in-progress' }): QuestionnaireResponse {
  const { url, version, id } = state.form.source
  const questionnaire = url ? (version ? `${url}|${version}` : url) : id && `Questionnaire/${id}`
  const { item } = buildTree(state).response
  return {
    resourceType: 'QuestionnaireResponse',
    ...(questionnaire ? { questionnaire } : {}),
    status: head.status,
    language: state.language,
    ...(head.authored ? { authored: head.authored } : {}),
    ...(head.subject ? { subject: head.subject } : {}),
    ...(item && item.length > 0 ? { item } : {}),
  }
}

/**
 * Takes up a response where it was left. Items the form does not have are passed over; a calculated value that differs
 * from the calculation counts as written by a person, unless the item is read-only. What is the same as in the record counts as
 * taken from it.
 */
export function fromResponse(
  form: Form,
  response: QuestionnaireResponse,
  options: { known: Known; language?: string },
): State {
  const counts = new Map<string, number>()
  const answers = new Map<string, readonly Value[]>()
  const sound = soundCopy({ ...response }) as unknown as QuestionnaireResponse
  take(form.items, list(sound.item), [])

  function take(items: readonly Item[], given: readonly ResponseItem[], copies: readonly number[]): void {
    for (const item of items) {
      const mine = given.filter((one) => one.linkId === item.linkId)
      if (item.type === 'group' && item.repeats) {
        if (mine.length > 0) counts.set(keyOf(item.linkId, copies), mine.length)
        mine.forEach((one, n) => take(item.items, list(one.item), [...copies, n]))
        continue
      }
      const answered = mine.flatMap((one) => list(one.answer))
      const values = answered.flatMap((one) => (valueOf(one) as Value | undefined) ?? [])
      if (values.length > 0)
        answers.set(
          keyOf(item.linkId, copies),
          values.map((value) => settleValue(item, value)),
        )
      const below = [...mine.flatMap((one) => list(one.item)), ...answered.flatMap((one) => list(one.item))]
      take(item.items, below, copies)
    }
  }

  const draft: Draft = {
    form,
    language: options.language ?? sound.language ?? form.language,
    known: options.known,
    counts,
    answers,
    edited: new Set(),
    prefilled: new Set(),
  }
  const settled = settle(draft)
  const computed = { ...settled, prefilled: fromRecord(settled.places, settled.answers, options.known) }
  const edited = new Set(
    computed.places
      .filter(({ item, key }) => item.calculated && !item.readOnly && answers.has(key))
      .filter(({ key }) => !sameAnswers(answers.get(key)!, computed.answers.get(key) ?? []))
      .map(({ key }) => key),
  )
  return edited.size > 0 ? settle({ ...draft, edited, prefilled: computed.prefilled }) : computed
}
