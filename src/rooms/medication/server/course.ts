import { addDays, instantAt } from '../../../platform/clock.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import { holdsOf } from '../../message/server/index.ts'
import { staysOf } from '../../observation/server/index.ts'
import { marksOf, slotsWithin, type Span, type Standing } from './rules/doses.ts'
import { findTakes, findVersions } from './store.ts'
import type { ScheduleRow, TakeRow, VersionRow } from './table.ts'

/** How it goes is shown of the last four weeks. */
export const SHOWN_DAYS = 28

/** A schedule with all that is known of its last four weeks. */
export interface Course {
  schedule: ScheduleRow
  versions: VersionRow[]
  takes: TakeRow[]
  marked: ReturnType<typeof marksOf>
}

export const standingOf = ({ version, since, content }: VersionRow): Standing => ({ version, since, content })
export const takenOf = ({ on_date, minute, outcome }: TakeRow) => ({ on: on_date, minute, outcome })

/** Of several people at once, in the order of the schedules. */
export async function coursesOf(ctx: ReadContext, schedules: readonly ScheduleRow[]): Promise<Course[]> {
  const ids = schedules.map(({ id }) => id)
  const from = addDays(ctx.today, -(SHOWN_DAYS - 1))
  const versions = await findVersions(ctx.db, ctx.organizationId, ids)
  const takes = await findTakes(ctx.db, ctx.organizationId, ids, from)
  const away = await awayOf(
    ctx,
    schedules.map(({ patient_id }) => patient_id),
    from,
  )
  return schedules.map((schedule) => {
    const own = versions.get(schedule.id) ?? []
    const span = { from, until: ctx.today }
    const slots = slotsWithin(own.map(standingOf), span, ctx.tenant.timeZone, schedule.ended_at)
    const given = takes.get(schedule.id) ?? []
    const moment = { now: ctx.clock.now(), today: ctx.today }
    const marked = marksOf(slots, given.map(takenOf), away.get(schedule.patient_id) ?? [], moment)
    return { schedule, versions: own, takes: given, marked }
  })
}

/** When these people were in hospital, by the record, and are now, also where somebody only said so. */
export async function awayOf(
  ctx: ReadContext,
  patientIds: readonly string[],
  from: string,
): Promise<Map<string, Span[]>> {
  const all = [...new Set(patientIds)]
  const stays = await staysOf(ctx, all, instantAt(from, 0, ctx.tenant.timeZone))
  const holds = await holdsOf(ctx, all)
  return new Map(
    all.map((id) => {
      const now = (holds.get(id) ?? []).filter(({ kind }) => kind === 'admission')
      return [id, [...(stays.get(id) ?? []), ...now.map(({ since }) => ({ from: since, until: null }))]]
    }),
  )
}
