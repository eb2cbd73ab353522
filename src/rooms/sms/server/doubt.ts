import { systemActor, type Tenant } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import { counter } from '../../../platform/http/metrics.ts'
import { LOOK_UP_AFTER_MS, type OutgoingSms, type SmsLookup } from '../../../platform/sms/provider.ts'
import { smsSettled } from '../contract/events.ts'
import type { OpenAccount } from './account.ts'
import { findSendings, markLapsed, recordOutcomes, type SendingOutcome, type SendingRow } from './send-store.ts'

const doubts = counter(
  'peiban_sms_in_doubt_total',
  'Short messages of which nobody knew whether they were sent, by what was learned',
  ['learned'],
)

/**
 * Looks into what is in doubt of these messages: asks the provider for each, and writes what it says. Only when it says
 * that it has no such message, and long enough after the request, may the message be sent again.
 */
export async function clearUp(
  house: House,
  tenant: Tenant,
  account: OpenAccount,
  asked: readonly { message: OutgoingSms }[],
): Promise<void> {
  const doubtful = await inDoubt(
    house,
    tenant,
    asked.map(({ message }) => message.id),
  )
  await ask(house, tenant, account, doubtful)
}

/** Rows of these ids that are in doubt, after those whose sender has gone silent were counted among them. */
function inDoubt(house: House, tenant: Tenant, ids: readonly string[]): Promise<SendingRow[]> {
  return write(house, { tenant, actor: systemActor(tenant.id, 'sms/doubt') }, async (ctx) => {
    await markLapsed(ctx.tx, ctx.organizationId, ctx.clock.now())
    const rows = await findSendings(ctx.tx, ctx.organizationId, ids)
    return rows.filter(({ state }) => state === 'in-doubt')
  })
}

async function ask(house: House, tenant: Tenant, account: OpenAccount, rows: readonly SendingRow[]): Promise<void> {
  const now = house.clock.now()
  const provider = house.sms.open(account)
  for (const row of rows) {
    // An account of another provider knows nothing of it.
    if (row.provider !== account.provider) continue
    if (now.getTime() - row.handed_at.getTime() < LOOK_UP_AFTER_MS) continue
    const found = await provider.lookUp({
      id: row.id,
      // The number it went to: the person may have another by now.
      to: house.sealer.open(tenant.id, row.to_sealed),
      sentAt: row.handed_at,
      providerId: row.provider_id,
    })
    doubts.inc({ learned: found.kind === 'found' ? found.state : found.kind })
    const outcome = learnedOf(row, found)
    if (outcome) await learn(house, tenant, outcome)
  }
}

async function learn(house: House, tenant: Tenant, outcome: SendingOutcome): Promise<void> {
  await write(house, { tenant, actor: systemActor(tenant.id, 'sms/doubt') }, async (ctx) => {
    const standing = await recordOutcomes(ctx.tx, ctx.organizationId, [outcome], ctx.clock.now())
    const state = standing.get(outcome.id)
    if (state === 'accepted' || state === 'delivered' || state === 'undelivered')
      await ctx.emit(smsSettled, { sendingId: outcome.id as never, state, class: outcome.class })
  })
}

function learnedOf(row: SendingRow, found: SmsLookup): SendingOutcome | undefined {
  const base = { id: row.id, attempt: row.attempt, providerId: null, class: null, code: null }
  if (found.kind === 'unknown') return undefined
  if (found.kind === 'absent')
    return { ...base, state: 'refused', class: 'fault', code: 'absent', reply: 'the provider has no such message' }
  const { providerId } = found
  if (found.state === 'failed')
    return { ...base, providerId, state: 'undelivered', class: found.class, code: found.code, reply: 'asked' }
  return { ...base, providerId, state: found.state === 'delivered' ? 'delivered' : 'accepted', reply: 'asked' }
}
