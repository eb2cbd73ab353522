import { sql } from 'kysely'
import { dateIn, instantAt } from '../../../platform/clock.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import { holdsOf, withdrawMessages } from '../../message/server/index.ts'
import { staysOf } from '../../observation/server/index.ts'
import { closeTasks } from '../../task/server/index.ts'
import { findLast, insertOccurrences, type NewOccurrence, type OccurrenceRow } from './occurrence-store.ts'
import { keyOf, type Protocols } from './protocol-store.ts'
import { afterStay, stayIn, stayRuleOf, type StayDays } from './rules/stay.ts'
import { stepOf } from './rules/plan.ts'
import type { RunRow } from './run-store.ts'

/** Why a follow-up gave way to another one. */
export const IN_HOSPITAL = 'in-hospital'
const SOURCE = 'follow-up'

interface InHospital {
  /** The newest follow-ups of each track as they stand now. */
  rows: OccurrenceRow[]
  /** Plans of which nothing is opened and nothing counts as missed: their people are in hospital. */
  resting: ReadonlySet<string>
}

/**
 * Lets follow-ups rest while their people are in hospital, and has them come again after the discharge by the rule of the
 * protocol. What rests keeps neither task nor message; what was moved stays to be seen, with the reason.
 * @param runs locked
 */
export async function mindStays(
  ctx: WriteContext,
  protocols: Protocols,
  runs: readonly RunRow[],
  rows: OccurrenceRow[],
  today: string,
): Promise<InHospital> {
  const minding = new Map(
    runs.flatMap((run) => {
      const definition = protocols.get(keyOf(run.protocol_code, run.protocol_version))?.definition
      return definition && stayRuleOf(definition).kind !== 'go-on' ? [[run.id, { run, definition }] as const] : []
    }),
  )
  if (minding.size === 0) return { rows, resting: new Set() }
  const open = rows.filter(({ run_id, state }) => minding.has(run_id) && (state === 'planned' || state === 'due'))
  const ids = [...new Set([...minding.values()].map(({ run }) => run.patient_id))]
  const holds = await holdsOf(ctx, ids)
  const isIn = (id: string) => (holds.get(id) ?? []).some(({ kind }) => kind === 'admission')
  const past = await pastStays(ctx, ids, open, today)
  const rests = open.filter((row) => isIn(row.patient_id) && row.window_from <= today && row.resting_since === null)
  const moved = open.flatMap((row): Moved[] => {
    if (isIn(row.patient_id) || row.window_from > today) return []
    const { definition } = minding.get(row.run_id)!
    const step = stepOf(definition, row.step)
    const window = { windowFrom: row.window_from, dueOn: row.due_on, windowUntil: row.window_until }
    const stays = past.get(row.patient_id) ?? []
    // Whoever was only said to be in hospital has no stay on record: it ended today.
    const discharge =
      row.resting_since === null
        ? stayIn(definition, window, stays)?.until
        : (stays.findLast(({ until }) => until >= row.resting_since!)?.until ?? today)
    if (discharge === undefined || !step) return []
    return [{ row, next: { rank: step.rank, ...afterStay(definition, step, window, discharge, today) } }]
  })
  const resting = new Set([...minding.values()].filter(({ run }) => isIn(run.patient_id)).map(({ run }) => run.id))
  if (rests.length === 0 && moved.length === 0) return { rows, resting }
  await letRest(ctx, rests, today)
  await move(ctx, moved)
  const touched = [...new Set([...rests, ...moved.map(({ row }) => row)].map((row) => row.run_id))]
  const now = await findLast(ctx.db, ctx.organizationId, touched)
  return { rows: [...rows.filter(({ run_id }) => !touched.includes(run_id)), ...now], resting }
}

/** The stays that are over, by person, in days of the house, oldest first. */
async function pastStays(
  ctx: WriteContext,
  ids: readonly string[],
  open: readonly OccurrenceRow[],
  today: string,
): Promise<Map<string, StayDays[]>> {
  const since = open.map((row) => row.window_from).toSorted()[0] ?? today
  const zone = ctx.tenant.timeZone
  const stays = await staysOf(ctx, ids, instantAt(since, 0, zone))
  const now = ctx.clock.now()
  return new Map(
    [...stays].map(([id, all]) => [
      id,
      all
        .filter(({ until }) => until <= now)
        .map(({ from, until }) => ({ from: dateIn(from, zone), until: dateIn(until, zone) })),
    ]),
  )
}

async function letRest(ctx: WriteContext, rows: readonly OccurrenceRow[], today: string): Promise<void> {
  if (rows.length === 0) return
  await sql`
    update occurrence set state = 'planned', resting_since = ${today}
    where organization_id = ${ctx.organizationId} and id = any(${rows.map(({ id }) => id)}::uuid[]) and state in ('planned', 'due')`.execute(
    ctx.tx,
  )
  await letGo(ctx, rows)
}

/** Nobody is asked to do it, and nobody is told of it. */
async function letGo(ctx: WriteContext, rows: readonly OccurrenceRow[]): Promise<void> {
  const due = rows.filter(({ state }) => state === 'due')
  await closeTasks(
    ctx,
    due.flatMap((row) => row.task_id ?? []),
    { state: 'cancelled', reasonCode: IN_HOSPITAL },
  )
  for (const row of due) await withdrawMessages(ctx, { patientId: row.patient_id, source: SOURCE, sourceKey: row.id })
}

interface Moved {
  row: OccurrenceRow
  next: Pick<NewOccurrence, 'rank' | 'windowFrom' | 'dueOn' | 'windowUntil'>
}

async function move(ctx: WriteContext, moved: readonly Moved[]): Promise<void> {
  if (moved.length === 0) return
  const rows = moved.map(({ row }) => row)
  await sql`
    update occurrence set state = 'cancelled', reason = ${IN_HOSPITAL}, settled_at = ${ctx.clock.now()}, settled_by_name = ${ctx.actor.name}
    where organization_id = ${ctx.organizationId} and id = any(${rows.map(({ id }) => id)}::uuid[]) and state in ('planned', 'due')`.execute(
    ctx.tx,
  )
  await letGo(ctx, rows)
  const added = moved.map(({ row, next }): NewOccurrence => {
    const { run_id: runId, patient_id: patientId, step, track, sequence } = row
    const id = ctx.ids.next<string & never>() as string
    return {
      id,
      runId,
      patientId,
      step,
      track,
      sequence: sequence + 1,
      ...next,
      state: 'planned',
      taskId: null,
      actualOn: null,
    }
  })
  await insertOccurrences(ctx.tx, ctx.organizationId, added, ctx.actor.name, ctx.clock.now())
}
