import { systemActor, type Tenant, type WriteContext } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import { counter } from '../../../platform/http/metrics.ts'
import type { Refusal } from '../../../platform/wechat/answer.ts'
import { checkFields } from '../../../platform/wechat/fields.ts'
import type { TemplateChannel } from '../contract/words.ts'
import { handOver, type Taken } from './hand-over.ts'
import { openAccount, type OpenAccount } from './open-account.ts'
import { note } from './outcome.ts'
import { mayRepeat } from './rules/repeat.ts'
import { findSendings, lockSendings, takeUp, type NewSending, type SendingRow } from './send-store.ts'
import { findTemplates, type TemplateRow } from './template-store.ts'
import { specOf } from './ways.ts'

/** A message somebody asks for, to one account of one person. */
export type WeChatToSend = {
  /** Theirs, a UUID: however often it is asked for, the person gets it at most once. */
  id: string
  /** `wechat:<appid>`, `wecom:<corpid>`. */
  app: string
  /** Openid or external userid. */
  address: string
} & (
  | {
      channel: TemplateChannel
      templateId: string
      values: Readonly<Record<string, string>>
      /** Where the card leads: an address, or a page of the mini-program. */
      link: string
    }
  | { channel: 'wechat-chat'; text: string }
  /** @param staffUserId whose contact they are, who has to confirm it */
  | { channel: 'wecom-mass'; text: string; staffUserId: string }
)

export type WeChatAnswer =
  | { kind: 'accepted' }
  | { kind: 'undelivered'; refusal: Refusal }
  /** It lies with a member of staff; `wechat.settled` tells what comes of it. */
  | { kind: 'tasked' }
  /** Not sent; it may be asked for again. `account`: none, or it is off. */
  | { kind: 'refused'; refusal: Refusal | 'account'; reply: string }
  /** Nobody knows yet whether it was sent; asked for again then it is not doubled. */
  | { kind: 'open'; askAt: Date }
  /** It was never learned, and it is not sent again. */
  | { kind: 'lost'; reply: string }

/** Longer than all of a batch may take: eight on their way at once, each given up after ten seconds. */
const LEASE_MS = 2 * 60_000
const ASK_AFTER_MS = 2 * 60_000

const outcomes = counter('peiban_wechat_outcomes_total', 'Messages handed to WeChat or WeCom, by what came of it', [
  'channel',
  'outcome',
])

/**
 * Sends messages, each at most once. Before a request leaves, its row says so in a commit of its own; what may have been
 * acted on is repeated only where the platform itself tells a repetition from a new message. Safe beside itself, and
 * after a crash at any point.
 * @returns one answer each, in the same order
 */
export async function sendWeChat(
  house: House,
  tenant: Tenant,
  messages: readonly WeChatToSend[],
): Promise<WeChatAnswer[]> {
  if (messages.length === 0) return []
  const desk = await inHouse(house, tenant, (ctx) => readDesk(ctx, messages))
  const answers = new Map<string, WeChatAnswer>()
  const fit = messages.filter((message) => {
    const unfit = unfitOf(desk, message)
    if (unfit) answers.set(message.id, unfit)
    return !unfit
  })
  const { ours, others } = await inHouse(house, tenant, (ctx) => claim(ctx, desk, fit))
  const lasting = new Map(messages.map((message) => [message.id, isLasting(desk, message)]))
  const now = house.clock.now()
  for (const row of others) answers.set(row.id, answerOf(row, lasting.get(row.id) ?? false, now))
  const results = await handOver(house, tenant, ours)
  await inHouse(house, tenant, (ctx) => note(ctx, ours, results))
  for (const { message, doubtful } of ours) {
    const outcome = results.get(message.id)!
    outcomes.inc({ channel: message.channel, outcome: outcome.state })
    const repeatable = { channel: message.channel, lasting: lasting.get(message.id) ?? false, firstTryAt: now }
    answers.set(
      message.id,
      outcome.state === 'accepted' || outcome.state === 'tasked'
        ? { kind: outcome.state }
        : outcome.state === 'in-doubt'
          ? mayRepeat({ ...repeatable, firstTryAt: doubtful ?? now }, house.clock.now())
            ? { kind: 'open', askAt: new Date(now.getTime() + ASK_AFTER_MS) }
            : { kind: 'lost', reply: outcome.reply }
          : {
              kind: 'refused',
              refusal: (outcome.refusal ?? 'other') as Refusal,
              reply: `${outcome.code} ${outcome.reply}`,
            },
    )
  }
  return messages.map(({ id }) => answers.get(id) ?? { kind: 'open', askAt: new Date(now.getTime() + LEASE_MS) })
}

interface Desk {
  accounts: ReadonlyMap<string, OpenAccount>
  templates: readonly TemplateRow[]
}

async function readDesk(ctx: WriteContext, messages: readonly WeChatToSend[]): Promise<Desk> {
  const accounts = new Map<string, OpenAccount>()
  for (const app of new Set(messages.map((message) => message.app))) {
    const account = await openAccount(ctx, app)
    if (account) accounts.set(app, account)
  }
  return { accounts, templates: await findTemplates(ctx.db, ctx.organizationId) }
}

function templateOf({ accounts, templates }: Desk, message: WeChatToSend): TemplateRow | undefined {
  if (!('templateId' in message)) return undefined
  const accountId = accounts.get(message.app)?.id
  return templates.find(
    (row) => row.account_id === accountId && row.template_id === message.templateId && row.channel === message.channel,
  )
}

const isLasting = (desk: Desk, message: WeChatToSend) => templateOf(desk, message)?.lasting ?? false

/** What is wrong before anything leaves the house. */
function unfitOf(desk: Desk, message: WeChatToSend): WeChatAnswer | undefined {
  const refused = (refusal: Refusal | 'account', reply: string): WeChatAnswer => ({ kind: 'refused', refusal, reply })
  if (!desk.accounts.has(message.app)) return refused('account', 'no account, or it is off')
  if (!('templateId' in message)) return message.text.trim() ? undefined : refused('content', 'it says nothing')
  const template = templateOf(desk, message)
  if (!template) return refused('template', 'the template is not entered')
  // Refused for everybody until somebody mends it: nobody else is tried with it.
  if (template.fault_code !== null) return refused('template', `${template.fault_code} ${template.fault_text ?? ''}`)
  const [problem] = checkFields(specOf(template.fields), message.values)
  return problem && refused('content', `${problem.key}: ${problem.problem}`)
}

async function claim(
  ctx: WriteContext,
  desk: Desk,
  messages: readonly WeChatToSend[],
): Promise<{ ours: Taken[]; others: SendingRow[] }> {
  const now = ctx.clock.now()
  const known = await lockSendings(
    ctx.tx,
    ctx.organizationId,
    messages.map(({ id }) => id),
  )
  const wanted = messages.flatMap((message): { message: WeChatToSend; row: NewSending }[] => {
    const before = known.get(message.id)
    const doubtful = before && isDoubtful(before, now)
    if (before && before.state !== 'refused' && !doubtful) return []
    const lasting = isLasting(desk, message)
    if (doubtful && !mayRepeat({ channel: before.channel, lasting, firstTryAt: before.first_try_at }, now)) return []
    const row = {
      id: message.id,
      accountId: desk.accounts.get(message.app)!.id,
      channel: message.channel,
      addressSealed: ctx.sealer.seal(ctx.organizationId, message.address),
      firstTryAt: doubtful ? before.first_try_at : null,
      inDoubt: doubtful ?? false,
    }
    return [{ message, row }]
  })
  const taken = await takeUp(
    ctx.tx,
    ctx.organizationId,
    wanted.map(({ row }) => row),
    now,
    new Date(now.getTime() + LEASE_MS),
  )
  const ours = wanted.flatMap(({ message, row }): Taken[] => {
    const attempt = taken.get(message.id)
    if (attempt === undefined) return []
    const template = templateOf(desk, message)
    return [
      {
        message,
        account: desk.accounts.get(message.app)!,
        attempt,
        spec: template ? specOf(template.fields) : {},
        lasting: template?.lasting ?? false,
        doubtful: row.inDoubt ? row.firstTryAt : null,
      },
    ]
  })
  const rest = messages.map(({ id }) => id).filter((id) => !taken.has(id))
  return { ours, others: await findSendings(ctx.db, ctx.organizationId, rest) }
}

/** Its sender has gone silent, or no answer came. */
function isDoubtful(row: SendingRow, now: Date): boolean {
  return row.state === 'in-doubt' || (row.state === 'sending' && row.lease_until! <= now)
}

/** What stands of a message that somebody else is handing over, or that was handed over before. */
function answerOf(row: SendingRow, lasting: boolean, now: Date): WeChatAnswer {
  if (row.state === 'accepted' || row.state === 'delivered') return { kind: 'accepted' }
  if (row.state === 'undelivered') return { kind: 'undelivered', refusal: (row.refusal ?? 'other') as Refusal }
  if (row.state === 'tasked') return { kind: 'tasked' }
  if (row.state === 'withdrawn') return { kind: 'lost', reply: 'withdrawn' }
  if (isDoubtful(row, now) && !mayRepeat({ channel: row.channel, lasting, firstTryAt: row.first_try_at }, now))
    return { kind: 'lost', reply: row.reply ?? '' }
  return { kind: 'open', askAt: row.lease_until ?? new Date(now.getTime() + ASK_AFTER_MS) }
}

export function inHouse<T>(house: House, tenant: Tenant, use: (ctx: WriteContext) => Promise<T>): Promise<T> {
  return write(house, { tenant, actor: systemActor(tenant.id, 'wechat/send') }, use)
}
