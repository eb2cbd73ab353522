import { addDays } from '../../../platform/clock.ts'
import { ownPatientId, type ReadContext } from '../../../platform/context/context.ts'
import type { Locale } from '../../../platform/contract/index.ts'
import { holdsOf } from '../../message/server/index.ts'
import type { MyMedicineView } from '../contract/my.ts'
import type { DoseDays, ScheduleId } from '../contract/words.ts'
import { coursesOf, type Course } from './course.ts'
import { slotKey } from './rules/doses.ts'
import { findOff, findSchedules } from './store.ts'

type Dose = MyMedicineView['days'][number]['doses'][number]

/** What the person sees: today's doses, what yesterday still misses, and what they take at all. */
export async function showMyMedicine(ctx: ReadContext): Promise<MyMedicineView> {
  const patientId = ownPatientId(ctx)
  const schedules = await findSchedules(ctx.db, ctx.organizationId, patientId)
  const courses = await coursesOf(
    ctx,
    schedules.filter(({ state }) => state === 'active'),
  )
  const off = await findOff(ctx.db, ctx.organizationId, [patientId])
  const holds = (await holdsOf(ctx, [patientId])).get(patientId) ?? []
  const resting = holds.some(({ kind }) => kind === 'admission')
  const dosesOn = (on: string) =>
    courses
      .flatMap((course) => dosesOf(course, on))
      .toSorted((a, b) => a.minute - b.minute || (a.name < b.name ? -1 : 1))
  const yesterday = addDays(ctx.today, -1)
  return {
    today: ctx.today,
    days: resting
      ? []
      : [
          { on: ctx.today, doses: dosesOn(ctx.today) },
          { on: yesterday, doses: dosesOn(yesterday) },
        ],
    taking: courses
      .filter(({ versions }) => lasts(versions.at(-1)!.content.untilOn, ctx.today))
      .map(({ schedule, versions }) => {
        const { content, by_name: by } = versions.at(-1)!
        const cadenceWords = daysWords(content.days, ctx.locale)
        return { id: schedule.id as ScheduleId, name: content.name, dose: content.dose, cadenceWords, by }
      }),
    reminded: !off.has(patientId),
    resting,
  }
}

const lasts = (untilOn: string | null, today: string) => untilOn === null || untilOn >= today

function dosesOf({ schedule, takes, marked }: Course, on: string): Dose[] {
  const given = new Map(takes.map((take) => [slotKey({ on: take.on_date, minute: take.minute }), take]))
  return marked
    .filter(({ slot, mark }) => slot.on === on && mark !== 'away')
    .map(({ slot }): Dose => {
      const take = given.get(slotKey(slot))
      const { name, dose, words } = slot.content
      return {
        scheduleId: schedule.id as ScheduleId,
        minute: slot.minute,
        name,
        dose,
        words,
        given: take
          ? {
              clientId: take.id,
              outcome: take.outcome,
              reason: take.reason,
              words: take.words,
              toldTo: take.told_to && take.by_name,
            }
          : null,
      }
    })
}

const WEEKDAYS = {
  'zh-CN': ['一', '二', '三', '四', '五', '六', '日'],
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
} as const

function daysWords(days: DoseDays, locale: Locale): string {
  const isEnglish = locale === 'en'
  if (days.kind === 'daily') return isEnglish ? 'Every day' : '每天'
  if (days.kind === 'every') return isEnglish ? `Every ${days.days} days` : `每 ${days.days} 天一次`
  const names = days.days.toSorted((a, b) => a - b).map((day) => WEEKDAYS[locale][day - 1])
  return isEnglish ? names.join(', ') : `每周${names.join('、')}`
}
