import { sql } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { UsedInput } from './facts.ts'
import { mergedPersons } from './facts-store.ts'
import './table.ts'

export interface NewAssessment {
  id: string
  patientId: string
  instrument: string
  version: string
  form: string
  inputs: UsedInput[]
  missing: string[]
  output: Record<string, unknown>
  value: number | null
  band: string | null
  caveats: string[]
  release: 'clinician' | 'automatic'
  expiresOn: string | null
  because: 'facts' | 'asked' | 'upgrade'
  askedBy: string | null
  inputHash: string
  beforeId: string | null
}

export interface NewestResult {
  patientId: string
  instrument: string
  id: string
  version: string
  inputHash: string
}

/** The newest result of each instrument for each person. */
export async function findNewest(
  db: Db,
  organizationId: string,
  patientIds: readonly string[],
  instruments: readonly string[],
): Promise<NewestResult[]> {
  const { rows } = await sql<NewestResult>`
    with ${mergedPersons(organizationId, patientIds)}
    select distinct on (p.of_id, i.code) p.of_id "patientId", i.code instrument, a.id, a.version, a.input_hash "inputHash"
    from person p cross join unnest(${[...instruments]}::text[]) i (code) cross join lateral (
      select id, version, input_hash from risk_assessment where organization_id = ${organizationId} and patient_id = p.id
        and instrument = i.code order by id desc limit 1) a
    order by p.of_id, i.code, a.id desc`.execute(db)
  return rows
}

/** Adds results; one that somebody else has just added from the same facts is not added again. @returns ids of those added */
export async function insertAssessments(
  tx: Transaction,
  organizationId: string,
  rows: readonly NewAssessment[],
  at: Date,
): Promise<Set<string>> {
  if (rows.length === 0) return new Set()
  const { rows: added } = await sql<{ id: string }>`
    insert into risk_assessment (organization_id, patient_id, instrument, id, version, form, inputs, missing, output, value,
      band, caveats, release, expires_on, because, asked_by, computed_at, input_hash, before_id)
    select ${organizationId}::uuid, "patientId", instrument, id, version, form, inputs, missing, output, value, band, caveats,
      release, "expiresOn", because, "askedBy", ${at}::timestamptz, "inputHash", "beforeId"
    from json_to_recordset(${JSON.stringify(rows)}::json) as r ("patientId" uuid, instrument text, id uuid, version text,
      form text, inputs jsonb, missing text[], output jsonb, value double precision, band text, caveats text[], release text,
      "expiresOn" date, because text, "askedBy" uuid, "inputHash" text, "beforeId" uuid)
    on conflict do nothing returning id`.execute(tx)
  return new Set(added.map(({ id }) => id))
}

export interface AssessmentRow {
  id: string
  instrument: string
  version: string
  form: string
  inputs: UsedInput[]
  missing: string[]
  output: Record<string, unknown>
  value: number | null
  band: string | null
  caveats: string[]
  release: 'clinician' | 'automatic'
  expiresOn: string | null
  because: 'facts' | 'asked' | 'upgrade'
  askedBy: string | null
  computedAt: Date
  inputHash: string
  decisionNumber: number
  decision: 'released' | 'withheld' | null
  decidedBy: string | null
  decidedAt: Date | null
  decisionNote: string | null
}

/** A person's results with what was decided about each, newest first, at most `most` of each instrument. */
export async function findAssessments(
  db: Db,
  organizationId: string,
  patientId: string,
  options: { most: number; id?: string },
): Promise<AssessmentRow[]> {
  const { rows } = await sql<AssessmentRow>`
    with ${mergedPersons(organizationId, [patientId])}, ranked as (
      select a.*, row_number() over (partition by a.instrument order by a.id desc) place
      from person p join risk_assessment a on a.organization_id = ${organizationId} and a.patient_id = p.id
      ${options.id ? sql`where a.id = ${options.id}` : sql``}
    )
    select a.id, a.instrument, a.version, a.form, a.inputs, a.missing, a.output, a.value, a.band, a.caveats, a.release,
      a.expires_on::text "expiresOn", a.because, s.name "askedBy", a.computed_at "computedAt", a.input_hash "inputHash",
      coalesce(d.number, 0) "decisionNumber", d.decision, d.by_name "decidedBy", d.at "decidedAt", d.note "decisionNote"
    from ranked a left join staff s on s.organization_id = a.organization_id and s.id = a.asked_by
    left join lateral (select * from risk_decision d where d.organization_id = a.organization_id and d.patient_id = a.patient_id
      and d.assessment_id = a.id order by d.number desc limit 1) d on true
    where a.place <= ${options.most} order by a.instrument, a.id desc`.execute(db)
  return rows
}

/** Writes a decision under its number. @throws unique violation `risk_decision_pkey` when somebody else was quicker */
export async function insertDecision(
  tx: Transaction,
  organizationId: string,
  assessmentId: string,
  decision: { number: number; decision: 'released' | 'withheld'; note: string; byId: string; byName: string; at: Date },
): Promise<void> {
  await sql`
    insert into risk_decision (organization_id, patient_id, assessment_id, number, decision, note, by_id, by_name, at)
    select organization_id, patient_id, id, ${decision.number}, ${decision.decision}, ${decision.note}, ${decision.byId},
      ${decision.byName}, ${decision.at}
    from risk_assessment where organization_id = ${organizationId} and id = ${assessmentId}`.execute(tx)
}
