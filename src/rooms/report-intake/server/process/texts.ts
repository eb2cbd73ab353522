import { plainText } from '../plain-text.ts'
import type { ReadItem } from './item.ts'

const IMPRESSION = /印象|提示|诊断|结论|小结|建议|impression|conclusion|diagnos/i

/**
 * Sorts what is to be read from what is to be charted: findings and impressions become the report's own texts, unless
 * their source keeps each as an observation of its own (FHIR) and may be asked for it.
 */
export function textsOf(items: readonly ReadItem[]): {
  finding: string | null
  impression: string | null
  others: ReadItem[]
} {
  const findings: ReadItem[] = []
  const impressions: ReadItem[] = []
  const others: ReadItem[] = []
  for (const item of items) {
    const { result } = item
    if (!result.narrative || result.attachment) others.push(item)
    else (IMPRESSION.test(result.name) ? impressions : findings).push(item)
    if (result.narrative && result.sourceResultId) others.push(item)
  }
  return { finding: joined(findings), impression: joined(impressions), others }
}

/** A single text stands alone; several bear their names. */
function joined(items: readonly ReadItem[]): string | null {
  if (items.length === 0) return null
  const texts = items.map(({ result }) =>
    items.length === 1 ? result.valueText : `${result.name}：${result.valueText}`,
  )
  return plainText(texts.join('\n')).slice(0, 20_000)
}
