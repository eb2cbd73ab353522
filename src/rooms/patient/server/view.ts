import { ageOn } from '../../../platform/clock.ts'
import type { PatientId, StaffId } from '../../../platform/contract/index.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { PatientLine, PatientView, KeptPreferences } from '../contract/person.ts'
import type { NamedPatientRow } from './store.ts'

/** Row → line of a list. */
export function lineOf(row: NamedPatientRow, today: string): PatientLine {
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
    source: row.source,
    state: row.state,
    doctor: carerOf(row.doctor_id, row.doctor_name),
    manager: carerOf(row.manager_id, row.manager_name),
    counsellor: carerOf(row.counsellor_id, row.counsellor_name),
    createdAt: row.created_at.toISOString(),
  }
}

/** Row → the whole view. The worry is told to those who may read the record and to counsellors, not at the front desk. */
export function viewOf(
  ctx: ReadContext,
  row: NamedPatientRow,
  extra: { worryBy: string | null; openProposals: number },
): PatientView {
  const { actor } = ctx
  const isOpen = row.state !== 'merged'
  return {
    ...lineOf(row, ctx.today),
    paper: row.paper_kind && row.paper_masked ? { kind: row.paper_kind, masked: row.paper_masked } : null,
    emailMasked: row.email_masked,
    guardian: row.guardian
      ? {
          relation: row.guardian.relation,
          name: row.guardian.name,
          phoneMasked: row.guardian.phoneMasked,
          emailMasked: row.guardian.emailMasked ?? null,
        }
      : null,
    preferences: preferencesOf(row.preferences),
    locale: row.locale,
    mainWorry: mayReadWorry(actor)
      ? { text: row.main_worry, at: row.main_worry_at?.toISOString() ?? null, by: extra.worryBy }
      : null,
    deceasedOn: row.deceased_on,
    mergedInto: row.merged_into as PatientId | null,
    version: row.version,
    openProposals: extra.openProposals,
    can: {
      write: isOpen && actor.permissions.has('patient.write'),
      worry: isOpen && actor.permissions.has('record.write'),
      unmask: actor.permissions.has('patient.unmask'),
      merge: isOpen && actor.permissions.has('patient.merge'),
    },
  }
}

export function mayReadWorry(actor: ReadContext['actor']): boolean {
  return actor.kind === 'system' || actor.permissions.has('record.read') || actor.roles.includes('counsellor')
}

function preferencesOf(stored: Partial<KeptPreferences>): KeptPreferences {
  const none = { dialect: '', leaveAlone: '', goodHours: '', goodHoursNoted: '', religion: '', religionConsent: false }
  return { ...none, ...stored }
}

function carerOf(id: string | null, name: string | null) {
  return id ? { id: id as StaffId, name: name ?? '' } : null
}
