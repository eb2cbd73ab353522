import type { CallOf } from '../../../platform/contract/index.ts'
import type { changePatient } from '../contract/patient.ts'
import type { NewPatient, PatientView } from '../contract/person.ts'

/** As a new person, and the address of the guardian who is on file. */
export type EditedPatient = NewPatient & { guardianEmail?: string }

type Changes = CallOf<typeof changePatient>['body']['changes']

/** What the form begins with: all that is shown; sealed numbers stay where they are. */
export function formOf(patient: PatientView): Partial<EditedPatient> {
  return {
    name: patient.name,
    sex: patient.sex,
    birthDate: patient.birthDate ?? undefined,
    paper: { kind: patient.paper?.kind ?? 'national-id', number: '' },
    recordNumber: patient.recordNumber ?? undefined,
    level: patient.level,
    source: patient.source,
    called: patient.called,
  }
}

/** Only what differs from what is kept; an emptied record number or birth date is taken away, an empty number is not. */
export function changesOf(patient: PatientView, values: EditedPatient): Changes {
  const changes: Changes = {}
  if (values.name !== patient.name) changes.name = values.name
  if (values.sex && values.sex !== patient.sex) changes.sex = values.sex
  if ((values.birthDate ?? null) !== patient.birthDate) changes.birthDate = values.birthDate ?? null
  if (values.paper?.number?.trim()) changes.paper = values.paper
  if (values.phone?.trim()) changes.phone = values.phone
  if (values.email?.trim()) changes.email = values.email.trim()
  if ((values.recordNumber?.trim() || null) !== patient.recordNumber)
    changes.recordNumber = values.recordNumber?.trim() || null
  if (values.guardian?.name) changes.guardian = values.guardian
  else if (values.guardianEmail?.trim()) changes.guardianEmail = values.guardianEmail.trim()
  if (values.level && values.level !== patient.level) changes.level = values.level
  if (values.source && values.source !== patient.source) changes.source = values.source
  if ((values.called ?? '') !== patient.called) changes.called = values.called ?? ''
  return changes
}
