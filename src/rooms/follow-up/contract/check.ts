import { axisOf, later } from './axis.ts'
import { CONTACT_HOURS } from './pathway.ts'
import type { ProtocolDefinition, Step } from './protocol.ts'
import { leadsTo } from './protocol.ts'
import { whyNotSpread } from './spread.ts'

/**
 * What is wrong with a pathway, or could be better, as codes with texts in both languages (`content/pathway-faults.json`).
 * error: it may not be published · warning: somebody should look · hint: what a whole step has (S2-5, S2-10). Pure: the
 * designer asks it at each change, the server before it keeps and publishes.
 */
export const PATHWAY_FAULTS = {
  UnreachableStep: 'error',
  StandsStill: 'error',
  WindowWiderThanInterval: 'error',
  NoMessage: 'error',
  UnknownForm: 'error',
  UnknownTemplate: 'error',
  UnknownQuestionnaire: 'error',
  UnknownCard: 'error',
  UnknownIndicator: 'error',
  UnknownFact: 'error',
  UnknownItem: 'error',
  ClassesMissing: 'error',
  NotPlain: 'error',
  SpreadByEvent: 'error',
  SpreadUrgent: 'error',
  BranchNeverTaken: 'warning',
  UnknownChannel: 'warning',
  NoPatientWords: 'warning',
  NoEscalation: 'warning',
  NoWayOut: 'warning',
  NoMeasuredGoal: 'warning',
  OutsideHours: 'warning',
  TargetAfterWindow: 'warning',
  AfterTheEnd: 'warning',
  PhaseEmpty: 'warning',
  NoGoal: 'hint',
  NoScript: 'hint',
  NoDeliverable: 'hint',
  NoTargetTime: 'hint',
} as const
export type PathwayFaultCode = keyof typeof PATHWAY_FAULTS

export interface PathwayFault {
  code: PathwayFaultCode
  severity: 'error' | 'warning' | 'hint'
  /** The step it stands at; null: the whole. */
  step: string | null
  /** A code, a number or a word that the text names. */
  value: string
}

/** What there is in the house to refer to; absent: not asked, nothing of it is called unknown. */
export interface KnownContent {
  /** Code of each form with the linkIds of its questions. */
  forms?: ReadonlyMap<string, readonly string[]>
  templates?: ReadonlySet<string>
  questionnaires?: ReadonlySet<string>
  cards?: ReadonlySet<string>
  indicators?: ReadonlySet<string>
  channels?: ReadonlySet<string>
}

const SEEN = ['visit', 'call', 'home-visit']
const fault = (code: PathwayFaultCode, step: string | null = null, value: string | number = ''): PathwayFault => ({
  code,
  severity: PATHWAY_FAULTS[code],
  step,
  value: String(value),
})

/** @returns faults in the order of the steps, those of the whole first; empty when all is well */
export function checkPathway(definition: ProtocolDefinition, known: KnownContent = {}): PathwayFault[] {
  const tooLate = afterTheEnd(definition)
  return [
    ...faultsOfWhole(definition, known),
    ...definition.steps.flatMap((step) => [
      ...faultsOfShape(definition, step),
      ...(tooLate.has(step.code) ? [fault('AfterTheEnd', step.code, tooLate.get(step.code))] : []),
      ...faultsOfNames(step, known),
      ...wishesOf(step, definition),
    ]),
  ]
}

function faultsOfWhole(definition: ProtocolDefinition, { indicators, templates }: KnownContent): PathwayFault[] {
  const { steps, goals = [], exits = [], phases = [], entry, classing, classes } = definition
  const repeats = steps.filter((step) => step.next === step.code && !step.recurrence)
  const leaves = exits.length > 0 || 'tag' in entry || ('condition' in entry && entry.leaves)
  return [
    ...(goals.length === 0 ? [fault('NoMeasuredGoal')] : []),
    ...goals.flatMap(({ measure }) =>
      'indicator' in measure && indicators && !indicators.has(measure.indicator.code)
        ? [fault('UnknownIndicator', null, measure.indicator.code)]
        : [],
    ),
    ...(repeats.length > 0 && !leaves ? [fault('NoWayOut', null, repeats[0]!.code)] : []),
    ...(classing && (classes.length === 0 || steps.every((step) => step.form === null))
      ? [fault('ClassesMissing')]
      : []),
    ...(definition.forPatient ? [] : [fault('NoPatientWords')]),
    ...faultsOfSpread(definition),
    ...phases
      .filter(({ code }) => !steps.some((step) => step.phase === code))
      .map(({ code }) => fault('PhaseEmpty', null, code)),
    ...exits.flatMap(({ message }) =>
      message && templates && !templates.has(message) ? [fault('UnknownTemplate', null, message)] : [],
    ),
  ]
}

/** Nobody waits for what counts from a day of their own, or has to be done within days. */
function faultsOfSpread(definition: ProtocolDefinition): PathwayFault[] {
  const not = definition.spread && whyNotSpread(definition)
  return not ? [fault(not.why === 'event' ? 'SpreadByEvent' : 'SpreadUrgent', not.step)] : []
}

function faultsOfShape(definition: ProtocolDefinition, step: Step): PathwayFault[] {
  const { code, window, after, first, next } = step
  const days = daysOf(after ?? first)
  const width = widthOf(window.before, days) + widthOf(window.after, days)
  const repeats = next === code
  const acts = step.branches.some((branch) => 'action' in branch)
  return [
    ...(reachable(definition).has(code) ? [] : [fault('UnreachableStep', code)]),
    ...(repeats && days === 0 ? [fault('StandsStill', code)] : []),
    ...(repeats && days > 0 && width > days ? [fault('WindowWiderThanInterval', code, days)] : []),
    ...(step.kind === 'message' && step.message === null ? [fault('NoMessage', code)] : []),
    ...(acts && (!definition.classing || step.form === null) ? [fault('BranchNeverTaken', code)] : []),
    ...(step.targetTime && step.targetTime.hours > (width + 1) * 24
      ? [fault('TargetAfterWindow', code, step.targetTime.hours)]
      : []),
    ...(step.timeOfDay && !withinHours(step.timeOfDay, definition)
      ? [fault('OutsideHours', code, step.timeOfDay)]
      : []),
  ]
}

function faultsOfNames(step: Step, known: KnownContent): PathwayFault[] {
  const { code, form, message, questionnaire, cards = [], channels = [] } = step
  const lacks = (set: ReadonlySet<string> | undefined, name: string) => set !== undefined && !set.has(name)
  const items = form === null ? [] : (known.forms?.get(form) ?? [])
  return [
    ...(form && known.forms && !known.forms.has(form) ? [fault('UnknownForm', code, form)] : []),
    ...(message && lacks(known.templates, message) ? [fault('UnknownTemplate', code, message)] : []),
    ...(questionnaire && lacks(known.questionnaires, questionnaire)
      ? [fault('UnknownQuestionnaire', code, questionnaire)]
      : []),
    ...cards.filter((card) => lacks(known.cards, card)).map((card) => fault('UnknownCard', code, card)),
    ...channels.filter((one) => lacks(known.channels, one)).map((one) => fault('UnknownChannel', code, one)),
    ...step.branches.flatMap((branch) =>
      'item' in branch && known.forms && !items.includes(branch.item) ? [fault('UnknownItem', code, branch.item)] : [],
    ),
  ]
}

/** What a whole step has: goal, owner, script, deliverable, target time, words for the person. */
function wishesOf(step: Step, { forPatient }: ProtocolDefinition): PathwayFault[] {
  const { code, kind } = step
  const isSeen = SEEN.includes(kind)
  const byStaff = isSeen || kind === 'task'
  return [
    ...(!step.forPatient && (forPatient || kind !== 'task') ? [fault('NoPatientWords', code)] : []),
    ...((byStaff || kind === 'questionnaire') && step.escalation === null ? [fault('NoEscalation', code)] : []),
    ...(step.goal ? [] : [fault('NoGoal', code)]),
    ...(isSeen && !step.script ? [fault('NoScript', code)] : []),
    ...(byStaff && !step.deliverable ? [fault('NoDeliverable', code)] : []),
    ...(byStaff && !step.targetTime ? [fault('NoTargetTime', code)] : []),
  ]
}

/** Steps that something leads to, from what begins each track on. */
function reachable({ steps }: ProtocolDefinition): Set<string> {
  const byCode = new Map(steps.map((step) => [step.code, step]))
  const waiting = [...new Set(steps.map((step) => step.track))].flatMap(
    (track) => steps.find((step) => step.track === track && step.first !== null)?.code ?? [],
  )
  const found = new Set<string>()
  while (waiting.length > 0) {
    const code = waiting.pop()!
    const step = byCode.get(code)
    if (!step || found.has(code)) continue
    found.add(code)
    waiting.push(...leadsTo(step).filter((to) => to !== null))
  }
  return found
}

/** Steps whose first window opens when time has ended the plan already, each with the day of that end. */
function afterTheEnd(definition: ProtocolDefinition): Map<string, number> {
  const ends = (definition.exits ?? []).flatMap(({ when }) => ('after' in when ? [later(0, when.after)] : []))
  if (ends.length === 0) return new Map()
  const end = Math.min(...ends)
  const placed = axisOf(definition).lanes.flatMap((lane) => lane.placed)
  return new Map(placed.flatMap(({ step, nth, from }) => (nth === 1 && from >= end ? [[step, end] as const] : [])))
}

/** Months as 30 days: for judging widths, not for dates. */
function daysOf(interval: { days?: number | undefined; months?: number | undefined } | null): number {
  return interval ? (interval.days ?? 0) + (interval.months ?? 0) * 30 : 0
}

function widthOf(margin: Step['window']['before'], days: number): number {
  return 'days' in margin ? margin.days : Math.round((days * margin.percent) / 100)
}

function withinHours(time: string, { contacts }: ProtocolDefinition): boolean {
  return time >= (contacts?.from ?? CONTACT_HOURS.from) && time < (contacts?.until ?? CONTACT_HOURS.until)
}
