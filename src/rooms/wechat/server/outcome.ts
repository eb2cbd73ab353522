import type { WriteContext } from '../../../platform/context/context.ts'
import type { NotOk } from '../../../platform/wechat/answer.ts'
import { massAsked, wechatFault } from '../contract/events.ts'
import { findAccount, findStaffOf, noteFault } from './account-store.ts'
import type { Result, Taken } from './hand-over.ts'
import { recordOutcomes, type SendingOutcome } from './send-store.ts'
import { noteTemplateFault } from './template-store.ts'

/** A member of staff is asked what has become of a mass message a minute later, then more and more rarely. */
export const FIRST_LOOK_MS = 60_000

/** Writes what came of requests, puts mass messages down as questions to staff, and raises the alarm where all would fail. */
export async function note(
  ctx: WriteContext,
  ours: readonly Taken[],
  results: ReadonlyMap<string, Result>,
): Promise<void> {
  const masses = await keepMasses(ctx, ours, results)
  await recordOutcomes(
    ctx.tx,
    ctx.organizationId,
    ours.map(({ message: { id }, attempt }): SendingOutcome => {
      const result = results.get(id)!
      const massId = result.state === 'tasked' ? (masses.get(result.providerId!) ?? null) : null
      return { ...result, id, attempt, massId, providerId: massId ? null : result.providerId }
    }),
  )
  await noteFaults(ctx, ours, results)
}

async function keepMasses(
  ctx: WriteContext,
  ours: readonly Taken[],
  results: ReadonlyMap<string, Result>,
): Promise<Map<string, string>> {
  const now = ctx.clock.now()
  const tasked = ours.filter(({ message }) => results.get(message.id)!.state === 'tasked')
  if (tasked.length === 0) return new Map()
  const staff = await findStaffOf(ctx.db, ctx.organizationId)
  const masses = new Map<string, string>()
  for (const [providerId, group] of Map.groupBy(tasked, ({ message }) => results.get(message.id)!.providerId!)) {
    const [{ account, message }] = group as [Taken, ...Taken[]]
    if (message.channel !== 'wecom-mass') continue
    const id = ctx.ids.next<string>()
    masses.set(providerId, id)
    await ctx.tx
      .insertInto('wechat_mass')
      .values({
        organization_id: ctx.organizationId,
        id,
        account_id: account.id,
        user_id: message.staffUserId,
        provider_id: providerId,
        state: 'waiting',
        made_at: now,
        next_at: new Date(now.getTime() + FIRST_LOOK_MS),
        ended_at: null,
      })
      .execute()
    const owner = staff.find((one) => one.accountId === account.id && one.userId === message.staffUserId)
    await ctx.emit(massAsked, {
      massId: id as never,
      staffId: (owner?.staffId ?? null) as never,
      userId: message.staffUserId,
      sendingIds: group.map((one) => one.message.id as never),
    })
  }
  return masses
}

/** Where nothing is sent, as when somebody is welcomed, an account that is refused is told of all the same. */
export async function noteAccountFault(ctx: WriteContext, accountId: string, answer: NotOk): Promise<void> {
  if (answer.kind !== 'refused' || (answer.refusal !== 'credential' && answer.refusal !== 'no-permission')) return
  const account = await findAccount(ctx.db, ctx.organizationId, { id: accountId })
  const fault = { code: String(answer.code), text: answer.text }
  if (account && (await noteFault(ctx.tx, ctx.organizationId, accountId, fault, ctx.clock.now())))
    await ctx.emit(wechatFault, {
      accountId: accountId as never,
      name: account.name,
      code: fault.code,
      templateId: null,
    })
}

/** Secret, appid, address list or permission: nothing goes by the account. A template that is none: nothing goes by it. */
async function noteFaults(
  ctx: WriteContext,
  ours: readonly Taken[],
  results: ReadonlyMap<string, Result>,
): Promise<void> {
  const now = ctx.clock.now()
  for (const { account, message } of new Map(
    ours.map((one) => [`${one.account.id} ${results.get(one.message.id)!.refusal}`, one]),
  ).values()) {
    const { state, refusal, code, reply } = results.get(message.id)!
    const fault = { code: code ?? '', text: reply }
    const told = { accountId: account.id as never, name: account.name, code: fault.code }
    if (refusal === 'credential' || refusal === 'no-permission') {
      if (await noteFault(ctx.tx, ctx.organizationId, account.id, fault, now))
        await ctx.emit(wechatFault, { ...told, templateId: null })
    } else if (state === 'accepted' || state === 'tasked')
      await noteFault(ctx.tx, ctx.organizationId, account.id, null, now)
    if ((refusal === 'template' || refusal === 'page') && 'templateId' in message) {
      const template = { accountId: account.id, templateId: message.templateId }
      if (await noteTemplateFault(ctx.tx, ctx.organizationId, template, fault, now))
        await ctx.emit(wechatFault, { ...told, templateId: message.templateId })
    }
  }
}
