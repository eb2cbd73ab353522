import { sql } from 'kysely'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { Locale } from '../../../platform/contract/index.ts'
import { ageOn } from '../../../platform/clock.ts'
import { GUARDIAN_UNDER_YEARS } from '../../patient/contract/person.ts'
import type { StoredConsent } from '../../card/server/table.ts'
import type { Channel, Purpose } from '../contract/words.ts'
import type { Person } from './rules/gate.ts'
import '../../patient/server/table.ts'
import '../../tag/server/table.ts'
import './table.ts'

type Reader = Pick<ReadContext, 'db' | 'organizationId' | 'today' | 'sealer' | 'clock'>

interface PersonRow {
  id: string
  name: string
  called: string
  birth_date: string | null
  locale: Locale
  state: Person['state']
  merged_into: string | null
  has_guardian: boolean
  email_sealed: Buffer | null
  guardian_email_sealed: Buffer | null
}

/** A person as the sender needs to know them. */
export interface Addressee {
  id: string
  name: string
  locale: Locale
  viaGuardian: boolean
  email: string | null
  emailIndex: Buffer | null
  person(purpose: Purpose, channel: Channel): Person
}

/**
 * All that decides about messages to these people, in six statements for all of them together. Whoever was merged is
 * answered with the person they were merged into.
 *
 * Children under 14 are written to through their guardian only, at the guardian's address, and the greeting says so; their
 * own address is not looked at. Which of the two it is goes by the date of the moment, so that nothing has to be switched
 * on the 14th birthday (PIPL §31).
 */
export async function loadAddressees(ctx: Reader, patientIds: readonly string[]): Promise<Map<string, Addressee>> {
  const asked = [...new Set(patientIds)]
  const rows = await loadPeople(ctx, asked)
  const ids = [...new Set([...rows.values()].map((row) => row.id))]
  const isChild = ({ birth_date }: PersonRow) =>
    birth_date !== null && ageOn(birth_date, ctx.today) < GUARDIAN_UNDER_YEARS
  const emails = new Map(
    [...rows.values()].map((row) => {
      const sealed = isChild(row) ? row.guardian_email_sealed : row.email_sealed
      return [row.id, sealed ? ctx.sealer.open(ctx.organizationId, sealed) : null]
    }),
  )
  const indexOf = (email: string | null) => (email ? addressIndex(ctx, email) : null)
  const [optOuts, consents, quiet, sent, bad] = [
    await loadOptOuts(ctx, ids),
    await loadConsents(ctx, ids),
    await loadQuiet(ctx, ids),
    await loadSent(ctx, ids),
    await loadBadAddresses(
      ctx,
      [...emails.values()].flatMap((email) => indexOf(email) ?? []),
    ),
  ]
  const found = new Map<string, Addressee>()
  for (const id of asked) {
    const row = rows.get(id)
    if (!row) continue
    const email = emails.get(row.id) ?? null
    const emailIndex = indexOf(email)
    found.set(id, {
      id: row.id,
      name: row.called || row.name,
      locale: row.locale,
      viaGuardian: isChild(row),
      email,
      emailIndex,
      person: (purpose, channel) => ({
        state: row.state,
        isChild: isChild(row),
        hasGuardian: row.has_guardian,
        ownAddressOnly: isChild(row) && row.guardian_email_sealed === null && row.email_sealed !== null,
        optedOut: optOuts.has(`${row.id} ${purpose} ${channel}`),
        consent: consents.get(row.id) ?? {},
        quiet: quiet.has(row.id),
        sentDay: sent.get(row.id)?.day ?? 0,
        sentWeek: sent.get(row.id)?.week ?? 0,
        hasAddress: email !== null,
        addressIsBad: emailIndex !== null && bad.has(emailIndex.toString('hex')),
      }),
    })
  }
  return found
}

/** Addresses are compared without regard to case, as all common mail services do. */
export function addressIndex(ctx: Pick<ReadContext, 'sealer' | 'organizationId'>, email: string): Buffer {
  return ctx.sealer.index(ctx.organizationId, 'message/email', email.trim().toLowerCase())
}

async function loadPeople({ db, organizationId }: Reader, ids: readonly string[]): Promise<Map<string, PersonRow>> {
  const read = async (wanted: readonly string[]) => {
    const { rows } = await sql<PersonRow>`
      select id, name, called, birth_date, locale, state, merged_into, guardian is not null has_guardian, email_sealed,
        guardian_email_sealed
      from patient where organization_id = ${organizationId} and id = any(${[...wanted]}::uuid[])`.execute(db)
    return new Map(rows.map((row) => [row.id, row]))
  }
  const known = await read(ids)
  for (let hop = 0; hop < 20; hop++) {
    const missing = [...known.values()].flatMap((row) =>
      row.merged_into && !known.has(row.merged_into) ? [row.merged_into] : [],
    )
    if (missing.length === 0) break
    for (const [id, row] of await read(missing)) known.set(id, row)
  }
  const survivor = (row: PersonRow, hops = 0): PersonRow => {
    const next = row.state === 'merged' && row.merged_into && hops < 20 ? known.get(row.merged_into) : undefined
    return next ? survivor(next, hops + 1) : row
  }
  return new Map(ids.flatMap((id) => (known.has(id) ? [[id, survivor(known.get(id)!)] as const] : [])))
}

async function loadOptOuts({ db, organizationId }: Reader, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ key: string }>`
    select concat_ws(' ', patient_id, purpose, channel) key from message_preference
    where organization_id = ${organizationId} and patient_id = any(${[...ids]}::uuid[]) and opted_out_at is not null`.execute(
    db,
  )
  return new Set(rows.map((row) => row.key))
}

async function loadConsents(
  { db, organizationId }: Reader,
  ids: readonly string[],
): Promise<Map<string, Person['consent']>> {
  const { rows } = await sql<{ patient_id: string; consents: StoredConsent[] }>`
    select patient_id, consents from card
    where organization_id = ${organizationId} and patient_id = any(${[...ids]}::uuid[]) and consents <> '[]'`.execute(
    db,
  )
  const answers = new Map<string, StoredConsent[]>()
  for (const row of rows) answers.set(row.patient_id, [...(answers.get(row.patient_id) ?? []), ...row.consents])
  const last = (list: StoredConsent[], purpose: StoredConsent['purpose']) =>
    list
      .filter((answer) => answer.purpose === purpose)
      .toSorted((a, b) => (a.at < b.at ? -1 : 1))
      .at(-1)?.granted
  return new Map(
    [...answers].map(([id, list]) => [
      id,
      { service: last(list, 'service-messages'), promotion: last(list, 'promotion') },
    ]),
  )
}

/** People with a tag, whoever set it, whose definition asks for quiet. */
async function loadQuiet({ db, organizationId }: Reader, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ patient_id: string }>`
    select distinct t.patient_id from patient_tag t
    join tag_rule r on r.organization_id = t.organization_id and r.code = t.tag_code and r.state = 'published'
    where t.organization_id = ${organizationId} and t.patient_id = any(${[...ids]}::uuid[]) and t.state = 'active'
      and jsonb_path_exists(r.definition, '$.then[*].quiet ? (@ == true)')`.execute(db)
  return new Set(rows.map((row) => row.patient_id))
}

async function loadSent(
  { db, organizationId, clock }: Reader,
  ids: readonly string[],
): Promise<Map<string, { day: number; week: number }>> {
  const now = clock.now().getTime()
  const { rows } = await sql<{ patient_id: string; day: number; week: number }>`
    select patient_id, (count(*) filter (where sent_at > ${new Date(now - 86_400_000)}))::int "day", count(*)::int week from message
    where organization_id = ${organizationId} and patient_id = any(${[...ids]}::uuid[])
      and channel <> 'in-app' and not urgent and sent_at > ${new Date(now - 7 * 86_400_000)}
    group by patient_id`.execute(db)
  return new Map(rows.map((row) => [row.patient_id, row]))
}

async function loadBadAddresses({ db, organizationId }: Reader, indexes: readonly Buffer[]): Promise<Set<string>> {
  if (indexes.length === 0) return new Set()
  const rows = await db
    .selectFrom('message_address')
    .select('address_index')
    .where('organization_id', '=', organizationId)
    .where('channel', '=', 'email')
    .where('address_index', 'in', [...indexes])
    .execute()
  return new Set(rows.map((row) => row.address_index.toString('hex')))
}
