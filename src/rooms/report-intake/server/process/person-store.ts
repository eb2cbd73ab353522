import { sql } from 'kysely'
import { maskNationalId, maskPhone } from '../../../../platform/contract/index.ts'
import type { WriteContext } from '../../../../platform/context/context.ts'
import type { UnmatchedReason } from '../table.ts'
import type { SentPerson } from './person.ts'

export interface UnmatchedEntry {
  /** Blind index of the identity, hex. */
  key: string
  person: SentPerson
  source: string
  reason: UnmatchedReason
  candidates: readonly string[]
  /** Whom this identity was registered as just now: remembered, so that the same identity stays theirs. */
  registeredAs?: string
}

export interface UnmatchedState {
  key: string
  id: string
  state: 'open' | 'settled' | 'set-aside'
  patientId: string | null
}

/** What people have decided about these identities. */
export async function settledPersons(ctx: WriteContext, keys: readonly string[]): Promise<Map<string, UnmatchedState>> {
  if (keys.length === 0) return new Map()
  const { rows } = await sql<UnmatchedState>`
    select encode(person_key, 'hex') key, id, state, patient_id "patientId" from unmatched_person
    where organization_id = ${ctx.organizationId} and person_key = any(${keys.map((key) => Buffer.from(key, 'hex'))}::bytea[])`.execute(
    ctx.tx,
  )
  return new Map(rows.map((row) => [row.key, row]))
}

/**
 * Puts people into the queue, or finds them there. The rows stay locked: a decision that is just being taken either
 * comes first, and is returned here, or waits and then finds the reports that are filed under it.
 */
export async function queuePersons(
  ctx: WriteContext,
  entries: readonly UnmatchedEntry[],
): Promise<Map<string, UnmatchedState>> {
  if (entries.length === 0) return new Map()
  const now = ctx.clock.now()
  const sent = entries
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ key, person, source, reason, candidates, registeredAs }) => ({
      id: ctx.ids.next(),
      key,
      name: person.name,
      sex: person.sex,
      birth_date: person.birthDate,
      record_number: person.recordNumber,
      phone_masked: person.phone ? maskPhone(person.phone) : null,
      paper_masked: person.nationalId ? maskNationalId(person.nationalId) : null,
      sealed: ctx.sealer.seal(ctx.organizationId, JSON.stringify(person)).toString('hex'),
      source,
      reason,
      candidates,
      patient_id: registeredAs ?? null,
    }))
  const { rows } = await sql<UnmatchedState>`
    insert into unmatched_person as u (organization_id, id, person_key, name, sex, birth_date, record_number, phone_masked, paper_masked,
      identity_sealed, source, reason, candidates, first_seen_at, last_seen_at, patient_id, state, settled_how, settled_by_name, settled_at)
    select ${ctx.organizationId}::uuid, id, decode(key, 'hex'), name, sex, birth_date, record_number, phone_masked, paper_masked,
      decode(sealed, 'hex'), source, reason, array(select json_array_elements_text(candidates)::uuid), ${now}::timestamptz, ${now}::timestamptz,
      patient_id, case when patient_id is null then 'open' else 'settled' end, case when patient_id is not null then 'registered' end,
      case when patient_id is not null then ${ctx.actor.name} end, case when patient_id is not null then ${now}::timestamptz end
    from json_to_recordset(${JSON.stringify(sent)}::json) as s (id uuid, key text, name text, sex text, birth_date date, record_number text,
      phone_masked text, paper_masked text, sealed text, source text, reason text, candidates json, patient_id uuid)
    order by key
    on conflict (organization_id, person_key) do update
    set last_seen_at = excluded.last_seen_at,
      reason = case when u.state = 'open' then excluded.reason else u.reason end,
      candidates = case when u.state = 'open' then excluded.candidates else u.candidates end
    returning encode(person_key, 'hex') key, id, state, patient_id "patientId"`.execute(ctx.tx)
  return new Map(rows.map((row) => [row.key, row]))
}

export interface WaitingReport {
  personId: string
  intakeId: string
  title: string
  effectiveAt: Date | null
}

export async function noteWaiting(ctx: WriteContext, waiting: readonly WaitingReport[]): Promise<void> {
  if (waiting.length === 0) return
  await sql`
    insert into unmatched_report (organization_id, person_id, intake_id, title, effective_at)
    select distinct on (person_id, intake_id) ${ctx.organizationId}::uuid, person_id, intake_id, title, effective_at
    from unnest(${waiting.map((w) => w.personId)}::uuid[], ${waiting.map((w) => w.intakeId)}::uuid[], ${waiting.map((w) => w.title)}::text[],
      ${waiting.map((w) => w.effectiveAt)}::timestamptz[]) w (person_id, intake_id, title, effective_at)
    on conflict do nothing`.execute(ctx.tx)
}
