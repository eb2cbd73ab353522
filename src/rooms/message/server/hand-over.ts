import type { Tenant } from '../../../platform/context/context.ts'
import type { House } from '../../../platform/context/house.ts'
import { mailWayOf } from '../../mail-domain/server/index.ts'
import { sendSms, type SmsAnswer } from '../../sms/server/index.ts'
import type { Outgoing } from './claim.ts'
import { watchHeld } from './recall.ts'
import { mailSettledOf } from './rules/mail-outcome.ts'
import { smsSettledOf } from './rules/sms-outcome.ts'
import type { Settled } from './settle-store.ts'

/** What has not gone on the line by then goes back: well before its claim runs out. */
const PATIENCE_MS = 3 * 60_000

/** Mails to the transport, short messages to their room, both at once. What neither answered stays claimed. */
export async function handOver(house: House, tenant: Tenant, outgoing: readonly Outgoing[]): Promise<Settled[]> {
  const [mails, short] = await Promise.all([
    sendMails(
      house,
      tenant,
      outgoing.filter(({ mail }) => mail !== null),
    ),
    sendShort(
      house,
      tenant,
      outgoing.filter(({ sms }) => sms !== null),
    ),
  ])
  return [...mails, ...short]
}

async function sendMails(house: House, tenant: Tenant, outgoing: readonly Outgoing[]): Promise<Settled[]> {
  if (outgoing.length === 0) return []
  const { bulk } = house.mail
  const way = await mailWayOf(house, tenant)
  const held = watchHeld(
    house,
    tenant,
    outgoing.map(({ id }) => id),
    PATIENCE_MS,
  )
  const settled: Settled[] = []
  const stopped = new Set<string>()
  const send = async (message: Outgoing): Promise<void> => {
    const outcome = await (bulk
      ? bulk.deliver(message.mail!, {
          ...way(message.id),
          isWanted: () => held.isWanted(message.id) && !stopped.has(message.campaign ?? ''),
        })
      : house.mail.send(message.mail!, way(message.id)))
    held.done(message.id)
    const one = mailSettledOf(message, outcome, message.mail!.to, house.clock.now())
    // What of the same campaign has not gone on the line stays where it is; the claim after it finds the stop.
    if (one.stop && message.campaign) stopped.add(message.campaign)
    settled.push(one)
  }
  const underWay: Promise<void>[] = []
  for (const message of outgoing) {
    await bulk?.room()
    // A transport that throws instead of answering has left us in doubt: the claim runs out and says so.
    underWay.push(
      send(message).catch((error: unknown) =>
        house.log.error({ err: error as Error, messageId: message.id }, 'mail transport failed'),
      ),
    )
  }
  await Promise.all(underWay)
  held.stop()
  return settled
}

async function sendShort(house: House, tenant: Tenant, outgoing: readonly Outgoing[]): Promise<Settled[]> {
  const given = outgoing.flatMap(({ sms }) => sms ?? [])
  const answers = await sendSms(house, tenant, given).catch((error: unknown): SmsAnswer[] => {
    house.log.error({ err: error as Error, organizationId: tenant.id }, 'short messages could not be handed over')
    return []
  })
  const now = house.clock.now()
  return answers.map((answer, at) => smsSettledOf(outgoing[at]!, answer, now))
}

/** Whether a server has seen a mail: what counts for the organization's rate. */
export function wasHandedOver({ isFree }: Settled): boolean {
  return isFree !== true
}
