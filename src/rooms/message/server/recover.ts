import { sql } from 'kysely'
import { systemActor, type Tenant, type WriteContext } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import { maskEmail } from '../../../platform/contract/index.ts'
import { counter } from '../../../platform/http/metrics.ts'
import type { LeftBehind } from '../../../platform/mail/transport.ts'
import { loadAddressees, type Addressee } from './facts-store.ts'
import { readOffice } from './office.ts'
import { mailSettledOf, outcomeOfReply } from './rules/mail-outcome.ts'
import { settle, type Settled } from './settle-store.ts'
import { noteSettled } from './settlement.ts'
import type { MessageRow } from './store.ts'
import './table.ts'

const recovered = counter(
  'peiban_message_recovered_total',
  'Mails that a killed sender held, by what its journal says',
  ['fate'],
)

/**
 * Settles what senders that are over had claimed, by their journals: taken, refused, in doubt by name, and all the rest
 * surely not sent. In doubt there are at most as many as connections; they go out again under the same Message-ID, and the
 * ledger counts a possible double for each. Safe beside itself and when it is killed in between.
 */
export async function recoverMails(house: House): Promise<void> {
  for (const left of house.mail.bulk?.leftBehind() ?? []) {
    for (const tenant of await house.tenants()) await recoverOf(house, tenant, left)
    left.drop()
  }
}

type Claimed = Pick<
  MessageRow,
  'id' | 'patient_id' | 'template' | 'touch' | 'channel' | 'to_masked' | 'attempts' | 'message_id'
>

function recoverOf(house: House, tenant: Tenant, left: LeftBehind): Promise<void> {
  return write(house, { tenant, actor: systemActor(tenant.id, 'message/recover') }, async (ctx) => {
    const rows = await findHeldBy(ctx, left.owner)
    if (rows.length === 0) return
    const settled = rows.map((row) => settledOf(row, left, ctx.clock.now()))
    const standing = await settle(ctx.tx, ctx.organizationId, ctx.clock.now(), settled)
    const { rules } = await readOffice(ctx)
    await noteSettled(ctx, settled, standing, await sentOf(ctx, rows), rules.policy.bounceDays)
    const inDoubt = settled.filter(({ uncertain }) => uncertain)
    for (const { state, uncertain } of settled) recovered.inc({ fate: uncertain ? 'in-doubt' : state })
    ctx.log.warn(
      { owner: left.owner, held: rows.length, inDoubt: inDoubt.map(({ id }) => id) },
      'a sender was killed: what it held is settled by its journal, what is in doubt goes out again',
    )
  })
}

async function findHeldBy(ctx: WriteContext, owner: string): Promise<Claimed[]> {
  const { rows } = await sql<Claimed>`
    select id, patient_id, template, touch, channel, to_masked, attempts, message_id from message
    where organization_id = ${ctx.organizationId} and state = 'claimed' and channel = 'email' and split_part(claimed_by, ':', 2) = ${owner}
    order by id for update`.execute(ctx.tx)
  return rows
}

function settledOf(row: Claimed, { accepted, refused, inDoubt }: LeftBehind, now: Date): Settled {
  const { id, attempts: attempt } = row
  const name = row.message_id ?? ''
  const base = { id, attempt, reply: '', reason: null, nextAt: null, uncertain: false }
  const reply = refused.get(name)
  if (accepted.has(name)) return { ...base, state: 'accepted', reply: accepted.get(name)! }
  if (reply !== undefined) return mailSettledOf({ id, attempt }, outcomeOfReply(reply), row.to_masked ?? '', now)
  return inDoubt.has(name)
    ? { ...base, state: 'deferred', reason: 'in-doubt', nextAt: now, uncertain: true }
    : { ...base, state: 'planned', nextAt: now, isFree: true }
}

async function sentOf(ctx: WriteContext, rows: readonly Claimed[]) {
  const people = await loadAddressees(
    ctx,
    rows.map((row) => row.patient_id),
    0,
    false,
  )
  return rows.map((row) => ({
    id: row.id,
    patientId: row.patient_id,
    template: row.template,
    touch: row.touch,
    channel: row.channel,
    addressIndex: indexOf(people.get(row.patient_id), row.to_masked),
    toMasked: row.to_masked ?? '',
  }))
}

/** Of the address as it is now, if it is the one it went to: only that one was refused. */
function indexOf(to: Addressee | undefined, masked: string | null): Buffer | null {
  return to?.email && maskEmail(to.email) === masked ? to.emailIndex : null
}
