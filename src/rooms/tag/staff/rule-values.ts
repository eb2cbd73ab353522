import type { Condition } from '../contract/condition.ts'
import type { TagDefinition } from '../contract/rule.ts'

/** What the form of a rule holds, flat. */
export interface RuleValues {
  code?: string
  nameZh: string
  nameEn: string
  /** Code of the group. */
  group: string
  tone: TagDefinition['tone']
  visibility: TagDefinition['visibility']
  explanationZh: string
  explanationEn: string
  source: string
  standsForDays?: number | null
  /** Whether a rule sets it; off: by hand only. */
  auto: boolean
  condition?: Condition
}

/** What the form begins with; a new tag is clinical and weighs little until somebody says otherwise. */
export function valuesOf(definition: TagDefinition | undefined): Partial<RuleValues> {
  if (!definition) return { tone: 'info', visibility: 'clinical', auto: true, condition: { all: [] } }
  const { name, group, tone, visibility, explanation, source, standsFor, condition } = definition
  return {
    nameZh: name.zh,
    nameEn: name.en,
    group: group.code,
    tone,
    visibility,
    explanationZh: explanation.zh,
    explanationEn: explanation.en,
    source,
    standsForDays: standsFor?.days ?? null,
    auto: condition !== null,
    condition: condition ?? { all: [] },
  }
}

/** The definition to save. What the form does not show (rank, what follows) stays as it was; a reviewer signs anew. */
export function definitionOf(
  values: RuleValues,
  from: TagDefinition | undefined,
  groups: ReadonlyMap<string, TagDefinition['group']>,
): TagDefinition {
  const group = groups.get(values.group) ?? {
    code: values.group,
    name: { zh: values.group, en: values.group },
    exclusive: false,
  }
  return {
    rank: 0,
    then: [],
    ...from,
    code: from?.code ?? values.code ?? '',
    name: { zh: values.nameZh, en: values.nameEn },
    group,
    tone: values.tone,
    visibility: values.visibility,
    explanation: { zh: values.explanationZh, en: values.explanationEn },
    source: values.source,
    standsFor: values.standsForDays ? { days: values.standsForDays } : null,
    condition: values.auto ? (values.condition ?? null) : null,
    reviewer: null,
  }
}
