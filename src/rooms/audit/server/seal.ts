import { systemActor, type Tenant } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import { chainStart, headSeal, linkHash, type Head } from './chain.ts'
import { appendLinks, ensureHead, findUnsealed, lockHead, type NewLink } from './chain-store.ts'

/** Links made in one transaction at most. */
const BATCH = 5000

/**
 * Links the entries that wait, in one transaction. Several workers may call it at once: who does not get the lock of
 * the chain's end leaves it to the one who has it.
 * @returns how many entries were linked
 */
export async function sealEntries(house: House, tenant: Tenant): Promise<number> {
  return write(house, { tenant, actor: systemActor(tenant.id, 'audit/seal') }, async ({ tx, organizationId, sealer }) => {
    const start: Head = { sequence: 0, hash: chainStart(organizationId) }
    await ensureHead(tx, organizationId, { ...start, seal: headSeal(sealer, organizationId, start) })
    const locked = await lockHead(tx, organizationId)
    if (!locked) return 0
    const entries = await findUnsealed(tx, organizationId, BATCH)
    if (entries.length === 0) return 0
    let head: Head = locked
    const links: NewLink[] = entries.map((entry) => {
      head = { sequence: head.sequence + 1, hash: linkHash(head.hash, entry) }
      return { ...head, entryId: entry.id }
    })
    await appendLinks(tx, organizationId, links, { sequence: head.sequence, hash: head.hash, seal: headSeal(sealer, organizationId, head) })
    return links.length
  })
}

/** Links all that waits, batch after batch. */
export async function sealAll(house: House, tenant: Tenant): Promise<void> {
  while ((await sealEntries(house, tenant)) === BATCH);
}
