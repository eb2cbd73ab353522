import { systemActor, type Tenant, type WriteContext } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import { counter } from '../../../platform/http/metrics.ts'
import { isMainland, toE164 } from '../../../platform/sms/number.ts'
import type { OutgoingSms, SmsClass, SmsOutcome, SmsParameter } from '../../../platform/sms/provider.ts'
import { signed, sizeOf } from '../../../platform/sms/segments.ts'
import { checkParameters, fill, type SmsTemplate } from '../../../platform/sms/template.ts'
import { openAccount, type OpenAccount } from './account.ts'
import { clearUp } from './doubt.ts'
import { findSendings, recordOutcomes, takeUp, type SendingOutcome, type SendingRow } from './send-store.ts'
import { numberIndex } from './number-index.ts'

/** A short message somebody asks for. */
export interface SmsToSend {
  /** Theirs, a UUID: however often it is asked for, at most one message with it reaches the phone. */
  id: string
  /** As it was entered. */
  to: string
  template: SmsTemplate
  parameters: readonly SmsParameter[]
}

export type SmsAnswer =
  | { kind: 'accepted' | 'delivered' }
  | { kind: 'undelivered'; class: SmsClass }
  /** Not sent; it may be asked for again, from `notBefore` on where that is known. */
  | { kind: 'refused'; class: SmsClass; code: string; reply: string; notBefore?: Date }
  /** Nobody knows yet whether it was sent. Ask again then: nothing is sent before it is known. */
  | { kind: 'open'; askAt: Date }
  /** It was never learned, and will not be. */
  | { kind: 'lost'; reply: string }

/** So many between two commits, and the most that a killed worker leaves in doubt. */
const AT_ONCE = 40
/** Longer than all of them may take: eight on their way at once, each given up after ten seconds. */
const LEASE_MS = 2 * 60_000

const outcomes = counter('peiban_sms_outcomes_total', 'Short messages handed to a provider, by what came of it', [
  'provider',
  'outcome',
])

/**
 * Sends short messages, each at most once. Before a request leaves, its row says so in a commit of its own; a request
 * that may have been acted on is never repeated unless the provider says that it has no such message. Safe beside
 * itself, and after a crash at any point.
 * @returns one answer each, in the same order
 */
export async function sendSms(house: House, tenant: Tenant, messages: readonly SmsToSend[]): Promise<SmsAnswer[]> {
  const account = await inHouse(house, tenant, (ctx) => openAccount(ctx))
  const answers: SmsAnswer[] = []
  for (let start = 0; start < messages.length; start += AT_ONCE)
    answers.push(...(await sendSome(house, tenant, account, messages.slice(start, start + AT_ONCE))))
  return answers
}

async function sendSome(
  house: House,
  tenant: Tenant,
  account: OpenAccount | undefined,
  messages: readonly SmsToSend[],
): Promise<SmsAnswer[]> {
  const answers = new Map<string, SmsAnswer>()
  const fit = messages.filter((message) => {
    const unfit = unfitOf(account, message)
    if (unfit) answers.set(message.id, unfit)
    return !unfit
  })
  if (account && fit.length > 0) {
    const asked = fit.map((message) => outgoingOf(account, message))
    await clearUp(house, tenant, account, asked)
    const { ours, others } = await claim(house, tenant, account, asked)
    for (const row of others) answers.set(row.id, answerOf(row, house.clock.now()))
    for (const [id, answer] of await handOver(house, tenant, account, ours)) answers.set(id, answer)
  }
  return messages.map(
    ({ id }) => answers.get(id) ?? { kind: 'open', askAt: new Date(house.clock.now().getTime() + LEASE_MS) },
  )
}

interface Asked {
  message: OutgoingSms
  template: SmsTemplate
  segments: number
}

/** What is wrong before anything leaves the house. */
function unfitOf(account: OpenAccount | undefined, { to, template, parameters }: SmsToSend): SmsAnswer | undefined {
  const refused = (name: SmsClass, code: string): SmsAnswer => ({ kind: 'refused', class: name, code, reply: code })
  if (!account) return refused('auth', 'no-account')
  if (!toE164(to)) return refused('bad-number', 'not-a-mobile')
  if (template.provider !== account.provider) return refused('template', 'other-provider')
  const [finding] = checkParameters(template, signNameOf(account, template), parameters)
  return finding && refused('template', `${finding.kind}: ${finding.what}`)
}

const signNameOf = (account: OpenAccount, { kind }: SmsTemplate) =>
  kind === 'promotion' ? account.promotionSignName : account.signName

function outgoingOf(account: OpenAccount, { id, to, template, parameters }: SmsToSend): Asked {
  const signName = signNameOf(account, template)
  const number = toE164(to)!
  const { segments } = sizeOf(signed(signName, fill(template, parameters)), { mainland: isMainland(number) })
  return { message: { id, to: number, signName, templateCode: template.code, parameters }, template, segments }
}

interface Ours extends Asked {
  attempt: number
}

function claim(
  house: House,
  tenant: Tenant,
  account: OpenAccount,
  asked: readonly Asked[],
): Promise<{ ours: Ours[]; others: SendingRow[] }> {
  return inHouse(house, tenant, async (ctx) => {
    const now = ctx.clock.now()
    const rows = asked.map(({ message, template, segments }) => ({
      id: message.id,
      provider: account.provider,
      toIndex: numberIndex(ctx, message.to),
      toSealed: ctx.sealer.seal(ctx.organizationId, message.to),
      templateCode: template.code,
      kind: template.kind,
      segments,
    }))
    const taken = await takeUp(ctx.tx, ctx.organizationId, rows, now, new Date(now.getTime() + LEASE_MS))
    const ours = asked.flatMap((one) => {
      const attempt = taken.get(one.message.id)
      return attempt === undefined ? [] : [{ ...one, attempt }]
    })
    const rest = asked.map(({ message }) => message.id).filter((id) => !taken.has(id))
    return { ours, others: await findSendings(ctx.db, ctx.organizationId, rest) }
  })
}

/** Between this and the record of it a crash leaves rows that say `sending`; their lease runs out, and they are in doubt. */
async function handOver(
  house: House,
  tenant: Tenant,
  account: OpenAccount,
  ours: readonly Ours[],
): Promise<Map<string, SmsAnswer>> {
  if (ours.length === 0) return new Map()
  const results = await house.sms.open(account).send(ours.map(({ message }) => message))
  const settled = ours.map(({ message, attempt }, at) => outcomeOf(message.id, attempt, results[at]!))
  for (const { state } of settled) outcomes.inc({ provider: account.provider, outcome: state })
  const standing = await inHouse(house, tenant, (ctx) =>
    recordOutcomes(ctx.tx, ctx.organizationId, settled, ctx.clock.now()),
  )
  const now = house.clock.now()
  return new Map(
    ours.map(({ message }, at) => {
      const state = standing.get(message.id)
      // A receipt was quicker than the answer.
      if (state === 'delivered') return [message.id, { kind: 'delivered' }]
      return [message.id, sayOf(results[at]!, now)]
    }),
  )
}

function outcomeOf(id: string, attempt: number, result: SmsOutcome): SendingOutcome {
  const base = { id, attempt, providerId: null, class: null, code: null, reply: result.reply }
  if (result.kind === 'accepted') return { ...base, state: 'accepted', providerId: result.providerId }
  if (result.kind === 'in-doubt') return { ...base, state: 'in-doubt' }
  return { ...base, state: 'refused', class: result.class, code: result.code }
}

/** A doubt is looked into soon, then more and more rarely. */
export const ASK_AFTER_MS = 4 * 60_000

function sayOf(result: SmsOutcome, now: Date): SmsAnswer {
  if (result.kind === 'accepted') return { kind: 'accepted' }
  if (result.kind === 'in-doubt') return { kind: 'open', askAt: new Date(now.getTime() + ASK_AFTER_MS) }
  return result
}

/** Carriers tell what became of a message within three days; what is not known then is never learned. */
export const LOST_AFTER_MS = 72 * 3_600_000

/** What stands of a message that somebody else is handing over, or that was handed over before. */
function answerOf(row: SendingRow, now: Date): SmsAnswer {
  if (row.state === 'accepted' || row.state === 'delivered') return { kind: row.state }
  if (row.state === 'undelivered') return { kind: 'undelivered', class: row.class ?? 'unreachable' }
  const age = now.getTime() - row.handed_at.getTime()
  if (row.state === 'in-doubt' && age >= LOST_AFTER_MS) return { kind: 'lost', reply: row.reply ?? '' }
  const wait = Math.min(Math.max(ASK_AFTER_MS, age), 6 * 3_600_000)
  return { kind: 'open', askAt: row.lease_until ?? new Date(now.getTime() + wait) }
}

export function inHouse<T>(house: House, tenant: Tenant, use: (ctx: WriteContext) => Promise<T>): Promise<T> {
  return write(house, { tenant, actor: systemActor(tenant.id, 'sms/send') }, use)
}
