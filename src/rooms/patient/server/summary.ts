import { ageOn } from '../../../platform/clock.ts'
import type { Locale, PatientId } from '../../../platform/contract/index.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import { sql } from 'kysely'
import type { Sex } from '../contract/person.ts'
import { needsGuardian } from './rules/identity.ts'
import { findPatients, type NamedPatientRow } from './store.ts'

/** What other rooms need to know of a person to name, greet and reckon; no number in clear. */
export interface PatientSummary {
  id: PatientId
  name: string
  called: string
  sex: Sex
  birthDate: string | null
  ageYears: number | null
  phoneMasked: string | null
  recordNumber: string | null
  level: string
  locale: Locale
  state: 'active' | 'deceased' | 'merged'
  deceasedOn: string | null
  mergedInto: PatientId | null
  doctorId: string | null
  doctorName: string | null
  managerId: string | null
  managerName: string | null
  counsellorId: string | null
  counsellorName: string | null
}

type Reading = Pick<ReadContext, 'db' | 'organizationId' | 'today'>

/** Summaries of many in one query, by id; who may see them is the caller's business. */
export async function patientSummaries(
  ctx: Reading,
  patientIds: readonly string[],
): Promise<Map<string, PatientSummary>> {
  const rows = await findPatients(ctx.db, ctx.organizationId, patientIds, sql<boolean>`true`)
  return new Map(rows.map((row) => [row.id, summaryOf(row, ctx.today)]))
}

/** The summary of one; undefined when nobody has this id. Who may see it is the caller's business. */
export async function patientSummary(ctx: Reading, patientId: string): Promise<PatientSummary | undefined> {
  return (await patientSummaries(ctx, [patientId])).get(patientId)
}

function summaryOf(row: NamedPatientRow, today: string): PatientSummary {
  return {
    id: row.id as PatientId,
    name: row.name,
    called: row.called,
    sex: row.sex,
    birthDate: row.birth_date,
    ageYears: row.birth_date ? Math.max(0, ageOn(row.birth_date, row.deceased_on ?? today)) : null,
    phoneMasked: row.phone_masked,
    recordNumber: row.record_number,
    level: row.level,
    locale: row.locale,
    state: row.state,
    deceasedOn: row.deceased_on,
    mergedInto: row.merged_into as PatientId | null,
    doctorId: row.doctor_id,
    doctorName: row.doctor_name,
    managerId: row.manager_id,
    managerName: row.manager_name,
    counsellorId: row.counsellor_id,
    counsellorName: row.counsellor_name,
  }
}

/** Where a person is reached, in clear: for sending only, never for showing. */
export interface Contact {
  /** The guardian's for a child under 14 on this day, and then never the child's own; otherwise the person's. */
  phone: string | null
  /** As `phone`: the guardian's, or the person's own. */
  email: string | null
  /** Whether a guardian is spoken to; phone and e-mail are then empty where nobody has entered theirs. */
  viaGuardian: boolean
  locale: Locale
  state: 'active' | 'deceased' | 'merged'
}

/** Where mail for a person goes, masked, as `contactOf` would open it. */
export function mailMaskedOf(
  { today }: Pick<ReadContext, 'today'>,
  person: Pick<NamedPatientRow, 'birth_date' | 'guardian' | 'email_masked'>,
): string | null {
  return needsGuardian(person.birth_date, today) ? (person.guardian?.emailMasked ?? null) : person.email_masked
}

/** Opens phone and e-mail of a person. @returns undefined when nobody has this id */
export async function contactOf(
  ctx: Reading & Pick<ReadContext, 'sealer'>,
  patientId: string,
): Promise<Contact | undefined> {
  const row = (await findPatients(ctx.db, ctx.organizationId, [patientId], sql<boolean>`true`))[0]
  if (!row) return undefined
  const open = (sealed: Buffer | null) => (sealed ? ctx.sealer.open(ctx.organizationId, sealed) : null)
  const viaGuardian = needsGuardian(row.birth_date, ctx.today)
  return {
    phone: open(viaGuardian ? row.guardian_phone_sealed : row.phone_sealed),
    email: open(viaGuardian ? row.guardian_email_sealed : row.email_sealed),
    viaGuardian,
    locale: row.locale,
    state: row.state,
  }
}
