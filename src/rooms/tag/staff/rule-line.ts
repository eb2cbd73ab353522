import type { Tone } from '../../../platform/web/index.ts'
import type { PatientTag, RuleView } from '../contract/tag.ts'

const TONE: Record<PatientTag['tone'], Tone> = { danger: 'danger', caution: 'due', info: 'low', neutral: 'plain' }
export const toneOf = (tone: PatientTag['tone']): Tone => TONE[tone]

const WEIGHT: PatientTag['tone'][] = ['danger', 'caution', 'info', 'neutral']

/** What weighs most first; else the order in which they came. */
export function byWeight<T extends Pick<PatientTag, 'tone'>>(tags: readonly T[]): T[] {
  return tags.toSorted((a, b) => WEIGHT.indexOf(a.tone) - WEIGHT.indexOf(b.tone))
}

/** One tag as the list shows it: the rule in force, or the draft or retired rule where none is. */
export interface RuleLine {
  code: string
  shown: RuleView
  draft: RuleView | undefined
}

/** Rules and drafts by code, in the order in which they came. */
export function linesOf(rules: readonly RuleView[]): RuleLine[] {
  return [...Map.groupBy(rules, ({ code }) => code)].map(([code, versions]) => ({
    code,
    shown: versions.find(({ state }) => state === 'published') ?? versions[0]!,
    draft: versions.find(({ state }) => state === 'draft'),
  }))
}
