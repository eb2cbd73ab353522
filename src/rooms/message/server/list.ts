import { addDays, instantAt } from '../../../platform/clock.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { InputOf } from '../../../platform/contract/index.ts'
import type { MailTransport } from '../../../platform/mail/transport.ts'
import type { listMessages as listEndpoint } from '../contract/message.ts'
import { smsAccountOf } from '../../sms/server/index.ts'
import { wechatStandIns } from '../../wechat/server/index.ts'
import type { Family } from '../contract/words.ts'
import { COUNT_MAX, countByState, countMessages, findMessages, sumDoubles, type LedgerFilter } from './list-store.ts'
import { listCodes } from './template-store.ts'
import { templateNames, templatesInForce } from './templates.ts'
import { languageOf, lineOf } from './view.ts'

const RECENT_DAYS = 30

/** A page of the ledger, as far as one sees the people in it. */
export async function listMessages(ctx: ReadContext, query: InputOf<typeof listEndpoint>['query']) {
  const { cursor, limit, from, to, ...rest } = query
  const startOf = (date: string) => instantAt(date, 0, ctx.tenant.timeZone)
  const filter: LedgerFilter = {
    ...rest,
    from: from ? startOf(from) : undefined,
    before: to ? startOf(addDays(to, 1)) : undefined,
  }
  return pageOfLedger(ctx, filter, { cursor, limit })
}

/** One page of lines with the way to the next. */
export async function pageOfLedger(
  ctx: ReadContext,
  filter: LedgerFilter,
  page: { cursor?: string | undefined; limit: number },
) {
  const now = ctx.clock.now()
  const after = page.cursor && /^[0-9a-f-]{36}$/.test(page.cursor) ? page.cursor : undefined
  const rows = await findMessages(ctx.db, ctx.organizationId, ctx.actor, filter, { after, limit: page.limit + 1, now })
  const shown = rows.slice(0, page.limit)
  const templates = await templatesInForce(
    ctx,
    shown.map((row) => row.template),
  )
  return {
    rows: shown.map((row) => lineOf(ctx, row, templates)),
    next: rows.length > page.limit ? shown.at(-1)!.id : null,
    total: after ? null : await countMessages(ctx.db, ctx.organizationId, ctx.actor, filter, now),
  }
}

/** How the last 30 days went. */
export async function summarize(ctx: ReadContext, mail: MailTransport['kind']) {
  const now = ctx.clock.now()
  const since = new Date(now.getTime() - RECENT_DAYS * 86_400_000)
  const counts = await countByState(ctx.db, ctx.organizationId, ctx.actor, since, now)
  const sum = (...states: Parameters<typeof counts.get>[0][]) =>
    states.reduce((total, state) => total + (counts.get(state) ?? 0), 0)
  const codes = await listCodes(ctx.db, ctx.organizationId)
  const templates = await templatesInForce(ctx, codes)
  return {
    sent: sum('accepted'),
    waiting: sum('planned', 'claimed', 'deferred'),
    failed: sum('failed'),
    held: sum('suppressed', 'blocked', 'expired', 'cancelled'),
    possibleDoubles: await sumDoubles(ctx.db, ctx.organizationId, ctx.actor, since, now),
    mail,
    standIns: await standInsOf(ctx),
    templates: codes.map((code) => ({ code, name: templateNames(templates, code, languageOf(ctx)) })),
  }
}

/** Which ways end at a stand-in of the demonstration. */
async function standInsOf(ctx: ReadContext): Promise<Family[]> {
  const sms = await smsAccountOf(ctx)
  return [...(sms?.active && sms.standIn ? (['sms'] as const) : []), ...(await wechatStandIns(ctx))]
}

export { COUNT_MAX }
