import { inLanguage, walk, type Form, type Item } from '../../../../clinical/questionnaire/index.ts'
import { conditionsWords, isAsked, numbersOf } from '../../contract/question-words.ts'
import type { Say } from './answered-parts.ts'
import type { PrintedPart } from './form-document.ts'

type Question = Extract<PrintedPart, { kind: 'question' }>

/** So many questions with the same few options become one grid. */
const GRID_ROWS_MIN = 3
const GRID_COLUMNS_MAX = 6
const GRID_OPTION_CHARACTERS_MAX = 26

/**
 * The whole form for a pen: a question that is asked under conditions says when to answer it. Figures that a formula
 * works out are left out; where it would choose an option, a person ticks it.
 */
export function blankParts(form: Form, say: Say, locale: string): PrintedPart[] {
  const numbers = numbersOf(form)
  const parts = [...walk(form.items)].flatMap((item): PrintedPart[] => {
    if (!isShown(item)) return []
    const text = inLanguage(item.text, locale).trim()
    if (item.type === 'group') return text ? [{ kind: 'heading', text, level: depthOf(item) }] : []
    if (item.type === 'display') return text ? [{ kind: 'note', text }] : []
    if (item.readOnly && choicesOf(item, say, locale).length === 0) return []
    const hint = [whenWords(form, item, say, locale), ...waysOf(item).map((way) => say(`printed.hint.${way}`))]
    return [
      {
        kind: 'question',
        number: item.prefix ?? String(numbers.get(item.linkId) ?? ''),
        text,
        hint: hint.filter(Boolean).join(say('design.says.join.sentence')),
        choices: choicesOf(item, say, locale),
        lines: linesOf(item),
        unit: item.units[0]?.unit ?? '',
      },
    ]
  })
  return inGrids(parts)
}

function isShown(item: Item): boolean {
  if (item.type !== 'group' && item.type !== 'display') return isAsked(item)
  for (let one: Item | undefined = item; one; one = one.parent) if (one.hidden) return false
  return true
}

const depthOf = (item: Item): number => (item.parent ? depthOf(item.parent) + 1 : 1)

function whenWords(form: Form, item: Item, say: Say, locale: string): string {
  const what = conditionsWords(form, item, { t: say, locale })
  if (what) return say('printed.hint.when', { what })
  return item.enabledBy ? say('printed.hint.sometimes') : ''
}

/** What else is to be said of how it is answered. */
function waysOf({ required, repeats, type }: Item): string[] {
  const isChoice = type === 'choice' || type === 'open-choice'
  return [...(isChoice && repeats ? ['several'] : []), ...(required ? [] : ['optional'])]
}

function choicesOf(item: Item, say: Say, locale: string): string[] {
  if (item.type === 'boolean') return [say('fill.yes'), say('fill.no')]
  if (item.type !== 'choice' && item.type !== 'open-choice') return []
  const offered = item.options.map(({ text, prefix }) => `${prefix ? `${prefix} ` : ''}${inLanguage(text, locale)}`)
  return item.type === 'open-choice' ? [...offered, say('printed.other')] : offered
}

/** A number or a date wants one line, prose some; where options are named elsewhere there is a line for one. */
function linesOf(item: Item): number {
  if (item.type === 'text') return item.required ? 3 : 2
  if (item.type === 'boolean') return 0
  return item.type === 'choice' || item.type === 'open-choice' ? Number(item.options.length === 0) : 1
}

/** Joins questions in a row that share their options. */
function inGrids(parts: readonly PrintedPart[]): PrintedPart[] {
  const made: PrintedPart[] = []
  for (let at = 0; at < parts.length;) {
    const run = runFrom(parts, at)
    if (run.length >= GRID_ROWS_MIN) {
      const rows = run.map(({ number, text, hint }) => ({ number, text, hint }))
      made.push({ kind: 'grid', options: run[0]!.choices, rows })
      at += run.length
    } else made.push(parts[at++]!)
  }
  return made
}

function runFrom(parts: readonly PrintedPart[], at: number): Question[] {
  const first = parts[at]!
  if (first.kind !== 'question' || !fitsGrid(first)) return []
  const same = JSON.stringify(first.choices)
  const run: Question[] = []
  for (let n = at; n < parts.length; n++) {
    const part = parts[n]!
    if (part.kind !== 'question' || JSON.stringify(part.choices) !== same) break
    run.push(part)
  }
  return run
}

function fitsGrid({ choices }: Question): boolean {
  return (
    choices.length >= 2 &&
    choices.length <= GRID_COLUMNS_MAX &&
    choices.every((text) => text.length <= GRID_OPTION_CHARACTERS_MAX)
  )
}
