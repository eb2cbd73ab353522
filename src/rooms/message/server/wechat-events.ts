import { sql } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import type { PatientId, PayloadOf } from '../../../platform/contract/index.ts'
import { REFUSALS, type Refusal } from '../../../platform/wechat/answer.ts'
import { patientSummaries } from '../../patient/server/index.ts'
import { staffInRole } from '../../staff/server/index.ts'
import { closeTask, createTasks } from '../../task/server/index.ts'
import type { massAsked, massOver, wechatActed, wechatFault, wechatSettled } from '../../wechat/contract/events.ts'
import { wechatActOf } from '../../wechat/server/index.ts'
import { messageFailed, messageSent } from '../contract/events.ts'
import type { Family } from '../contract/words.ts'
import { notifyStaff } from './notice.ts'
import { changePreference } from './preference.ts'
import { moveOn } from './push-sender.ts'
import { ladderOf } from './push-way.ts'
import { noteAct, patientsOf, refuseRight, settleRight } from './right.ts'
import { PUSH_REASONS } from './rules/push-outcome.ts'
import { changesOfWeChat, changesOfWeCom, isOwnAct } from './rules/right-changes.ts'
import { insertEvents, type MessageRow } from './store.ts'
import { templatesInForce } from './templates.ts'

/** What somebody did in WeChat or WeCom changes what may be sent to them; what they write is put before somebody. */
export async function takeAct(ctx: WriteContext, { actId }: PayloadOf<typeof wechatActed>): Promise<void> {
  const act = await wechatActOf(ctx, actId)
  if (!act) return
  const { app, told, lasting, kind } = act
  if (told.from === 'wecom') {
    const { externalId: address, key, at } = told.event
    if (!address) return
    await noteAct(ctx, { app, address, key, at, changes: changesOfWeCom(told.event), own: false })
    return
  }
  const { event } = told
  const changes = changesOfWeChat(event, {
    kind: kind === 'mini' ? 'mini' : 'service',
    isLasting: (id) => lasting.has(id),
  })
  const isNew = await noteAct(ctx, {
    app,
    address: event.openId,
    key: event.key,
    at: event.at,
    changes,
    own: isOwnAct(event),
  })
  if (isNew && event.kind === 'text') await takeWords(ctx, { app, address: event.openId }, event.text, actId)
}

/** In both languages, since whoever does the task may read either. The words stand in the note. */
const WROTE = { zh: '客户在微信里留言', en: 'A patient has written by WeChat' }
/** A whole message that wants no more, as by phone (room sms). */
const STOP = /^\s*(td|t|退订|取消订阅|不要再发了?|别再发了?)[\s。.!！]*$/i

async function takeWords(
  ctx: WriteContext,
  known: { app: string; address: string },
  text: string,
  actId: string,
): Promise<void> {
  const patients = await patientsOf(ctx, known)
  const isStop = STOP.test(text)
  const answered = await lastByWeChat(ctx, patients)
  await insertEvents(
    ctx,
    answered.map((messageId) => ({ messageId, kind: 'replied', detail: { reason: isStop ? 'opted-out' : null } })),
  )
  if (isStop) {
    const family: Family = known.app.startsWith('wecom:') ? 'wecom' : 'wechat'
    for (const patientId of patients)
      for (const purpose of ['care', 'promotion'] as const)
        await changePreference(ctx, {
          patientId,
          purpose,
          channel: family,
          optedOut: true,
          how: 'wechat-reply',
          note: '',
          messageId: null,
        })
    return
  }
  const [first] = patients
  if (!first) return
  const people = await patientSummaries(ctx, [first])
  await createTasks(ctx, [
    {
      type: 'other' as const,
      title: WROTE,
      note: text.slice(0, 500),
      patientId: first,
      ownerId: people.get(first)?.managerId ?? null,
      source: 'message',
      sourceKey: `wechat-words:${actId}`,
    },
  ])
}

/** What somebody probably answers: the last that these people got by WeChat, if it is not two days ago. */
async function lastByWeChat(ctx: WriteContext, patientIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct on (patient_id) id from message
    where organization_id = ${ctx.organizationId} and patient_id = any(${[...patientIds]}::uuid[]) and state = 'accepted'
      and channel in ('wechat-template', 'wechat-notice', 'wechat-chat', 'mini-notice')
      and sent_at >= ${ctx.clock.now()}::timestamptz - interval '48 hours'
    order by patient_id, sent_at desc`.execute(ctx.tx)
  return rows.map(({ id }) => id)
}

/** What became of a message after it was handed over. Whatever the ledger thought meanwhile, this is what happened. */
export async function takeReport(ctx: WriteContext, settled: PayloadOf<typeof wechatSettled>): Promise<void> {
  const now = ctx.clock.now()
  const { rows } = await sql<MessageRow>`
    select * from message where organization_id = ${ctx.organizationId} and id = ${settled.sendingId} and delivered_at is null
      and state in ('claimed', 'deferred', 'accepted', 'expired') for update`.execute(ctx.tx)
  const [row] = rows
  if (!row) return
  const about = {
    messageId: row.id as never,
    patientId: row.patient_id as PatientId,
    template: row.template,
    touch: row.touch,
    channel: row.channel,
  }
  if (settled.state === 'delivered') {
    await sql`
      update message set state = 'accepted', reason = null, next_at = null, claimed_by = null, uncertain = false, values_sealed = null,
        sent_at = coalesce(sent_at, ${now}::timestamptz), delivered_at = ${now}
      where organization_id = ${ctx.organizationId} and id = ${row.id}`.execute(ctx.tx)
    await settleRight(ctx, row.id, 'used')
    await insertEvents(ctx, [{ messageId: row.id, kind: 'delivered' }])
    if (row.state !== 'accepted') await ctx.emit(messageSent, about)
    return
  }
  const refusal = settled.refusal as Refusal
  if (REFUSALS[refusal].then === 'again') {
    // The question to staff was called back for the sake of another: this one is asked anew.
    await settleRight(ctx, row.id, 'given-back')
    await sql`
      update message set state = 'planned', reason = null, next_at = ${now}
      where organization_id = ${ctx.organizationId} and id = ${row.id} and state = 'deferred'`.execute(ctx.tx)
    return
  }
  const reason = PUSH_REASONS[refusal]
  await insertEvents(ctx, [{ messageId: row.id, kind: 'undelivered', detail: { reason } }])
  // What the platform has lost sight of may have been sent: it takes its right, and no other way.
  const isLost = refusal === 'gone'
  if (isLost) await settleRight(ctx, row.id, 'used')
  else await refuseRight(ctx, row.id, refusal)
  const definition = (await templatesInForce(ctx, [row.template])).get(row.template)?.definition
  const ladder = ladderOf(row, definition)
  const rung = ladder.indexOf(row.channel) + 1
  const channel = row.rung === null || rung === 0 ? undefined : ladder[rung]
  // What it is filled with is kept until it is accepted: of an accepted one nothing is left to render anew.
  if (channel && !isLost && row.values_sealed !== null && row.state !== 'accepted') {
    await moveOn(ctx, row.id, { channel, rung }, reason)
    return
  }
  await sql`
    update message set state = 'failed', reason = ${reason}, next_at = null, claimed_by = null
    where organization_id = ${ctx.organizationId} and id = ${row.id}`.execute(ctx.tx)
  await ctx.emit(messageFailed, { ...about, reason })
}

const CONFIRM = {
  zh: '在企业微信里确认群发：点“确认发送”后客户才会收到',
  en: 'Confirm a message in WeCom: patients get it once you press “send”',
}
const confirmation = (massId: string) => ({ source: 'message', sourceKey: `wecom-mass:${massId}` })

/** Who has to confirm a mass message gets a task: its owner, else the manager of the first of them. */
export async function askToConfirm(ctx: WriteContext, asked: PayloadOf<typeof massAsked>): Promise<void> {
  const rows = await ctx.db
    .selectFrom('message')
    .select(['id', 'patient_id'])
    .where('organization_id', '=', ctx.organizationId)
    .where('id', 'in', asked.sendingIds as string[])
    .execute()
  const [first] = rows
  if (!first) return
  const manager = (await patientSummaries(ctx, [first.patient_id])).get(first.patient_id)?.managerId ?? null
  await createTasks(ctx, [
    {
      type: 'other' as const,
      title: CONFIRM,
      note: `${asked.userId} · ${rows.length}`,
      patientId: rows.length === 1 ? first.patient_id : null,
      ownerId: asked.staffId ?? manager,
      ...confirmation(asked.massId),
    },
  ])
  await insertEvents(
    ctx,
    rows.map(({ id }) => ({ messageId: id, kind: 'with-staff' })),
  )
}

export async function confirmationOver(
  ctx: WriteContext,
  { massId, confirmed }: PayloadOf<typeof massOver>,
): Promise<void> {
  await closeTask(
    ctx,
    confirmation(massId),
    confirmed ? { state: 'completed' } : { state: 'cancelled', reason: 'withdrawn' },
  )
}

/** Nothing goes by an account or a template: those who configure them are told once a day. */
export async function alarmOfFault(ctx: WriteContext, fault: PayloadOf<typeof wechatFault>): Promise<void> {
  for (const staff of await staffInRole(ctx, 'system-administrator'))
    await notifyStaff(ctx, staff.id, {
      kind: fault.templateId ? 'wechat-template-fault' : 'wechat-fault',
      values: { name: fault.name, code: fault.code, template: fault.templateId },
      link: '/settings/wechat',
      sourceKey: `wechat-fault:${fault.accountId}:${fault.templateId ?? ''}:${fault.code}:${ctx.today}`,
    })
}
