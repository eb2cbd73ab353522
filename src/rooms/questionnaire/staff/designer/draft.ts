import {
  EXTENSION,
  scoredItem,
  type Questionnaire,
  type QuestionnaireItem,
  type Scoring,
} from '../../../../clinical/questionnaire/index.ts'
import type { Sensitivity } from '../../contract/words.ts'
import { extensionOf, flagOf, withoutExtension } from './extension.ts'

/**
 * What the designer works on: the FHIR resource itself, so that whatever it does not show stays as it came, and what
 * the house keeps beside it.
 */
export interface Draft {
  definition: Questionnaire
  sensitivity: Sensitivity
  licence: string
  source: string
}

export const itemsOf = (owner: { item?: QuestionnaireItem[] }): readonly QuestionnaireItem[] =>
  Array.isArray(owner.item) ? owner.item : []

/** All items in the order of the page. */
export function* everyItem(items: readonly QuestionnaireItem[]): Generator<QuestionnaireItem> {
  for (const item of items) {
    yield item
    yield* everyItem(itemsOf(item))
  }
}

export function findItem(definition: Questionnaire, linkId: string): QuestionnaireItem | undefined {
  for (const item of everyItem(itemsOf(definition))) if (item.linkId === linkId) return item
  return undefined
}

type Change = (item: QuestionnaireItem) => QuestionnaireItem

/** The same objects wherever nothing changed, so that only what changed is drawn again. */
function changed(items: readonly QuestionnaireItem[], linkId: string, change: Change): QuestionnaireItem[] | undefined {
  for (const [at, item] of items.entries()) {
    if (item.linkId === linkId) return items.with(at, change(item))
    const below = changed(itemsOf(item), linkId, change)
    if (below) return items.with(at, { ...item, item: below })
  }
  return undefined
}

export function changeItem(definition: Questionnaire, linkId: string, change: Change): Questionnaire {
  const item = changed(itemsOf(definition), linkId, change)
  return item ? { ...definition, item } : definition
}

/** `q7`: the lowest number that is free. It never shows to patients, and answers are matched by it for ever. */
export function freeLinkId(taken: Iterable<string>, stem = 'q'): string {
  const known = new Set(taken)
  let n = 1
  while (known.has(`${stem}${n}`)) n++
  return `${stem}${n}`
}

export const linkIdsOf = (definition: Questionnaire): Set<string> =>
  new Set([...everyItem(itemsOf(definition))].map(({ linkId }) => linkId))

export function emptyQuestionnaire(code: string, title: { zh: string; en: string }): Questionnaire {
  return {
    resourceType: 'Questionnaire',
    url: `urn:peiban:questionnaire:${code}`,
    name: code,
    status: 'draft',
    language: 'zh-CN',
    title: title.zh,
    ...(title.en
      ? {
          _title: {
            extension: [
              {
                url: EXTENSION.translation[0],
                extension: [
                  { url: 'lang', valueCode: 'en' },
                  { url: 'content', valueString: title.en },
                ],
              },
            ],
          },
        }
      : {}),
    item: [],
  }
}

export const scoringOf = (definition: Questionnaire): Scoring | undefined => {
  const scoring = definition.scoring
  if (typeof scoring !== 'object' || scoring === null) return undefined
  return Array.isArray((scoring as Scoring).scores) ? (scoring as Scoring) : undefined
}

export function withScoring(definition: Questionnaire, scoring: Scoring | undefined): Questionnaire {
  const { scoring: _before, ...rest } = definition
  return scoring && (scoring.scores.length > 0 || (scoring.rules?.length ?? 0) > 0) ? { ...rest, scoring } : rest
}

/**
 * A definition as the designer wants it: the scoring block in its place rather than inside an extension, without the
 * hidden sums that an export had put in for other systems, and with its language said.
 */
export function lifted(given: Questionnaire): Questionnaire {
  const definition = given.language
    ? given
    : { ...given, language: /\p{Script=Han}/u.test(JSON.stringify(given)) ? 'zh-CN' : 'en' }
  const block = extensionOf(definition, 'scoring')
  if (!block) return definition
  const plain = withoutExtension(definition, 'scoring')
  if (plain.scoring !== undefined) return plain
  const scoring = parsed(block['valueString'])
  // What cannot be read stays where it is: the engine names it.
  if (!scoring) return definition
  const made = new Set(
    scoring.scores.flatMap(({ code, linkId }) => (linkId ? [] : [`score-${code}`, `score-${code}-total`])),
  )
  const used = new Set(scoring.scores.flatMap(({ items }) => items.map((one) => scoredItem(one).linkId)))
  const isMade = (item: QuestionnaireItem) =>
    made.has(item.linkId) && !used.has(item.linkId) && item.readOnly === true && flagOf(item, 'hidden')
  return { ...plain, item: itemsOf(plain).filter((item) => !isMade(item)), scoring }
}

function parsed(text: unknown): Scoring | undefined {
  try {
    const scoring = JSON.parse(String(text)) as Scoring | null
    return Array.isArray(scoring?.scores) ? scoring : undefined
  } catch {
    return undefined
  }
}
