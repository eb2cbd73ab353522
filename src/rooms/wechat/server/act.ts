import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { WeChatEvent } from '../../../platform/wechat/events.ts'
import type { WeComEvent } from '../../../platform/wecom/events.ts'
import { wechatActed, wechatSettled } from '../contract/events.ts'
import type { WeChatKind } from '../contract/words.ts'
import { findAccount, type AccountRow } from './account-store.ts'
import { appOf } from './open-account.ts'
import { placeReport } from './send-store.ts'
import { findTemplates } from './template-store.ts'
import './table.ts'

export type ToldEvent = { from: 'wechat'; event: WeChatEvent } | { from: 'wecom'; event: WeComEvent }

/** Keeps what was told, once. @returns its id; undefined when it had been told before */
export async function keepAct(ctx: WriteContext, account: AccountRow, told: ToldEvent): Promise<string | undefined> {
  const id = ctx.ids.next<string>()
  const { key, at } = told.event
  const added = await ctx.tx
    .insertInto('wechat_act')
    .values({
      organization_id: ctx.organizationId,
      id,
      account_id: account.id,
      event_key: ctx.sealer.index(ctx.organizationId, 'wechat/event', key),
      sealed: ctx.sealer.seal(ctx.organizationId, JSON.stringify(told)),
      // A server whose clock is wrong says nothing useful of when.
      at: Number.isNaN(at.getTime()) ? ctx.clock.now() : at,
      received_at: ctx.clock.now(),
    })
    .onConflict((conflict) => conflict.constraint('wechat_act_once').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!added) return undefined
  await settleReported(ctx, account, told)
  await ctx.emit(wechatActed, { actId: id as never })
  return id
}

/** What became of messages that were taken: by the platform's own number. */
async function settleReported(ctx: WriteContext, account: AccountRow, { event }: ToldEvent): Promise<void> {
  const reports =
    event.kind === 'template-sent'
      ? [{ messageId: event.messageId, refusal: REFUSAL_OF[event.outcome] }]
      : event.kind === 'notice-sent'
        ? event.reports.map(({ messageId, delivered, code }) => ({
            messageId,
            refusal: delivered ? null : code === '43101' ? 'refused-by-recipient' : 'other',
          }))
        : []
  for (const { messageId, refusal } of reports) {
    const placed = await placeReport(ctx.tx, ctx.organizationId, account.id, { messageId, refusal }, ctx.clock.now())
    if (placed)
      await ctx.emit(wechatSettled, {
        sendingId: placed as never,
        state: refusal ? 'undelivered' : 'delivered',
        refusal,
      })
  }
}

const REFUSAL_OF = { delivered: null, 'refused-by-recipient': 'refused-by-recipient', failed: 'other' } as const

export interface WeChatActOf {
  app: string
  kind: WeChatKind
  told: ToldEvent
  /** Templates whose consents last. */
  lasting: ReadonlySet<string>
}

/** What somebody did, as the platform told it; whoever asks decides who may see it. Undefined when there is none. */
export async function wechatActOf(
  ctx: Pick<ReadContext, 'db' | 'organizationId' | 'sealer'>,
  actId: string,
): Promise<WeChatActOf | undefined> {
  const row = await ctx.db
    .selectFrom('wechat_act')
    .select(['account_id', 'sealed', 'at'])
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', actId)
    .executeTakeFirst()
  const account = row && (await findAccount(ctx.db, ctx.organizationId, { id: row.account_id }))
  if (!row || !account) return undefined
  const told = JSON.parse(ctx.sealer.open(ctx.organizationId, row.sealed)) as ToldEvent
  told.event.at = row.at
  const templates = await findTemplates(ctx.db, ctx.organizationId)
  const lasting = templates.filter((one) => one.account_id === account.id && one.lasting)
  return {
    app: appOf(account),
    kind: account.kind,
    told,
    lasting: new Set(lasting.map(({ template_id }) => template_id)),
  }
}
