import type { Answers, FormDefinition } from '../../contract/form.ts'
import { questionsOf } from '../../contract/form.ts'
import type { Classing, Target } from '../../contract/protocol.ts'
import type { VisitAction, VisitClass } from '../../contract/words.ts'

/** Why a class and an action are proposed: a code of the room's texts with its values. */
export interface Because {
  code: BecauseCode
  item?: string
  value?: number
  limit?: number
  options?: string[]
}
export type BecauseCode =
  | 'on-target'
  | 'off-target'
  | 'first-time'
  | 'second-time'
  | 'no-value'
  | 'emergency-value'
  | 'emergency-sign'
  | 'adverse-first'
  | 'adverse-again'
  | 'adverse-hard'
  | 'complication'
  | 'after-referral'
  | 'abnormal-answer'
  | 'nothing-abnormal'

export interface Proposal {
  /** Null: the answers do not say; the person decides. */
  class: VisitClass | null
  action: VisitAction
  emergency: boolean
  because: Because[]
}

export interface Visit {
  answers: Answers
  /** Null: unknown; the stricter limits then hold. */
  ageYears: number | null
  /** Whether this is the look after a referral. */
  afterReferral: boolean
  /** The completed visit before this one in the same track. */
  previous: { class: VisitClass | null; answers: Answers } | undefined
}

/** Classes of control from mild to severe: 1 控制满意, 2 控制不满意, 3 不良反应, 4 并发症. The most severe one wins. */
const SEVERITY: VisitClass[] = ['satisfied', 'unsatisfied', 'adverse-reaction', 'complication']

/** Proposes class and action of a visit. A person confirms it or says why not. */
export function classify(classing: Classing, visit: Visit, form: FormDefinition): Proposal {
  return classing.kind === 'survey' ? classifySurvey(classing, visit.answers, form) : classifyControl(classing, visit)
}

/**
 * 国家基本公共卫生服务规范（第三版，2017）: satisfied → the normal cycle; first unsatisfactory or with an adverse reaction →
 * two weeks; two in a row, a reaction hard to control, a new or worse complication, or an emergency → refer, and look
 * within two weeks; after that look the normal cycle again.
 */
function classifyControl(classing: Extract<Classing, { kind: 'control' }>, visit: Visit): Proposal {
  const { answers, ageYears, previous } = visit
  const because: Because[] = []
  const actions: VisitAction[] = []
  const classes: VisitClass[] = []
  const urgent = emergencies(classing, answers)
  because.push(...urgent)
  if (urgent.length > 0) actions.push('refer')
  if (answers['complication'] === 'new' || answers['complication'] === 'worse') {
    classes.push('complication')
    actions.push('refer')
    because.push({ code: 'complication' })
  }
  const reaction = answers['adverse-reaction']
  if (reaction === 'present' || reaction === 'hard-to-control') {
    const again = previous?.class === 'adverse-reaction'
    classes.push('adverse-reaction')
    actions.push(reaction === 'hard-to-control' || again ? 'refer' : 'two-weeks')
    because.push({ code: reaction === 'hard-to-control' ? 'adverse-hard' : again ? 'adverse-again' : 'adverse-first' })
  }
  const { off, known } = control(classing.targets, answers, ageYears)
  if (off.length > 0) {
    classes.push('unsatisfied')
    because.push(...off)
    const again = previous !== undefined && control(classing.targets, previous.answers, ageYears).off.length > 0
    if (visit.afterReferral) because.push({ code: 'after-referral' })
    else {
      actions.push(again ? 'refer' : 'two-weeks')
      because.push({ code: again ? 'second-time' : 'first-time' })
    }
  } else if (known.length > 0) {
    classes.push('satisfied')
    because.push(...known)
  } else because.push({ code: 'no-value' })
  return {
    class: SEVERITY.findLast((one) => classes.includes(one)) ?? null,
    action: actions.includes('refer') ? 'refer' : (actions[0] ?? 'routine'),
    emergency: urgent.length > 0,
    because,
  }
}

/** Which targets are missed, and which are met, for this age. */
function control(
  targets: readonly Target[],
  answers: Answers,
  ageYears: number | null,
): { off: Because[]; known: Because[] } {
  const off: Because[] = []
  const known: Because[] = []
  for (const { item, op, value: limit } of targetsFor(targets, ageYears)) {
    const value = answers[item]
    if (typeof value !== 'number') continue
    if (compare(value, op, limit)) known.push({ code: 'on-target', item, value, limit })
    else off.push({ code: 'off-target', item, value, limit })
  }
  // One of two pressures alone does not show control, but shows the lack of it.
  const items = new Set(targets.map((target) => target.item))
  return { off, known: known.length === items.size ? known : [] }
}

/** Of each item the limit for the highest age that has been reached: <140/90, from 65 years on <150/90. */
export function targetsFor(targets: readonly Target[], ageYears: number | null): Target[] {
  const items = [...new Set(targets.map((target) => target.item))]
  return items.flatMap((item) => {
    const fitting = targets.filter((target) => target.item === item && target.fromAge <= (ageYears ?? 0))
    return fitting.toSorted((a, b) => b.fromAge - a.fromAge).slice(0, 1)
  })
}

function emergencies({ emergency, signs }: Extract<Classing, { kind: 'control' }>, answers: Answers): Because[] {
  const values = emergency.flatMap(({ item, op, value: limit }): Because[] => {
    const value = answers[item]
    return typeof value === 'number' && compare(value, op, limit)
      ? [{ code: 'emergency-value', item, value, limit }]
      : []
  })
  return [...values, ...ticked(answers, signs)]
}

function ticked(answers: Answers, signs: string | null): Because[] {
  const options =
    signs && Array.isArray(answers[signs]) ? (answers[signs] as string[]).filter((code) => code !== 'none') : []
  return options.length > 0 ? [{ code: 'emergency-sign', item: signs!, options }] : []
}

function classifySurvey(
  classing: Extract<Classing, { kind: 'survey' }>,
  answers: Answers,
  form: FormDefinition,
): Proposal {
  const signs = ticked(answers, classing.signs)
  const abnormal = questionsOf(form).flatMap((question): Because[] => {
    const answer = answers[question.linkId]
    if (question.type === 'choice') {
      const chosen = Array.isArray(answer) ? (answer as string[]) : [answer]
      const options = question.options
        .filter((option) => option.abnormal && chosen.includes(option.code))
        .map((option) => option.code)
      return options.length > 0 ? [{ code: 'abnormal-answer', item: question.linkId, options }] : []
    }
    if (question.type !== 'integer' && question.type !== 'decimal') return []
    const { abnormalFrom } = question
    return abnormalFrom !== undefined && typeof answer === 'number' && answer >= abnormalFrom
      ? [{ code: 'abnormal-answer', item: question.linkId, value: answer, limit: abnormalFrom }]
      : []
  })
  const because = [...signs, ...abnormal]
  if (because.length === 0)
    return { class: 'normal', action: 'routine', emergency: false, because: [{ code: 'nothing-abnormal' }] }
  return { class: 'abnormal', action: 'attend', emergency: signs.length > 0, because }
}

function compare(value: number, op: '<' | '<=' | '>' | '>=', limit: number): boolean {
  if (op === '<') return value < limit
  if (op === '<=') return value <= limit
  return op === '>' ? value > limit : value >= limit
}
