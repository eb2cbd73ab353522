import type { ReadContext } from '../../../platform/context/context.ts'
import { remindedWith } from '../../family/server/index.ts'
import { templatesInForce, type NewMessage } from '../../message/server/index.ts'

/** What is said of an appointment to the person, and so to a relative whom they have let in to be reminded. */
const REMINDERS: ReadonlySet<string> = new Set(['appointment-tomorrow', 'appointment-soon'])
/** Says when, and nothing else: what it is for, and where, tells of health. */
const TO_RELATIVE = 'appointment-relative'

/**
 * Reminders of appointments to whoever is reminded with the person, beside those to the person: by short message, since
 * their phone is all that is known of a relative. Withdrawn with the run like the others. A house that has no approved words
 * for it sends none.
 */
export async function toRelatives(ctx: ReadContext, messages: readonly NewMessage[]): Promise<NewMessage[]> {
  const reminders = messages.filter(({ template }) => REMINDERS.has(template))
  if (reminders.length === 0) return []
  const words = (await templatesInForce(ctx, [TO_RELATIVE])).get(TO_RELATIVE)
  if (!words || words.definition.sms.length === 0) return []
  const reminded = await remindedWith(
    ctx,
    reminders.map(({ patientId }) => patientId),
  )
  return reminders.flatMap(({ channels: _channels, ...message }) =>
    (reminded.get(message.patientId) ?? []).map(({ id, phone, until }): NewMessage => ({
      ...message,
      template: TO_RELATIVE,
      touch: `${message.touch}~${id}`,
      channels: ['sms'],
      relative: { id, phone },
      ...(message.notAfter && message.notAfter < until ? {} : { notAfter: until }),
    })),
  )
}
