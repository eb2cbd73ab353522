import type { House } from '../../../platform/context/house.ts'
import type { ReadContext, Tenant } from '../../../platform/context/context.ts'
import { dkimSignerInPool } from '../../../platform/mail/mime/dkim.ts'
import type { DeliverOptions } from '../../../platform/mail/transport.ts'
import { addressIn, COMPLAINT, findReturnToken, returnTokenOf } from './rules/return-address.ts'
import { findDomain, findSigningKeys } from './store.ts'

export type MailWay = (messageId: string | null) => Pick<DeliverOptions, 'sign' | 'returnPath'>

/**
 * How mails of an organization leave: signed by its keys, and to come back to an address that names the message. Asked
 * for once a batch. @returns for a message of the ledger; null: a mail that nobody waits for to come back
 */
export async function mailWayOf(
  { databases, sealer }: Pick<House, 'databases' | 'sealer'>,
  { id: organizationId }: Pick<Tenant, 'id'>,
): Promise<MailWay> {
  const db = databases.of(organizationId)
  const [domain, keys] = await Promise.all([findDomain(db, organizationId), findSigningKeys(db, organizationId)])
  const sign =
    keys.length === 0
      ? {}
      : {
          sign: dkimSignerInPool(
            keys.map((key) => ({ ...key, privateKey: sealer.open(organizationId, key.private_sealed!) })),
          ),
        }
  const pattern = domain?.return_pattern
  return (messageId) =>
    pattern && messageId
      ? { ...sign, returnPath: addressIn(pattern, returnTokenOf(sealer, organizationId, messageId)) }
      : sign
}

/** Whether anything can come back to where we see it. */
export async function returnIsSet({
  db,
  organizationId,
}: Pick<ReadContext, 'db' | 'organizationId'>): Promise<boolean> {
  return Boolean((await findDomain(db, organizationId))?.return_pattern)
}

export interface ReturnedTo {
  organizationId: string
  /** Proven by its token; null for the address of complaints, which proves nothing. */
  messageId: string | null
}

/** Whose return or complaint address this is; undefined where it is none of ours. */
export async function readReturnAddress(house: House, address: string): Promise<ReturnedTo | undefined> {
  const tenants = await house.tenants()
  const proven = provenIn(house, tenants, address)
  if (proven) return proven
  for (const { id } of tenants) {
    const row = await findDomain(house.databases.of(id), id)
    const complaint = row?.return_pattern && addressIn(row.return_pattern, COMPLAINT)
    if (complaint && complaint === address.trim().toLowerCase()) return { organizationId: id, messageId: null }
  }
  return undefined
}

/** The message that a token somewhere in a text names, of one of these organizations. */
export function provenIn(
  { sealer }: Pick<House, 'sealer'>,
  tenants: readonly Pick<Tenant, 'id'>[],
  text: string,
): { organizationId: string; messageId: string } | undefined {
  return findReturnToken(
    sealer,
    tenants.map(({ id }) => id),
    text,
  )
}
