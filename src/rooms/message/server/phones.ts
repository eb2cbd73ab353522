import { sql } from 'kysely'
import type { ReadContext } from '../../../platform/context/context.ts'
import { toE164 } from '../../../platform/sms/number.ts'
import type { Addressee } from './facts-store.ts'
import { findSuppressed } from './suppression-store.ts'
import '../../patient/server/table.ts'

type Reader = Pick<ReadContext, 'db' | 'organizationId' | 'sealer' | 'clock'>

interface PhoneRow {
  id: string
  phone_sealed: Buffer | null
  guardian_phone_sealed: Buffer | null
}

/**
 * Gives addressees the phone they are reached at, where a batch holds short messages: the guardian's for a child under
 * 14, and never the child's own. Mails do without, so that no number is opened for them.
 */
export async function addPhones(ctx: Reader, people: ReadonlyMap<string, Addressee>): Promise<void> {
  const byId = new Map([...people.values()].map((to) => [to.id, to]))
  const { rows } = await sql<PhoneRow>`
    select id, phone_sealed, guardian_phone_sealed from patient
    where organization_id = ${ctx.organizationId} and id = any(${[...byId.keys()]}::uuid[])`.execute(ctx.db)
  const found = rows.map((row) => {
    const sealed = byId.get(row.id)!.viaGuardian ? row.guardian_phone_sealed : row.phone_sealed
    const phone = sealed ? ctx.sealer.open(ctx.organizationId, sealed) : null
    return { row, phone, index: phone ? numberIndex(ctx, phone) : null }
  })
  const indexes = found.flatMap(({ index }) => index ?? [])
  const suppressed = await findSuppressed(ctx.db, ctx.organizationId, 'sms', indexes, ctx.clock.now())
  const known = new Map(found.map((one) => [one.row.id, one]))
  // Whoever was merged stands under both ids.
  for (const to of new Set(people.values())) {
    const { row, phone = null, index = null } = known.get(to.id) ?? {}
    const { viaGuardian, person } = to
    to.phone = phone
    to.phoneIndex = index
    to.person = (purpose, channel, about) =>
      channel === 'sms'
        ? {
            ...person(purpose, channel, about),
            hasAddress: phone !== null,
            suppressed: (index && suppressed.get(index.toString('hex'))) ?? null,
            ownAddressOnly: viaGuardian && phone === null && Boolean(row?.phone_sealed),
          }
        : person(purpose, channel, about)
  }
}

/** Numbers are compared in E.164, however they were entered. */
export function numberIndex(ctx: Pick<ReadContext, 'sealer' | 'organizationId'>, phone: string): Buffer {
  return ctx.sealer.index(ctx.organizationId, 'message/phone', toE164(phone) ?? phone)
}
