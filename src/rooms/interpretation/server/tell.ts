import { addDays, dateIn } from '../../../platform/clock.ts'
import { systemActor, type WriteContext } from '../../../platform/context/context.ts'
import type { Bilingual } from '../../../platform/contract/index.ts'
import { notifyStaff, sendMessage, withdrawMessages } from '../../message/server/index.ts'
import { openWay } from '../../patient-access/server/index.ts'
import { patientSummary } from '../../patient/server/index.ts'
import { closeTask, createTask, type Closing } from '../../task/server/index.ts'
import type { Way } from '../contract/words.ts'
import { momentWords, reminderAt } from './rules.ts'
import type { OrderRow, SlotRow } from './store.ts'

export const TASK = 'interpretation'
export const QUESTION_TASK = 'interpretation-question'
export const MONTH_TASK = 'interpretation-month'
const SOURCE = 'interpretation'
/** So long a link in a letter works. */
const LINK_DAYS = 30
/** A manager finds a time within two days. */
const ARRANGE_DAYS = 2

export type Letter = 'offered' | 'booked' | 'moved' | 'cancelled' | 'done' | 'answered'

/** Tasks and letters are the house's own, also where a person has pressed the button. */
export function asHouse(ctx: WriteContext): WriteContext {
  return ctx.actor.kind === 'staff' ? ctx : { ...ctx, actor: systemActor(ctx.organizationId, 'interpretation') }
}

export const WAY_WORDS: Record<Way, Bilingual> = {
  phone: { zh: '电话', en: 'by phone' },
  video: { zh: '视频', en: 'by video' },
  'in-person': { zh: '到院面谈', en: 'at our hospital' },
  voice: { zh: '语音留言', en: 'by voice message' },
}

const BECAUSE = {
  moved: { zh: '改了时间', en: 'Moved to another time' },
  cancelled: { zh: '客户取消了', en: 'Cancelled by the person' },
  missed: { zh: '没有联系上客户', en: 'The person was not reached' },
} as const satisfies Record<string, Bilingual>

/** Why the house closed a task, in the organization's language. */
export function becauseOf({ tenant }: Pick<WriteContext, 'tenant'>, why: keyof typeof BECAUSE): string {
  return BECAUSE[why][tenant.locale === 'en' ? 'en' : 'zh']
}

/** A letter to the person. It says when and how, and nothing of the report; the link leads to the page. */
export async function tellPatient(
  ctx: WriteContext,
  row: Pick<OrderRow, 'id' | 'patient_id' | 'version'>,
  letter: Letter,
  slot?: SlotRow,
): Promise<void> {
  const house = asHouse(ctx)
  await sendMessage(house, {
    patientId: row.patient_id,
    template: `interpretation-${letter}`,
    touch: `interpretation-${letter}:${row.id}:${row.version}`,
    values: { ...(slot ? await slotValues(house, row.patient_id, slot) : {}), ...(await linkTo(house, row)) },
    ...(slot ? { notAfter: slot.starts_at } : {}),
    source: SOURCE,
    sourceKey: row.id,
  })
}

/** Plans the reminder of the day before; the ledger holds it, so nothing has to look for it again. */
export async function planReminder(ctx: WriteContext, row: OrderRow, slot: SlotRow): Promise<void> {
  const zone = ctx.tenant.timeZone
  const sendAt = reminderAt(dateIn(slot.starts_at, zone), ctx.clock.now(), zone)
  if (!sendAt) return
  const house = asHouse(ctx)
  await sendMessage(house, {
    patientId: row.patient_id,
    template: 'interpretation-reminder',
    touch: `interpretation-reminder:${row.id}:${row.version}`,
    values: { ...(await slotValues(house, row.patient_id, slot)), ...(await linkTo(house, row)) },
    sendAt,
    notAfter: slot.starts_at,
    source: SOURCE,
    sourceKey: row.id,
  })
}

/** Plans the reminder of a voluntary recheck that the person has asked for. @returns its key, to take it back by */
export async function planRecheckReminder(ctx: WriteContext, row: OrderRow, sendAt: Date): Promise<string> {
  const house = asHouse(ctx)
  const key = `${row.id}:recheck:${row.version}`
  await sendMessage(house, {
    patientId: row.patient_id,
    template: 'interpretation-recheck',
    touch: `interpretation-recheck:${row.id}:${row.version}`,
    values: await linkTo(house, row),
    sendAt,
    source: SOURCE,
    sourceKey: key,
  })
  return key
}

/** What was planned about a time that is not met any more has no sense. */
export function withdraw(ctx: WriteContext, patientId: string, sourceKey: string): Promise<void> {
  return withdrawMessages(asHouse(ctx), { patientId, source: SOURCE, sourceKey })
}

async function slotValues(ctx: WriteContext, patientId: string, slot: SlotRow): Promise<Record<string, string>> {
  const locale = (await patientSummary(ctx, patientId))?.locale ?? ctx.tenant.locale
  return {
    when: momentWords(slot.starts_at, ctx.tenant.timeZone, locale),
    way: WAY_WORDS[slot.way][locale === 'en' ? 'en' : 'zh'],
  }
}

/** Who has no date of birth on file cannot come in by a link; the letter then leads to the front page. */
async function linkTo(ctx: WriteContext, row: Pick<OrderRow, 'id' | 'patient_id'>): Promise<{ link?: string }> {
  const patient = await patientSummary(ctx, row.patient_id)
  if (patient?.state !== 'active' || !patient.birthDate) return {}
  const { link } = await openWay(ctx, row.patient_id, { page: `/my/interpretation/${row.id}`, days: LINK_DAYS })
  return { link }
}

/** The task that waited for somebody is closed; the next one, if any, is made by the caller. */
export async function endTask(ctx: WriteContext, row: Pick<OrderRow, 'task_key'>, closing: Closing): Promise<void> {
  if (row.task_key) await closeTask(asHouse(ctx), { source: TASK, sourceKey: row.task_key }, closing)
}

/** The manager is to find a time. @returns the key of the task */
export async function askForTime(
  ctx: WriteContext,
  row: Pick<OrderRow, 'id' | 'patient_id'>,
  version: number,
): Promise<string> {
  const key = `${row.id}:${version}`
  const patient = await patientSummary(ctx, row.patient_id)
  await createTask(asHouse(ctx), {
    type: 'other',
    title: { zh: '给客户安排报告解读的时间', en: 'Find a time to explain the report' },
    patientId: row.patient_id,
    ownerId: patient?.managerId ?? null,
    dueOn: addDays(ctx.today, ARRANGE_DAYS),
    source: TASK,
    sourceKey: key,
  })
  return key
}

/** The doctor's own task at the time of the talk; it opens the person's file to them until the talk is over. */
export async function askForTalk(ctx: WriteContext, row: OrderRow, slot: SlotRow, version: number): Promise<string> {
  const key = `${row.id}:${version}`
  await createTask(asHouse(ctx), {
    type: slot.way === 'phone' || slot.way === 'voice' ? 'call' : 'other',
    title: { zh: `报告解读（${WAY_WORDS[slot.way].zh}）`, en: `Explain the report ${WAY_WORDS[slot.way].en}` },
    note: row.question,
    patientId: row.patient_id,
    ownerId: slot.doctor_id,
    dueAt: slot.starts_at,
    dueOn: dateIn(slot.starts_at, ctx.tenant.timeZone),
    remindBefore: [30],
    source: TASK,
    sourceKey: key,
  })
  return key
}

/** A person has changed what was agreed on: the doctor hears of it at once. */
export async function tellDoctor(ctx: WriteContext, row: OrderRow, doctorId: string): Promise<void> {
  if (doctorId === ctx.actor.id) return
  const patient = await patientSummary(ctx, row.patient_id)
  await notifyStaff(asHouse(ctx), doctorId, {
    kind: 'interpretation-changed',
    values: { title: patient?.name ?? '' },
    link: `/interpretations?order=${row.id}`,
    sourceKey: `interpretation-changed:${row.id}:${row.version}`,
  })
}
