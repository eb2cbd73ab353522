import { addDays, dateIn } from '../../../platform/clock.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import { holdsOf } from '../../message/server/index.ts'
import { standingFacts } from '../../observation/server/index.ts'
import { requireVisible } from '../../patient/server/index.ts'
import type { MedicationView, ScheduleView } from '../contract/medication.ts'
import type { ScheduleId } from '../contract/words.ts'
import { coursesOf, SHOWN_DAYS, type Course } from './course.ts'
import { policyInForce } from './rule.ts'
import { adherenceOf, slotKey, stripOf } from './rules/doses.ts'
import { mayUndoEnd } from './schedule.ts'
import { findOff, findSchedules } from './store.ts'

const SKIPPED_SHOWN = 10

/** 用药 of one person, for the staff. */
export async function showMedication(ctx: ReadContext, patientId: string): Promise<MedicationView> {
  const person = await requireVisible(ctx, patientId)
  const schedules = await findSchedules(ctx.db, ctx.organizationId, patientId)
  const courses = await coursesOf(ctx, schedules)
  const { medications } = await standingFacts(ctx, patientId)
  const off = await findOff(ctx.db, ctx.organizationId, [patientId])
  const stay = (await holdsOf(ctx, [patientId])).get(patientId)?.find(({ kind }) => kind === 'admission')
  const { skippedRun, silentDays } = await policyInForce(ctx)
  const write = ctx.actor.permissions.has('medication.write') && person.state === 'active'
  const known = new Set(schedules.filter(({ state }) => state === 'active').map((one) => one.medication_id))
  const isTaken = ({ id, endedOn }: (typeof medications)[number]) =>
    !known.has(id) && (endedOn === null || endedOn >= ctx.today)
  return {
    schedules: courses
      .map((course) => scheduleView(ctx, course, write))
      .toSorted((a, b) => Number(a.state === 'ended') - Number(b.state === 'ended')),
    choices: medications.filter(isTaken).map(({ id, name, dose }) => ({ id, name, dose })),
    offSince: off.get(patientId)?.toISOString() ?? null,
    restingSince: stay ? dateIn(stay.since, ctx.tenant.timeZone) : null,
    rule: { skippedRun, silentDays },
    can: { write },
  }
}

function scheduleView(ctx: ReadContext, { schedule, versions, takes, marked }: Course, write: boolean): ScheduleView {
  const newest = versions.toReversed()
  const can: ScheduleView['can'] = []
  if (write && schedule.state === 'active') can.push('change', 'end')
  if (write && mayUndoEnd(schedule, ctx.today, ctx.tenant.timeZone)) can.push('undo-end')
  return {
    id: schedule.id as ScheduleId,
    state: schedule.state,
    version: schedule.version,
    content: newest[0]!.content,
    fromRecord: schedule.medication_id !== null,
    versions: newest.map(({ version, content, since, by_name: by }) => ({
      version,
      content,
      since: since.toISOString(),
      by,
    })),
    adherence: adherenceOf(marked),
    strip: stripOf(marked, addDays(ctx.today, -(SHOWN_DAYS - 1)), ctx.today),
    skipped: takes
      .filter(({ outcome }) => outcome === 'skipped')
      .toReversed()
      .slice(0, SKIPPED_SHOWN)
      .map(({ on_date: on, minute, reason, words, told_to, by_name }) => ({
        on,
        minute,
        reason: reason!,
        words,
        toldTo: told_to && by_name,
      })),
    recent: recentOf(ctx, { takes, marked }, write),
    endedAt: schedule.ended_at?.toISOString() ?? null,
    endReason: schedule.end_reason,
    endNote: schedule.end_note,
    endedBy: schedule.ended_by_name,
    can,
  }
}

/** Of today and yesterday, as far as their time has come; in hospital others give them. */
function recentOf(
  ctx: ReadContext,
  { takes, marked }: Pick<Course, 'takes' | 'marked'>,
  write: boolean,
): ScheduleView['recent'] {
  const [now, since] = [ctx.clock.now(), addDays(ctx.today, -1)]
  const given = new Map(takes.map((take) => [slotKey({ on: take.on_date, minute: take.minute }), take]))
  return marked
    .filter(({ slot, mark }) => slot.on >= since && slot.at <= now && mark !== 'away')
    .toReversed()
    .map(({ slot }) => {
      const take = given.get(slotKey(slot))
      const isTheirs = take !== undefined && take.told_to === null
      const isOfToday = take !== undefined && dateIn(take.at, ctx.tenant.timeZone) === ctx.today
      const can: ScheduleView['recent'][number]['can'] = []
      if (write && !isTheirs) can.push('note')
      if (write && take && !isTheirs && isOfToday) can.push('undo')
      return {
        on: slot.on,
        minute: slot.minute,
        given: take
          ? {
              id: take.id,
              outcome: take.outcome,
              reason: take.reason,
              words: take.words,
              toldTo: take.told_to && take.by_name,
              at: take.at.toISOString(),
            }
          : null,
        can,
      }
    })
}
