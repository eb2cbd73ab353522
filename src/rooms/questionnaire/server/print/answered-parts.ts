import {
  answerWords,
  scoredItem,
  shownPlaces,
  textAt,
  type Form,
  type State,
  type YesNo,
} from '../../../../clinical/questionnaire/index.ts'
import { numbersOf } from '../../contract/question-words.ts'
import type { PrintedPart } from './form-document.ts'

type Place = State['places'][number]

/** How the words of the room are got at, in one language. */
export type Say = (key: string, values?: Record<string, string | number>) => string

/**
 * Every question that was asked with its answer, in the order of the form: those that were hidden in the end are not
 * there, those that were left open are said to be.
 */
export function answeredParts(state: State, say: Say): PrintedPart[] {
  const yesNo: YesNo = [say('fill.yes'), say('fill.no')]
  const numbers = numbersOf(state.form)
  const turned = turnedItems(state.form)
  return shownPlaces(state).flatMap((place): PrintedPart[] => {
    const { item } = place
    const text = textAt(state, place).trim()
    if (item.type === 'group')
      return text ? [{ kind: 'heading', text: text + copyOf(place), level: depthOf(place) }] : []
    if (item.type === 'display') return text ? [{ kind: 'note', text }] : []
    const said = answerWords(state, place, yesNo)
    const points = said && !turned.has(item.linkId) ? pointsOf(state, place) : undefined
    return [
      {
        kind: 'answer',
        number: numberOf(place, numbers),
        text,
        answer: points === undefined ? said : say('printed.withPoints', { answer: said, points }),
      },
    ]
  })
}

/** As the form itself numbers it, else as staff count. */
function numberOf({ item }: Pick<Place, 'item'>, numbers: ReadonlyMap<string, number>): string {
  return item.prefix ?? String(numbers.get(item.linkId) ?? '')
}

/** Which of several a copy is: 家人 2. */
function copyOf({ item, copies }: Place): string {
  return item.repeats && copies.length > 0 ? ` ${copies.at(-1)! + 1}` : ''
}

function depthOf({ parent }: { parent?: Place }): number {
  return parent ? depthOf(parent) + 1 : 1
}

/** Points of the options that were chosen; undefined where they have none. */
function pointsOf({ form, answers }: State, { key }: Place): number | undefined {
  const found = (answers.get(key) ?? []).flatMap((value) =>
    typeof value === 'object' ? (form.weights.get(value) ?? []) : [],
  )
  return found.length === 0 ? undefined : found.reduce((sum, one) => sum + one, 0)
}

/** Questions whose points some score turns round: the figure beside the answer would mislead. */
function turnedItems({ scoring }: Form): Set<string> {
  const items = (scoring?.scores ?? []).flatMap((score) => score.items.map(scoredItem))
  return new Set(items.filter(({ reverse }) => reverse).map(({ linkId }) => linkId))
}
