import { addDays, dateIn, daysBetween, instantAt } from '../../../platform/clock.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import type { PatientId } from '../../../platform/contract/index.ts'
import type { CareBatch } from '../../agenda/server/index.ts'
import type { Condition } from '../../tag/contract/condition.ts'
import { tagsThatAsk, whoMeets, type AskingTag } from '../../tag/server/index.ts'
import { planStarted } from '../contract/events.ts'
import type { ProtocolDefinition } from '../contract/protocol.ts'
import { endPlans } from './end.ts'
import { mayComeAgain } from './exits.ts'
import { findConditionDays, findNewestEncounters, findNewestProcedures, type Person } from './person-store.ts'
import { publishedOf, type Protocols, type ProtocolVersion } from './protocol-store.ts'
import { admits, findReaches, isClosed, type Reaches } from './reach-store.ts'
import { bars, type FormerRun } from './rules/entry.ts'
import { insertRunEvents, insertRuns, type Ending, type NewRun, type RunRow } from './run-store.ts'
import { beginOrWait, LISTED, type Wish } from './spread.ts'
import { findWaits, type WaitRow } from './spread-store.ts'

/** Whether a protocol takes this person in by itself. */
type Admits = (protocol: ProtocolVersion, patientId: string) => boolean

/**
 * Lets people of the batch into protocols, and out of those whose reason has gone. Safe to run again: what brought a
 * person in is the key of their plan.
 * @param runs all plans these people ever had
 * @returns the plans that run now
 */
export async function enrolAndLeave(
  ctx: WriteContext,
  batch: CareBatch,
  protocols: Protocols,
  people: readonly Person[],
  runs: readonly RunRow[],
): Promise<RunRow[]> {
  const living = people.filter((person) => person.state === 'active').map((person) => person.id)
  const published = publishedOf(protocols)
  const byPatient = Map.groupBy(runs, (run) => run.patient_id)
  const endings: Ending[] = runs
    .filter(
      (run) =>
        run.state === 'active' && people.some((person) => person.id === run.patient_id && person.state === 'deceased'),
    )
    .map((run) => ({ runId: run.id, state: 'exited', reason: 'death' }))
  const reaches = await findReaches(ctx.db, ctx.organizationId)
  const departments = new Map(people.map((person) => [person.id, person.departmentIds]))
  const may: Admits = ({ code }, patientId) => admits(reaches, code, departments.get(patientId) ?? [])
  const wishes: Wish[] = []
  await askConditions(ctx, batch, published, living, byPatient, may, wishes, endings)
  await askHappenings(ctx, batch, published, living, byPatient, may, wishes, endings)
  await askTags(ctx, published, living, byPatient, may, wishes, endings)
  const waits = await findWaits(ctx.db, ctx.organizationId, batch.patientIds)
  askLists(batch, waits, published, living, byPatient, reaches, wishes)
  const beginning = await beginOrWait(ctx, batch, waits, wishes)
  const ended = new Set((await endPlans(ctx, endings)).map((run) => run.id))
  const births = new Map(people.map((person) => [person.id, person.birthDate]))
  const started = await startPlans(
    ctx,
    beginning.map((wish) => ({ ...wish, anchorOn: anchorOf(wish, births.get(wish.patientId)) })),
  )
  return [...runs.filter((run) => run.state === 'active' && !ended.has(run.id)), ...started]
}

/** A pathway that counts from birth does so however people came in. */
const anchorOf = ({ protocol, anchorOn }: Wish, birthDate: string | null | undefined): string =>
  protocol.definition.anchor === 'birth' ? (birthDate ?? anchorOn) : anchorOn

type ByPatient = Map<string, RunRow[]>
const former = (byPatient: ByPatient, patientId: string, code: string): RunRow[] =>
  (byPatient.get(patientId) ?? []).filter((run) => run.protocol_code === code)

async function askConditions(
  ctx: WriteContext,
  batch: CareBatch,
  published: readonly ProtocolVersion[],
  living: readonly string[],
  byPatient: ByPatient,
  may: Admits,
  wishes: Wish[],
  endings: Ending[],
): Promise<void> {
  const asked = published.flatMap((protocol) => {
    const { entry } = protocol.definition
    return 'condition' in entry ? [{ protocol, condition: entry.condition, leaves: entry.leaves }] : []
  })
  const fresh: { patientId: string; protocol: ProtocolVersion; condition: Condition }[] = []
  for (const { patientId, holds, flipsAt } of await whoMeets(
    ctx,
    asked.map((a) => a.condition),
    living,
  )) {
    if (flipsAt) batch.propose(patientId, flipsAt, 'entry of a protocol may turn')
    asked.forEach(({ protocol, condition, leaves }, index) => {
      const runs = former(byPatient, patientId, protocol.code)
      const active = runs.find((run) => run.state === 'active')
      if (holds.includes(index)) {
        if (!may(protocol, patientId)) return
        const again = !active && bars(runs as FormerRun[], 'condition') ? againOf(ctx, protocol, runs) : undefined
        if (again && !again.now)
          batch.propose(patientId, instantAt(again.on, 0, ctx.tenant.timeZone), `again into ${protocol.code}`)
        if (again ? again.now : !bars(runs as FormerRun[], 'condition')) fresh.push({ patientId, protocol, condition })
      } else if (leaves && active?.entry_key.startsWith('condition:'))
        endings.push({ runId: active.id, state: 'exited', reason: 'not-applicable' })
    })
  }
  for (const [protocol, those] of Map.groupBy(fresh, (one) => one.protocol)) {
    const days = await anchors(
      ctx,
      protocol.definition,
      those[0]!.condition,
      those.map((one) => one.patientId),
    )
    for (const { patientId } of those)
      wishes.push({
        patientId,
        protocol,
        entryKey: `condition:${batch.today}`,
        anchorOn: days.get(patientId) ?? batch.today,
      })
  }
}

const againOf = (ctx: WriteContext, { definition }: ProtocolVersion, runs: readonly RunRow[]) =>
  mayComeAgain(definition, runs.at(-1), ctx.today, ctx.tenant.timeZone)

/** An anchor further back than this is not counted from: nobody wants five years of missed visits on the first day. */
const ANCHOR_BACK_DAYS = 30

async function anchors(
  ctx: WriteContext,
  protocol: ProtocolDefinition,
  condition: Condition,
  patientIds: readonly string[],
): Promise<Map<string, string>> {
  if (protocol.anchor !== 'condition-onset' && protocol.anchor !== 'condition-recorded') return new Map()
  const days = await findConditionDays(ctx, patientIds, codesOf(condition))
  return new Map(
    [...days].flatMap(([patientId, { onsetOn, recordedOn }]) => {
      const day = protocol.anchor === 'condition-onset' ? (onsetOn ?? recordedOn) : recordedOn
      return daysBetween(day, ctx.today) <= ANCHOR_BACK_DAYS && day <= ctx.today ? [[patientId, day] as const] : []
    }),
  )
}

function codesOf(condition: Condition): string[] {
  if ('all' in condition) return condition.all.flatMap(codesOf)
  if ('any' in condition) return condition.any.flatMap(codesOf)
  return 'condition' in condition ? condition.condition.codes : []
}

/** The newest procedure or stay counts: a second operation ends the questions about the first. */
async function askHappenings(
  ctx: WriteContext,
  batch: CareBatch,
  published: readonly ProtocolVersion[],
  living: readonly string[],
  byPatient: ByPatient,
  may: Admits,
  wishes: Wish[],
  endings: Ending[],
): Promise<void> {
  for (const protocol of published) {
    const { entry } = protocol.definition
    if (!('procedure' in entry) && !('encounter' in entry)) continue
    const since = addDays(batch.today, -entry.withinDays)
    const newest =
      'procedure' in entry
        ? await findNewestProcedures(ctx, living, entry.procedure, since)
        : await findNewestEncounters(ctx, living, entry.encounter, since)
    for (const [patientId, day] of newest) {
      if (day > batch.today) continue
      const runs = former(byPatient, patientId, protocol.code)
      const active = runs.find((run) => run.state === 'active')
      const entryKey = `${'procedure' in entry ? 'procedure' : 'encounter'}:${day}`
      if (
        !may(protocol, patientId) ||
        runs.some((run) => run.entry_key === entryKey) ||
        (active && active.anchor_on >= day) ||
        bars(runs as FormerRun[], 'procedure')
      )
        continue
      if (active) endings.push({ runId: active.id, state: 'exited', reason: 'switched', note: entryKey })
      wishes.push({ patientId, protocol, entryKey, anchorOn: day })
    }
  }
}

async function askTags(
  ctx: WriteContext,
  published: readonly ProtocolVersion[],
  living: readonly string[],
  byPatient: ByPatient,
  may: Admits,
  wishes: Wish[],
  endings: Ending[],
): Promise<void> {
  const known = new Map(published.map((protocol) => [protocol.code, protocol]))
  const asking = await tagsThatAsk(ctx, living, 'protocol')
  const key = (tag: AskingTag) => `tag:${tag.tag}:${tag.setAt.toISOString()}`
  for (const tag of asking)
    for (const asked of tag.then) {
      const protocol = 'protocol' in asked ? known.get(asked.protocol) : undefined
      if (!protocol || tag.state !== 'active' || !may(protocol, tag.patientId)) continue
      const runs = former(byPatient, tag.patientId, protocol.code)
      if (runs.some((run) => run.entry_key === key(tag)) || bars(runs as FormerRun[], 'tag')) continue
      wishes.push({
        patientId: tag.patientId,
        protocol,
        entryKey: key(tag),
        anchorOn: dateIn(tag.setAt, ctx.tenant.timeZone),
      })
    }
  const standing = new Set(asking.map((tag) => `${tag.patientId} tag:${tag.tag}`))
  for (const patientId of living)
    for (const run of byPatient.get(patientId) ?? [])
      if (
        run.state === 'active' &&
        run.entry_key.startsWith('tag:') &&
        !standing.has(`${patientId} ${run.entry_key.split(':').slice(0, 2).join(':')}`)
      )
        endings.push({ runId: run.id, state: 'exited', reason: 'not-applicable' })
}

/** Whom a colleague has put on the list of a pathway: they begin on their day, whatever brought them there. */
function askLists(
  batch: CareBatch,
  waits: readonly WaitRow[],
  published: readonly ProtocolVersion[],
  living: readonly string[],
  byPatient: ByPatient,
  reaches: Reaches,
  wishes: Wish[],
): void {
  const listed = waits.filter((wait) => wait.entry_key.startsWith(LISTED) && !isClosed(reaches, wait.protocol_code))
  if (listed.length === 0) return
  const alive = new Set(living)
  const wished = new Set(wishes.map((wish) => `${wish.patientId} ${wish.protocol.code}`))
  for (const { patient_id: patientId, protocol_code: code, entry_key: entryKey } of listed) {
    const protocol = published.find((one) => one.code === code)
    const isRunning = former(byPatient, patientId, code).some(({ state }) => state === 'active')
    if (protocol && alive.has(patientId) && !isRunning && !wished.has(`${patientId} ${code}`))
      wishes.push({ patientId, protocol, entryKey, anchorOn: batch.today })
  }
}

async function startPlans(ctx: WriteContext, wishes: readonly Wish[]): Promise<RunRow[]> {
  const wanted: NewRun[] = wishes.map(({ patientId, protocol, entryKey, anchorOn }) => ({
    id: ctx.ids.next(),
    patientId,
    protocolCode: protocol.code,
    protocolVersion: protocol.version,
    entryKey,
    anchorOn,
  }))
  const started = await insertRuns(ctx.tx, ctx.organizationId, wanted, ctx.actor, ctx.clock.now())
  const waited = new Map(wishes.map((wish) => [`${wish.patientId} ${wish.protocol.code}`, wish.waitedSince]))
  const events = started.map((run) => ({
    id: ctx.ids.next(),
    runId: run.id,
    kind: 'started' as const,
    detail: { because: run.entry_key, waitedSince: waited.get(`${run.patient_id} ${run.protocol_code}`) },
  }))
  await insertRunEvents(ctx.tx, ctx.organizationId, events, ctx.actor, ctx.clock.now())
  const told = started.map((run) => ({
    runId: run.id as never,
    patientId: run.patient_id as PatientId,
    protocol: run.protocol_code,
  }))
  await ctx.emitMany(planStarted, told)
  return started
}

export async function startPlan(ctx: WriteContext, wish: Wish): Promise<RunRow | undefined> {
  return (await startPlans(ctx, [wish]))[0]
}
