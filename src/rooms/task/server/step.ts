import { sql } from 'kysely'
import { addDays } from '../../../platform/clock.ts'
import type { CareBatch, CareStep } from '../../agenda/server/index.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import { answersTo, factsRecordedAt, tagsThatAsk, type AskingTag, type GivenAnswer } from '../../tag/server/index.ts'
import '../../patient/server/table.ts'
import { taskType, type TaskType } from '../contract/words.ts'
import { closeTasks, type Closing } from './close.ts'
import { createTasks, type NewTask } from './create.ts'
import { priorityOfTone } from './rules.ts'
import { findBySource } from './store.ts'

const SOURCE = 'tag'

/**
 * The care step of tasks: makes what the tags of the batch ask of people, once per patient, tag and episode of the tag,
 * and closes what is still open for tags that were cleared. A tag that has merely had its time keeps its open task:
 * what it asks for has not been done.
 */
export const taskStep: CareStep = {
  name: 'task',
  async evaluate(ctx, batch) {
    const asking = await tagsThatAsk(ctx, batch.patientIds, 'task')
    await closeCleared(ctx, batch, asking)
    await createAsked(
      ctx,
      batch,
      asking.filter((tag) => tag.state === 'active'),
    )
  },
}

/** `patient/tag/moment`, and the number of the consequence from the second one on. */
function keyOf(tag: AskingTag, index: number): string {
  return [tag.patientId, tag.tag, tag.setAt.toISOString(), ...(index > 0 ? [String(index)] : [])].join('/')
}

async function createAsked(ctx: WriteContext, batch: CareBatch, asking: readonly AskingTag[]): Promise<void> {
  const wanted = asking.flatMap((tag) => tag.then.map((asked, index) => ({ tag, asked, sourceKey: keyOf(tag, index) })))
  const known = await findBySource(
    ctx.db,
    ctx.organizationId,
    wanted.map(({ sourceKey }) => ({ source: SOURCE, sourceKey })),
  )
  const missing = wanted.filter(({ sourceKey }) => !known.has(`${SOURCE} ${sourceKey}`))
  const carers = await findCarers(
    ctx,
    missing.map(({ tag }) => tag.patientId),
  )
  const tasks: NewTask[] = []
  for (const { tag, asked, sourceKey } of missing) {
    const carer = carers.get(tag.patientId)
    if (!('task' in asked) || !carer) continue
    const { type, role, title, dueDays, concern = null } = asked.task
    tasks.push({
      type: knownType(type),
      title,
      patientId: tag.patientId,
      ownerId: role === 'doctor' ? carer.doctor_id : carer.manager_id,
      poolRole: 'service-manager',
      priority: priorityOfTone(tag.tone),
      dueOn: addDays(batch.today, dueDays),
      source: SOURCE,
      sourceKey,
      concern,
      sameSince: concern === null ? null : await factsRecordedAt(ctx, tag),
    })
  }
  await createTasks(ctx, tasks)
}

function knownType(type: string): TaskType {
  const known = taskType.safeParse(type)
  return known.success && known.data !== 'assign-doctor' ? known.data : 'other'
}

interface CarerRow {
  id: string
  doctor_id: string | null
  manager_id: string | null
}

/** The active doctor and manager of each living patient. */
async function findCarers(ctx: WriteContext, patientIds: readonly string[]): Promise<Map<string, CarerRow>> {
  if (patientIds.length === 0) return new Map()
  const active = (
    column: 'doctor_id' | 'manager_id',
  ) => sql`(select s.id from staff s where s.organization_id = p.organization_id
    and s.id = ${sql.ref(`p.${column}`)} and s.state = 'active')`
  const { rows } = await sql<CarerRow>`
    select p.id, ${active('doctor_id')} doctor_id, ${active('manager_id')} manager_id from patient p
    where p.organization_id = ${ctx.organizationId} and p.id = any(${[...new Set(patientIds)]}::uuid[]) and p.state = 'active'`.execute(
    ctx.db,
  )
  return new Map(rows.map((row) => [row.id, row]))
}

/**
 * Open tasks of tags whose episode does not stand any more. Where the record has answered in the meantime what the task
 * asked, it is done, by whoever entered that; otherwise there is nothing left to do and it is cancelled.
 */
async function closeCleared(ctx: WriteContext, batch: CareBatch, asking: readonly AskingTag[]): Promise<void> {
  // What something else has asked for as well stays to be done.
  const { rows } = await sql<{ id: string; source_key: string; patient_id: string; created_at: Date }>`
    select t.id, t.source_key, t.patient_id, t.created_at from task t
    where t.organization_id = ${ctx.organizationId} and t.patient_id = any(${[...batch.patientIds]}::uuid[]) and t.source = ${SOURCE}
      and t.state in ('requested', 'accepted', 'in-progress')
      and not exists (select from task_asker a where a.organization_id = t.organization_id and a.task_id = t.id)`.execute(
    ctx.db,
  )
  if (rows.length === 0) return
  const standing = new Set(asking.map((tag) => keyOf(tag, 0)))
  const cleared = rows.filter(({ source_key }) => !standing.has(source_key.split('/').slice(0, 3).join('/')))
  const answers = await answersTo(
    ctx,
    cleared.map(({ source_key, patient_id, created_at }) => {
      const [, tag = '', , index = '0'] = source_key.split('/')
      return { patientId: patient_id, tag, index: Number(index), since: created_at }
    }),
  )
  for (const [place, row] of cleared.entries()) {
    const answer = answers[place]
    if (answer) await closeTasks(ctx, [row.id], doneBy(answer))
  }
  const unanswered = cleared.filter((_row, place) => !answers[place]).map((row) => row.id)
  await closeTasks(ctx, unanswered, { state: 'cancelled', reasonCode: 'tag-cleared' })
}

function doneBy({ by, code, name }: GivenAnswer): Closing {
  return { state: 'completed', reasonCode: 'diagnosis-recorded', outcome: { text: `${code} ${name}`.trim() }, by }
}
