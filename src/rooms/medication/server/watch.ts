import { addDays } from '../../../platform/clock.ts'
import { systemActor, type Tenant, type WriteContext } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import { holdsOf } from '../../message/server/index.ts'
import { patientSummaries } from '../../patient/server/index.ts'
import { createTasks, type NewTask } from '../../task/server/index.ts'
import type { MedicationPolicy } from '../contract/rule.ts'
import { coursesOf, type Course } from './course.ts'
import { policyInForce } from './rule.ts'
import { silentDays, skippedInARow } from './rules/doses.ts'
import { end } from './schedule.ts'
import { findLastNotes } from './store.ts'
import type { ScheduleRow } from './table.ts'

const BATCH = 200
const SKIPPED_TASK = 'medication-skipped'
const SILENT_TASK = 'medication-silent'
/** Whoever is called about medicines is called within so many days. */
const DUE_DAYS = 2

/** A dose was left out just now. */
export function watchOne(ctx: WriteContext, schedule: ScheduleRow): Promise<void> {
  return watch(ctx, [schedule])
}

/** Once a day: what is over ends, and what was left out or is not known becomes a task, once. @returns how many were looked at */
export async function watchAll(house: House, tenant: Tenant): Promise<number> {
  let all = 0
  for (let done = BATCH; done >= BATCH;)
    all += done = await write(house, { tenant, actor: systemActor(tenant.id, 'medication/watch') }, watchSome)
  return all
}

async function watchSome(ctx: WriteContext): Promise<number> {
  const rows = await ctx.tx
    .selectFrom('medication_schedule')
    .selectAll()
    .where('organization_id', '=', ctx.organizationId)
    .where('state', '=', 'active')
    .where((e) => e.or([e('watched_on', 'is', null), e('watched_on', '<', ctx.today)]))
    .orderBy('id')
    .limit(BATCH)
    .forUpdate()
    .skipLocked()
    .execute()
  await watch(ctx, rows)
  return rows.length
}

async function watch(ctx: WriteContext, rows: readonly ScheduleRow[]): Promise<void> {
  if (rows.length === 0) return
  const courses = await coursesOf(ctx, rows)
  const policy = await policyInForce(ctx)
  const tasks = await asked(ctx, courses, policy)
  await createTasks(ctx, tasks)
  for (const { schedule, versions } of courses) {
    const until = versions.at(-1)?.content.untilOn
    // What was due on the last day may be noted on the next.
    if (until && until < addDays(ctx.today, -1)) await end(ctx, schedule, 'finished', '')
  }
  await ctx.tx
    .updateTable('medication_schedule')
    .set({ watched_on: ctx.today })
    .where('organization_id', '=', ctx.organizationId)
    .where(
      'id',
      'in',
      rows.map(({ id }) => id),
    )
    .execute()
}

/** What is asked of the manager. The name of a drug stands on the person's page alone. */
async function asked(ctx: WriteContext, courses: readonly Course[], policy: MedicationPolicy): Promise<NewTask[]> {
  const ids = courses.map(({ schedule }) => schedule.id)
  const lastTaken = await findLastNotes(ctx.tx, ctx.organizationId, ids, 'taken')
  const lastNoted = await findLastNotes(ctx.tx, ctx.organizationId, ids, null)
  const patientIds = courses.map(({ schedule }) => schedule.patient_id)
  const people = await patientSummaries(ctx, patientIds)
  const holds = await holdsOf(ctx, patientIds)
  return courses.flatMap(({ schedule, marked }): NewTask[] => {
    const person = people.get(schedule.patient_id)
    const isResting = holds.get(schedule.patient_id)?.some(({ kind }) => kind === 'admission' || kind === 'crisis')
    if (person?.state !== 'active' || isResting) return []
    const common = {
      type: 'call' as const,
      patientId: schedule.patient_id,
      ownerId: person.managerId,
      dueOn: addDays(ctx.today, DUE_DAYS),
    }
    const skipped = skippedInARow(marked)
    const silent = silentDays(marked, ctx.today)
    const tasks: NewTask[] = []
    if (skipped >= policy.skippedRun)
      tasks.push({
        ...common,
        title: {
          zh: `用药：客户连续 ${skipped} 次记了“没有服”，请问问原因`,
          en: `Medicine: ${skipped} doses in a row noted as left out; ask why`,
        },
        note: '是哪种药、客户说的原因，见客户页面“用药”。不劝、不吓，先听；要不要换药由医生定。',
        source: SKIPPED_TASK,
        sourceKey: `${schedule.id}:${lastTaken.get(schedule.id) ?? 'start'}`,
        concern: SKIPPED_TASK,
      })
    if (policy.silentDays !== null && silent >= policy.silentDays)
      tasks.push({
        ...common,
        title: {
          zh: `用药：${silent} 天没有服药记录，请问候一声`,
          en: `Medicine: nothing noted for ${silent} days; please call`,
        },
        note: '没有记录不等于没有服药：可能只是没点。问问是否需要帮忙，或者客户是不是不想再记。',
        source: SILENT_TASK,
        sourceKey: `${schedule.id}:${lastNoted.get(schedule.id) ?? 'start'}`,
        concern: SILENT_TASK,
      })
    return tasks
  })
}
