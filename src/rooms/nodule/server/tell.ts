import type { WriteContext } from '../../../platform/context/context.ts'
import type { Bilingual } from '../../../platform/contract/index.ts'
import { patientSummaries } from '../../patient/server/index.ts'
import { closeTasks, createTasks, findOpenTasks, type NewTask } from '../../task/server/index.ts'
import words from '../content/words.json' with { type: 'json' }
import { addDays } from '../../../platform/clock.ts'
import { WAITING_DAYS } from './rules/plan.ts'
import type { NoduleRow, RecheckRow } from './store.ts'

const RECHECK = 'nodule'
const DOCTOR = 'nodule-doctor'

/** 肺结节 右侧 上叶尖段 */
export function nameOfNodule({ organ, side, place }: Pick<NoduleRow, 'organ' | 'side' | 'place'>): Bilingual {
  const of = (locale: 'zh' | 'en') =>
    [words.organ[organ][locale], place.trim() || words.side[side][locale]].filter(Boolean).join(' ')
  return { zh: of('zh'), en: of('en') }
}

function titleOf(nodule: NoduleRow, what: keyof typeof words.task, late = false): Bilingual {
  const name = nameOfNodule(nodule)
  const of = (locale: 'zh' | 'en') => {
    const tail = late ? (locale === 'zh' ? `（${words.task.late.zh}）` : ` (${words.task.late.en})`) : ''
    return `${name[locale]}${locale === 'zh' ? '：' : ': '}${words.task[what][locale]}${tail}`.slice(0, 120)
  }
  return { zh: of('zh'), en: of('en') }
}

/**
 * Tasks for the managers of people whose nodules are to be looked at again; while one is open, that one is it.
 * @returns the ids, in order
 */
export async function askManagers(
  ctx: WriteContext,
  due: readonly { nodule: NoduleRow; kind: 'recheck' | 'refer'; level: number }[],
): Promise<(string | null)[]> {
  if (due.length === 0) return []
  const patients = await patientSummaries(
    ctx,
    due.map(({ nodule }) => nodule.patient_id),
  )
  const made = await createTasks(
    ctx,
    due.map(({ nodule, kind, level }): NewTask => {
      const late = nodule.due_on! < ctx.today
      return {
        type: 'recheck',
        title: titleOf(nodule, kind, late),
        patientId: nodule.patient_id,
        ownerId: patients.get(nodule.patient_id)?.managerId ?? null,
        priority: late || kind === 'refer' ? 'urgent' : 'routine',
        dueOn: late ? ctx.today : nodule.due_on!,
        source: RECHECK,
        sourceKey: `${nodule.recheck_id}:${level}`,
        concern: `nodule:${nodule.id}`,
      }
    }),
  )
  return made.map(({ id }) => id)
}

/** Tasks for the responsible doctors: a category to settle, an interval to decide, a guideline to set. */
export async function askDoctor(ctx: WriteContext, nodules: readonly NoduleRow[]): Promise<void> {
  const patients = await patientSummaries(
    ctx,
    nodules.map((one) => one.patient_id),
  )
  await createTasks(
    ctx,
    nodules.map((nodule): NewTask => {
      const doctorId = patients.get(nodule.patient_id)?.doctorId ?? null
      return {
        type: 'other',
        title: titleOf(nodule, nodule.waiting!),
        patientId: nodule.patient_id,
        ...(doctorId ? { ownerId: doctorId } : { poolRole: 'physician' }),
        dueOn: addDays(ctx.today, WAITING_DAYS),
        source: DOCTOR,
        sourceKey: `${nodule.id}:${nodule.waiting}:${nodule.version}:${nodule.waiting_level}`,
        concern: `nodule-doctor:${nodule.id}`,
      }
    }),
  )
}

/** What a doctor was asked about this nodule is answered. */
export async function endDoctorTasks(ctx: WriteContext, nodule: NoduleRow): Promise<void> {
  const open = await findOpenTasks(ctx, { patientIds: [nodule.patient_id], source: DOCTOR })
  const ids = open.filter(({ sourceKey }) => sourceKey?.startsWith(`${nodule.id}:`)).map(({ id }) => id)
  if (ids.length > 0) await closeTasks(ctx, ids, { state: 'completed' })
}

export type RecheckTask = Pick<RecheckRow, 'task_id'>

/** The task of a recheck is done with the scan, or void with the interval. */
export async function endRecheckTask(
  ctx: WriteContext,
  { task_id }: RecheckTask,
  state: 'completed' | 'cancelled',
  reason = '',
): Promise<void> {
  if (!task_id) return
  await closeTasks(ctx, [task_id], state === 'completed' ? { state } : { state, reason, reasonCode: 'plan-ended' })
}
