import { EXTENSION, list } from './extension.ts'
import type { Extension, Questionnaire, QuestionnaireItem } from './fhir.ts'
import type { Form, Item } from './questionnaire.ts'
import { scoredItem, type Score } from './scoring.ts'

/**
 * The form as plain FHIR for another system: our scoring block inside an extension, and each score that is a sum, a
 * weighted sum, a mean or one value as a calculatedExpression on its item (a hidden one is added where the form shows
 * none). Scores by `max` and `count`, prorating, bands and alarms travel in the extension alone.
 */
export function write(form: Form): Questionnaire {
  // The caller may change what it gets; the form stays as it was read.
  const { scoring: _scoring, ...source } = JSON.parse(JSON.stringify(form.source)) as Questionnaire
  if (!form.scoring) return source
  const block: Extension = { url: EXTENSION.scoring[0], valueString: JSON.stringify(form.scoring) }
  const extension = [...list(source.extension).filter((one) => one.url !== block.url), block]
  const item = list(source.item)
  for (const score of form.scoring.scores) {
    const text = scoreExpression(form, score)
    if (text === undefined) continue
    const shown = score.linkId === undefined ? undefined : find(item, score.linkId)
    if (shown) calculateBy(shown, text)
    else item.push(hiddenScore(form, score, text))
  }
  return { ...source, extension, item }
}

function find(items: QuestionnaireItem[], linkId: string): QuestionnaireItem | undefined {
  for (const item of items) {
    const found = item.linkId === linkId ? item : find(list(item.item), linkId)
    if (found) return found
  }
  return undefined
}

function calculateBy(item: QuestionnaireItem, expression: string): void {
  const [url] = EXTENSION.calculatedExpression
  const others = list(item.extension).filter((one) => one.url !== url)
  item.extension = [...others, { url, valueExpression: { language: 'text/fhirpath', expression } }]
}

function hiddenScore(form: Form, score: Score, expression: string): QuestionnaireItem {
  const linkId = form.byLinkId.has(`score-${score.code}`) ? `score-${score.code}-total` : `score-${score.code}`
  const item: QuestionnaireItem = {
    linkId,
    text: form.language.startsWith('zh') ? score.name.zh : score.name.en,
    type: 'decimal',
    readOnly: true,
    extension: [{ url: EXTENSION.hidden[0], valueBoolean: true }],
  }
  calculateBy(item, expression)
  return item
}

/** FHIRPath with the same outcome as the scorer; undefined for what FHIRPath cannot say shortly. */
export function scoreExpression(form: Form, score: Score): string | undefined {
  const items = score.items.map(scoredItem)
  const policy = score.missing ?? 'refuse'
  if (score.method === 'max' || score.method === 'count' || typeof policy === 'object') return undefined
  const parts = items.map((one) => {
    const value = `${valueOf(form.byLinkId.get(one.linkId), one.linkId)}.sum()`
    const turned = one.reverse ? `(${score.range![0] + score.range![1]} - ${value})` : value
    return score.method === 'weighted' && one.weight !== undefined ? `${turned} * ${one.weight}` : turned
  })
  const sum = parts.join(' + ')
  const total = moved(score, score.method === 'mean' ? `(${sum}) / ${items.length}` : sum)
  const wanted = items.filter((one) => !one.optional).map((one) => `'${quoted(one.linkId)}'`)
  if (items.some((one) => one.optional && one.reverse)) return undefined
  if (policy === 'zero') return items.some((one) => one.reverse) ? undefined : total
  const answered = `%resource.repeat(item).where(linkId in (${wanted.join(' | ')}) and answer.exists()).count()`
  return wanted.length === 0 ? total : `iif(${answered} = ${wanted.length}, ${total}, {})`
}

function moved({ add = 0, multiply = 1, round }: Score, points: string): string {
  if (add === 0 && multiply === 1 && round === undefined) return points
  const made = `((${points}) + ${add}) * ${multiply}`
  if (round === undefined) return made
  return round === 'floor' ? `(${made} + 0.000000001).floor()` : `(${made}).round(0)`
}

const quoted = (text: string) => text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")

function valueOf(item: Item | undefined, linkId: string): string {
  const value = `%resource.repeat(item).where(linkId='${quoted(linkId)}').answer.value`
  switch (item?.type) {
    case 'choice':
    case 'open-choice':
      return item.optionType === 'Coding' ? `${value}.weight()` : value
    case 'quantity':
      return `${value}.value`
    case 'boolean':
      return `${value}.select(iif($this, 1, 0))`
    default:
      return value
  }
}
