import { sql } from 'kysely'
import type { Tenant } from '../../../../platform/context/context.ts'
import type { House } from '../../../../platform/context/house.ts'
import { gauge } from '../../../../platform/http/metrics.ts'
import { findRules, fitOf, sourceDirectory, type SourceDirectory, type SourceRule } from '../source-rule.ts'
import type { Format } from '../table.ts'
import { openFrame, receiveFrame, type IncomingFrame } from './hl7.ts'
import { keepReceived } from './keep.ts'
import { openOriginal } from './original.ts'
import type { Received } from './received.ts'

/**
 * Whose a message is while no organization has registered its sender. No organization has this id, so neither the store
 * functions nor the row policies show such a message to any, and its seal opens for none.
 */
export const NOBODY = '00000000-0000-0000-0000-000000000000'

const ROWS = 100
const unclaimed = gauge('peiban_intake_unclaimed', 'Messages kept of senders that no organization has registered')

export interface UnclaimedSender {
  source: string
  peer: string
  messages: number
  firstAt: Date
  lastAt: Date
}

/** A message of a sender that nobody has registered: kept whole, and answered that it waits for being registered. */
export function unclaimedRow(house: House, incoming: IncomingFrame, rule: SourceRule): Received {
  const { row } = receiveFrame(house, incoming, { organizationId: NOBODY, rule, channel: 'mllp' })
  return { ...row, answer: 'AR', state: 'set-aside', reason: 'unknown-sender', detail: null }
}

/** Who sent what nobody has claimed; never what is in it. */
export async function unclaimedSenders(house: House): Promise<UnclaimedSender[]> {
  const { rows } = await sql<UnclaimedSender>`
    select source, peer, count(*)::int messages, min(received_at) "firstAt", max(received_at) "lastAt"
    from intake where organization_id = ${NOBODY} group by source, peer order by max(received_at) desc`.execute(
    house.databases.of(NOBODY),
  )
  return rows
}

/**
 * Hands an organization what came from its senders before they were registered, under the same ids and times. First the
 * copy, sealed anew, then the removal: a crash in between repeats the copy, which then changes nothing.
 * @returns how many messages were handed over
 */
export async function claimUnclaimed(house: House, tenant: Tenant): Promise<number> {
  const senders = await unclaimedSenders(house)
  unclaimed.set(
    {},
    senders.reduce((sum, { messages }) => sum + messages, 0),
  )
  if (senders.length === 0) return 0
  const rules = await findRules(house.databases.of(tenant.id), tenant.id)
  const isAlone = (await house.tenants()).length === 1
  const directory = sourceDirectory(house)
  let claimed = 0
  for (const { source, peer } of senders) {
    // The receiver's name stands in the message alone, so here it may be any.
    const sender = { sending: source, receiving: '', address: peer }
    const mayFit = isAlone || rules.some((rule) => fitOf({ ...rule, receiving: '' }, sender) >= 0)
    if (mayFit) claimed += await claimOf(house, tenant, directory, source, peer)
  }
  if (claimed > 0)
    house.log.info({ organizationId: tenant.id, messages: claimed }, 'messages of newly registered senders handed over')
  return claimed
}

interface KeptRow {
  id: string
  peer: string
  arrival: number
  format: Format
  state: Received['state']
  reason: string
  answer: string
  received_at: Date
  sealed: Buffer
  size_bytes: number
}

async function claimOf(house: House, tenant: Tenant, directory: SourceDirectory, source: string, peer: string) {
  const nobody = house.databases.of(NOBODY)
  let claimed = 0
  for (let after = 0, rows: KeptRow[] = []; after === 0 || rows.length === ROWS; after = rows.at(-1)!.arrival) {
    rows = (await nobody
      .selectFrom('intake')
      .select(['id', 'peer', 'arrival', 'format', 'state', 'reason', 'answer', 'received_at', 'sealed', 'size_bytes'])
      .where('organization_id', '=', NOBODY)
      .where('source', '=', source)
      .where('peer', '=', peer)
      .where('arrival', '>', after)
      .orderBy('arrival')
      .limit(ROWS)
      .execute()) as KeptRow[]
    if (rows.length === 0) break
    const taken: string[] = []
    for (const row of rows) if (await handOver(house, tenant, directory, row)) taken.push(row.id)
    if (taken.length > 0)
      await nobody.deleteFrom('intake').where('organization_id', '=', NOBODY).where('id', 'in', taken).execute()
    claimed += taken.length
  }
  return claimed
}

/** Copies one message to the organization if it is its own. One that does not open stays, and holds up no other. */
async function handOver(house: House, tenant: Tenant, directory: SourceDirectory, row: KeptRow): Promise<boolean> {
  let bytes: Buffer
  try {
    bytes = openOriginal(house.sealer, NOBODY, row.sealed, row.size_bytes)
  } catch (error) {
    house.log.error({ err: error, intakeId: row.id }, 'an unclaimed message does not open')
    return false
  }
  const incoming = openFrame(bytes, row.peer)
  const found = await directory.find(incoming.sender)
  if (found?.tenant.id !== tenant.id) return false
  const kept = receivedAs(house, row, incoming, { organizationId: tenant.id, rule: found.rule })
  await keepReceived(house.databases.of(tenant.id), house.sealer, tenant.id, [kept], row.received_at)
  return true
}

/** The message as the organization would have kept it, with the answer that was really given. */
function receivedAs(
  house: House,
  { id, format, state, reason, answer }: KeptRow,
  incoming: IncomingFrame,
  to: { organizationId: string; rule: SourceRule },
): Received {
  const { row } = receiveFrame(house, incoming, { ...to, channel: 'mllp' })
  // What was no whole message stays what it was.
  return format === 'bytes' ? { ...row, id, answer, format, state, reason, detail: null } : { ...row, id, answer }
}
