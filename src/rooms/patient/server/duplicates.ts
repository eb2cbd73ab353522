import { sql } from 'kysely'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { Transaction } from '../../../platform/database/database.ts'
import { foldName, sameName } from '../contract/person-name.ts'
import { findKnown, type KnownPerson } from './match-store.ts'
import { comparable } from './match.ts'
import { insertProposals, findBySearchWord } from './merge-store.ts'
import { visibleTo } from './scope.ts'
import { findPatients } from './store.ts'
import type { PatientRow } from './store.ts'
import { lineOf } from './view.ts'

/** What is compared of a person to find another file of theirs. */
export type Comparable = Pick<PatientRow, 'id' | 'name' | 'birth_date'> & { phones: readonly Buffer[] }

export function comparedBy(
  row: Pick<PatientRow, 'id' | 'name' | 'birth_date' | 'phone_index' | 'guardian_phone_index'>,
): Comparable {
  return {
    id: row.id,
    name: row.name,
    birth_date: row.birth_date,
    phones: [row.phone_index, row.guardian_phone_index].filter((b) => b !== null),
  }
}

/**
 * Proposes a merge for each of these people with whoever has the same phone, name and birth date. Registering under
 * one phone goes one after the other until the transaction ends: two clerks entering one person at the same moment
 * would otherwise not see each other's row.
 * @returns how many proposals are new
 */
export async function proposeDuplicates(ctx: WriteContext, people: readonly Comparable[]): Promise<number> {
  const whole = people.filter((person) => person.birth_date !== null && person.phones.length > 0)
  if (whole.length === 0) return 0
  const known = (
    await findKnown(ctx.tx, ctx.organizationId, { phones: whole.flatMap((person) => person.phones) })
  ).filter((k) => k.state !== 'merged')
  const byPhone = Map.groupBy(
    known.flatMap((k) => phonesOf(k).map((phone) => ({ phone, k }))),
    ({ phone }) => phone,
  )
  const pairs = whole.flatMap((person) =>
    person.phones
      .flatMap((phone) => byPhone.get(phone.toString('hex')) ?? [])
      .filter(({ k }) => k.id !== person.id && k.birth_date === person.birth_date && sameName(k.name, person.name))
      .map(({ k }) => ({ id: ctx.ids.next(), one: person.id, other: k.id, because: 'phone-name-birth' as const })),
  )
  return insertProposals(ctx.tx, ctx.organizationId, pairs, ctx.actor.id, ctx.clock.now())
}

/** Holds others who register under the same phones back until this transaction ends; in one order, so nobody waits in a ring. */
export async function holdPhones(tx: Transaction, phones: readonly Buffer[]): Promise<void> {
  const keys = [...new Set(phones.map((phone) => phone.toString('hex')))].toSorted()
  if (keys.length === 0) return
  await sql`select pg_advisory_xact_lock(hashtextextended(key, 4143)) from unnest(${keys}::text[]) with ordinality k (key, position) order by position`.execute(
    tx,
  )
}

/** Who may already be known under what is being typed; those out of sight show only that they exist. */
export async function findDuplicates(
  ctx: ReadContext,
  typed: { paper?: { number: string }; name?: string; phone?: string; birthDate?: string },
) {
  const person = comparable(ctx, { ...typed, paperNumber: typed.paper?.number }, ctx.today)
  const known = await findKnown(ctx.db, ctx.organizationId, {
    papers: person.paper ? [Buffer.from(person.paper, 'hex')] : [],
    phones: person.phone ? [Buffer.from(person.phone, 'hex')] : [],
  })
  const folded = person.name ? foldName(person.name) : ''
  const namesakes =
    folded && person.birthDate ? await findBySearchWord(ctx.db, ctx.organizationId, folded, person.birthDate) : []
  const reasons = new Map<string, 'paper' | 'phone-name-birth' | 'phone-name' | 'name-birth'>()
  for (const id of namesakes) reasons.set(id, 'name-birth')
  for (const k of known.filter((one) => one.state !== 'merged')) {
    const isNamed = person.name !== undefined && sameName(person.name, k.name)
    const isPhone = person.phone !== undefined && phonesOf(k).includes(person.phone)
    if (isPhone && isNamed)
      reasons.set(k.id, person.birthDate && k.birth_date === person.birthDate ? 'phone-name-birth' : 'phone-name')
    if (person.paper && k.paper_index?.toString('hex') === person.paper) reasons.set(k.id, 'paper')
  }
  const ids = [...reasons.keys()].slice(0, 20)
  const visible = await findPatients(ctx.db, ctx.organizationId, ids, visibleTo(ctx.actor, 'patient', ctx.clock.now()))
  return ids.map((id) => {
    const row = visible.find((one) => one.id === id)
    return { because: reasons.get(id)!, visible: row !== undefined, patient: row ? lineOf(row, ctx.today) : null }
  })
}

function phonesOf(known: KnownPerson): string[] {
  return [known.phone_index, known.guardian_phone_index].filter((b) => b !== null).map((b) => b.toString('hex'))
}
