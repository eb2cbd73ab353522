import { addDays } from '../../../platform/clock.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { OutputOf } from '../../../platform/contract/index.ts'
import { requireVisible } from '../../patient/server/index.ts'
import { clashesOf, gapsOf } from '../contract/clash.ts'
import type { Condition } from '../../tag/contract/condition.ts'
import type { assumedOutcome, assumedTruth, walkPathway } from '../contract/walk.ts'
import type { ProtocolDefinition } from '../contract/protocol.ts'
import type { z } from 'zod'
import type { Holds } from './rules/branch.ts'
import { goalCondition, exitCondition } from './rules/goal.ts'
import { isSent, stepOf } from './rules/plan.ts'
import { contactsOf, walk, type WalkItem } from './rules/walk.ts'
import { askAll } from './says.ts'

interface Wanted {
  definition: ProtocolDefinition
  patientId?: string | undefined
  startOn?: string | undefined
  anchorOn?: string | undefined
  days: number
  outcomes: z.output<typeof assumedOutcome>[]
  truths: z.output<typeof assumedTruth>[]
}

interface Place {
  place: string
  condition: Condition
  /** What holds of a made-up person. */
  usual: boolean
}

/** Walks a person, chosen or made up, through a definition; keeps nothing. @throws Problem NotFound */
export async function walkThrough(ctx: ReadContext, wanted: Wanted): Promise<OutputOf<typeof walkPathway>> {
  const { definition, patientId, days, outcomes } = wanted
  const startOn = wanted.startOn ?? ctx.today
  const person = patientId ? await requireVisible(ctx, patientId) : undefined
  if (patientId) ctx.audit.patientId = patientId
  ctx.audit.detail = { ...ctx.audit.detail, protocol: definition.code, days }
  const anchorOn = wanted.anchorOn ?? (definition.anchor === 'birth' ? (person?.birth_date ?? startOn) : startOn)
  const untilOn = addDays(startOn, days)
  const places = placesOf(definition)
  const says = person
    ? await askAll(
        ctx,
        places.map(({ condition }) => condition),
        [person.id],
      )
    : undefined
  const asked = places.map((one) => answerAt(one, says?.holdsFor(person!.id), wanted.truths))
  const { items, ended } = walk(definition, {
    startOn,
    anchorOn,
    untilOn,
    outcomes,
    holds: (on) => holdsOn(places, wanted, startOn, on, says?.holdsFor(person!.id)),
  })
  const contacts = contactsOf(definition, items)
  const lastOn = ended?.on ?? untilOn
  return {
    items: items.map((item) => viewOf(definition, item)),
    ended: ended && { ...ended, name: definition.exits?.find(({ code }) => code === ended.exit)?.name ?? null },
    startOn,
    anchorOn,
    untilOn,
    clashes: clashesOf(contacts, definition.contacts),
    gaps: gapsOf(contacts, startOn, lastOn, definition.contacts),
    asked: asked.map(({ place, holds, from }) => ({ place, holds, from })),
  }
}

function placesOf(definition: ProtocolDefinition): Place[] {
  return [
    ...definition.steps.flatMap((step): Place[] => [
      ...(step.onlyIf ? [{ place: `step:${step.code}:only-if`, condition: step.onlyIf.condition, usual: true }] : []),
      ...step.branches.flatMap((branch, index): Place[] =>
        'when' in branch ? [{ place: `step:${step.code}:branch:${index}`, condition: branch.when, usual: false }] : [],
      ),
    ]),
    ...(definition.goals ?? []).flatMap((goal): Place[] => {
      const condition = goalCondition(goal)
      return condition ? [{ place: `goal:${goal.code}`, condition, usual: false }] : []
    }),
    ...(definition.exits ?? []).flatMap((rule): Place[] => {
      const condition = exitCondition(definition, rule)
      return condition ? [{ place: `exit:${rule.code}`, condition, usual: false }] : []
    }),
  ]
}

function answerAt({ place, condition, usual }: Place, says: Holds | undefined, truths: Wanted['truths']) {
  const said = truths.find((one) => one.place === place)
  if (said) return { place, holds: said.holds, from: 'assumed' as const }
  return says
    ? { place, holds: says(condition), from: 'patient' as const }
    : { place, holds: usual, from: 'default' as const }
}

/**
 * What holds on a day of the walk: what was assumed of a place from its day on; else the patient's facts of today, or what
 * is usual. The same condition at two places has the answer of the place that was assumed.
 */
function holdsOn(
  places: readonly Place[],
  { truths }: Wanted,
  startOn: string,
  on: string,
  says: Holds | undefined,
): Holds {
  const answers = new Map<string, boolean>()
  for (const { condition, usual } of places) answers.set(JSON.stringify(condition), says ? says(condition) : usual)
  for (const { place, condition } of places) {
    const said = truths.find((one) => one.place === place)
    if (said) answers.set(JSON.stringify(condition), on >= addDays(startOn, said.fromDay) ? said.holds : !said.holds)
  }
  return (condition) => answers.get(JSON.stringify(condition)) ?? false
}

function viewOf(definition: ProtocolDefinition, item: WalkItem) {
  const step = stepOf(definition, item.step)!
  const branch = item.branch === null ? undefined : step.branches[item.branch]
  const told = item.state !== 'skipped'
  return {
    ...item,
    name: step.name,
    kind: step.kind,
    phase: step.phase ?? null,
    skipped: item.state === 'skipped' ? skippedBecause(step, item) : null,
    branch: branch ? { index: item.branch!, next: branch.next } : null,
    task: told && !isSent(step) && step.kind !== 'questionnaire' ? step.owner : null,
    escalatedTo: item.state === 'missed' ? step.escalation : null,
    message:
      told && step.message
        ? { template: step.message, channels: step.channels ?? null, at: step.timeOfDay ?? null }
        : null,
    forPatient: step.forPatient ?? null,
  }
}

/** Null where it lay before the beginning: then its window had closed before the walk began. */
function skippedBecause(step: ProtocolDefinition['steps'][number], item: WalkItem) {
  return item.on !== null && item.windowUntil < item.on ? null : (step.onlyIf?.otherwise ?? null)
}
