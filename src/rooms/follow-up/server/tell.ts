import type { WriteContext } from '../../../platform/context/context.ts'
import { addDays, instantAt } from '../../../platform/clock.ts'
import type { Locale } from '../../../platform/contract/index.ts'
import { sendMessages, templatesInForce, type NewMessage } from '../../message/server/index.ts'
import { patientSummaries } from '../../patient/server/index.ts'
import { TASK_SOURCE } from './progress.ts'
import { firstRung } from './rules/ladder.ts'

export interface Telling {
  patientId: string
  template: string
  /** With the template it makes the message unique. */
  occurrenceId: string
  dueOn: string
  /** After this day nobody needs to be told any more. */
  until: string
  /** Channels in the order in which they are tried: the next one once the one before has failed (`ladder.ts`). */
  ladder?: readonly string[] | undefined
  /** At which time of the day, `09:30`. */
  timeOfDay?: string | undefined
}

/** Which of a template's words the date goes into. */
const DATE_WORD: Record<string, string> = { 'follow-up-due': 'dueOn', 'follow-up-thanks': 'nextVisitOn' }

/**
 * Sends patients what a step says, once per follow-up and template. A template that is not in force is left out: a plan
 * goes on without its message, and the log says so.
 */
export async function tellPatients(ctx: WriteContext, telling: readonly Telling[]): Promise<void> {
  if (telling.length === 0) return
  const inForce = await templatesInForce(
    ctx,
    telling.map(({ template }) => template),
  )
  const lacking = telling.find(({ template }) => !inForce.has(template))
  if (lacking) ctx.log.warn({ template: lacking.template }, 'a follow-up names a template that is not in force')
  const people = await patientSummaries(ctx, [...new Set(telling.map(({ patientId }) => patientId))])
  await sendMessages(
    ctx,
    telling
      .filter(({ template }) => inForce.has(template))
      .map((one): NewMessage => {
        const word = DATE_WORD[one.template]
        const rung = firstRung(one.ladder)
        const sendAt = one.timeOfDay ? instantAt(ctx.today, minutesOf(one.timeOfDay), ctx.tenant.timeZone) : undefined
        return {
          patientId: one.patientId,
          template: one.template,
          touch: `${TASK_SOURCE}:${one.template}:${one.occurrenceId}`,
          values: word ? { [word]: dayInWords(one.dueOn, people.get(one.patientId)?.locale ?? ctx.tenant.locale) } : {},
          notAfter: instantAt(addDays(one.until, 1), 0, ctx.tenant.timeZone),
          ...(rung ? { channels: [rung] } : {}),
          ...(sendAt && sendAt > ctx.clock.now() ? { sendAt } : {}),
          source: TASK_SOURCE,
          sourceKey: one.occurrenceId,
        }
      }),
  )
}

/** `09:30` is 570. */
export function minutesOf(timeOfDay: string): number {
  const [hours, minutes] = timeOfDay.split(':')
  return Number(hours) * 60 + Number(minutes)
}

/** 3月9日, 9 March. */
export function dayInWords(date: string, locale: Locale): string {
  const format = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : 'zh-CN', {
    month: 'long',
    day: 'numeric',
    timeZone: 'UTC',
  })
  return format.format(new Date(`${date}T00:00:00Z`))
}
