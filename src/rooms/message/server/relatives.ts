import { sql } from 'kysely'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { Addressee } from './facts-store.ts'
import { numberIndex } from './phones.ts'
import type { MessageRow } from './store.ts'
import { findSuppressed } from './suppression-store.ts'
import { withdrawWhere } from './withdraw-store.ts'

type Reader = Pick<ReadContext, 'db' | 'organizationId' | 'sealer' | 'clock'>

/**
 * The same people at the phones of the relatives who are told in their stead, by message. What stands against telling the
 * person stands against this as well: consent, refusals, death, a child without a guardian, hours. Theirs alone is the number.
 */
export async function relativesOf(
  ctx: Reader,
  rows: readonly MessageRow[],
  people: ReadonlyMap<string, Addressee>,
): Promise<Map<string, Addressee>> {
  const found = rows.flatMap((row) => {
    const person = people.get(row.patient_id)
    const phone = phoneOf(ctx, row)
    return person && phone ? [{ id: row.id, person, phone, index: numberIndex(ctx, phone) }] : []
  })
  if (found.length === 0) return new Map()
  const indexes = found.map(({ index }) => index)
  const suppressed = await findSuppressed(ctx.db, ctx.organizationId, 'sms', indexes, ctx.clock.now())
  return new Map(
    found.map(({ id, person, phone, index }) => [
      id,
      {
        ...person,
        viaGuardian: false,
        email: null,
        emailIndex: null,
        phone,
        phoneIndex: index,
        person: (...about: Parameters<Addressee['person']>) => ({
          ...person.person(...about),
          hasAddress: about[1] === 'sms',
          ownAddressOnly: false,
          suppressed: suppressed.get(index.toString('hex')) ?? null,
        }),
      },
    ]),
  )
}

export function phoneOf(
  { sealer, organizationId }: Pick<Reader, 'sealer' | 'organizationId'>,
  { relative_sealed: sealed }: Pick<MessageRow, 'relative_sealed'>,
): string | null {
  return sealed ? sealer.open(organizationId, sealed) : null
}

/** Somebody is to be told no more by this right: what has not gone out stays. */
export function withdrawFromRelatives(ctx: WriteContext, relativeIds: readonly string[]): Promise<void> {
  if (relativeIds.length === 0) return Promise.resolve()
  return withdrawWhere(ctx, sql`m.relative_id = any(${[...relativeIds]}::uuid[])`, 'by-hand')
}
