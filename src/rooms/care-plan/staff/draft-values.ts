import type { Action, Asked, Cadence, Goal, PlanContent } from '../contract/words.ts'

/** What the form holds: the parts of a choice lie flat beside each other, since a field may stand empty. */
export interface Written {
  title: string
  goals?: WrittenGoal[]
  actions?: WrittenAction[]
  steps?: { day: number; title: string; words?: string }[]
  sameReason?: string
  cause?: { kind: string; words: string }
}
type WrittenGoal = Partial<Omit<Goal, 'byOn'>> & { byOn?: string | null }
export interface WrittenAction {
  key?: string
  kind?: Action['kind']
  title: string
  words?: string
  often: Cadence['kind']
  days?: number[]
  times?: number
  on?: string
  asked: Asked['kind']
  label?: string
  unit?: string
  atLeast?: number | null
  indicator?: string | null
}

export function writtenOf(title: string, content: PlanContent, more: Partial<Written> = {}): Written {
  return {
    title,
    goals: content.goals,
    actions: content.actions.map(({ cadence, ask, ...action }) => ({
      ...action,
      often: cadence.kind,
      ...(cadence.kind === 'weekdays' && { days: cadence.days }),
      ...(cadence.kind === 'weekly' && { times: cadence.times }),
      ...(cadence.kind === 'once' && { on: cadence.on }),
      asked: ask.kind,
      ...(ask.kind === 'number' && {
        label: ask.label,
        unit: ask.unit,
        atLeast: ask.atLeast,
        indicator: ask.indicator,
      }),
    })),
    steps: content.steps,
    ...more,
  }
}

/** The content that was written; new pieces get a key that stands for good. */
export function contentOfForm({ goals = [], actions = [], steps = [] }: Written): PlanContent {
  const taken = new Set([...goals, ...actions].flatMap(({ key }) => key ?? []))
  const keyOf = (key: string | undefined): string => {
    if (key) return key
    for (let n = 1; ; n++)
      if (!taken.has(`own-${n}`)) {
        taken.add(`own-${n}`)
        return `own-${n}`
      }
  }
  return {
    goals: goals.map(({ key, code, comparator, value, words, byOn }) => ({
      key: keyOf(key),
      code: code ?? null,
      comparator: code ? (comparator ?? null) : null,
      value: code ? (value ?? null) : null,
      words: words ?? '',
      byOn: byOn ?? null,
    })),
    actions: actions.map((one) => ({
      key: keyOf(one.key),
      kind: one.kind ?? 'other',
      title: one.title,
      words: one.words ?? '',
      cadence: cadenceOf(one),
      ask: askOf(one),
    })),
    steps: steps.map(({ day, title, words }) => ({ day, title, words: words ?? '' })),
  }
}

function cadenceOf({ often, days = [], times = 1, on = '' }: WrittenAction): Cadence {
  switch (often) {
    case 'weekdays':
      return { kind: 'weekdays', days }
    case 'weekly':
      return { kind: 'weekly', times }
    case 'once':
      return { kind: 'once', on }
    default:
      return { kind: 'daily' }
  }
}

function askOf({ asked, label = '', unit = '', atLeast = null, indicator }: WrittenAction): Asked {
  if (asked !== 'number') return { kind: asked ?? 'outcome' }
  return { kind: 'number', label, unit, atLeast, ...(indicator && { indicator }) }
}
