import { z } from 'zod'
import { calendarDate, endpoint, pageOf, pageQuery, patientId, pii, staffId } from '../../../platform/contract/index.ts'
import {
  level,
  newPatient,
  patientChanges,
  patientLine,
  patientView,
  PATIENT_STATES,
  paperKind,
  phoneNumber,
  sex,
  source,
} from './person.ts'

const ofPatient = z.object({ patientId })

/** Filters of the list; each stands in the address of the page. */
export const listPatients = endpoint({
  name: 'patient.list',
  method: 'GET',
  path: '/patients',
  summary: 'The patients one may see, newest first',
  gate: { permission: 'patient.read', audit: { action: 'patient.list' } },
  query: pageQuery.extend({
    level: level.optional(),
    source: source.optional(),
    state: z.enum(PATIENT_STATES).optional(),
    sex: sex.optional(),
    doctorId: z.union([staffId, z.literal('none')]).optional(),
    managerId: z.union([staffId, z.literal('none')]).optional(),
    ageFrom: z.coerce.number().int().min(0).max(130).optional(),
    ageTo: z.coerce.number().int().min(0).max(130).optional(),
    createdFrom: calendarDate.optional(),
    createdTo: calendarDate.optional(),
  }),
  output: pageOf(patientLine),
})

export const searchPatients = endpoint({
  name: 'patient.search',
  method: 'GET',
  path: '/patients/search',
  summary: 'By name, pinyin, initials, record or card number, phone, last four digits of phone or paper',
  gate: { permission: 'patient.read', audit: { action: 'patient.search' } },
  query: z.object({ q: z.string().trim().min(1).max(60), limit: z.coerce.number().int().min(1).max(50).default(12) }),
  output: z.object({ rows: z.array(patientLine) }),
})

export const getPatient = endpoint({
  name: 'patient.get',
  method: 'GET',
  path: '/patients/:patientId',
  summary: 'Who a patient is',
  gate: { permission: 'patient.read', audit: { action: 'patient.open', patient: 'patientId' } },
  params: ofPatient,
  output: patientView,
})

/** A person who may already be known, as far as the reader may see them. */
export const duplicate = z.object({
  because: z.enum(['paper', 'phone-name-birth', 'phone-name', 'name-birth']),
  visible: z.boolean(),
  patient: patientLine.nullable(),
})

export const checkDuplicates = endpoint({
  name: 'patient.checkDuplicates',
  method: 'POST',
  path: '/patients/duplicates',
  summary: 'Who is already known under what is being typed; asked while the form is filled in',
  gate: { permission: 'patient.write', audit: { action: 'patient.check-duplicates' } },
  body: z.object({
    paper: z.object({ kind: paperKind, number: pii('national-id', z.string().max(40)) }).optional(),
    name: z.string().max(200).optional(),
    phone: phoneNumber.optional(),
    birthDate: calendarDate.optional(),
  }),
  output: z.object({ duplicates: z.array(duplicate) }),
})

export const registerNewPatient = endpoint({
  name: 'patient.register',
  method: 'POST',
  path: '/patients',
  summary: 'Make a person known',
  gate: { permission: 'patient.write', audit: { action: 'patient.register' } },
  body: newPatient,
  output: z.object({ patient: patientView, proposals: z.number().int() }),
  problems: [
    'NationalIdWrong',
    'SexContradictsPaper',
    'BirthDateContradictsPaper',
    'GuardianNeeded',
    'PatientExists',
    'PatientExistsElsewhere',
  ],
})

export const changePatient = endpoint({
  name: 'patient.change',
  method: 'PATCH',
  path: '/patients/:patientId',
  summary: 'Change identity, contact, level or preferences',
  gate: { permission: 'patient.write', audit: { action: 'patient.change', patient: 'patientId' } },
  params: ofPatient,
  body: z.object({ version: z.number().int(), changes: patientChanges }),
  output: patientView,
  problems: ['ChangedMeanwhile', 'PatientMerged'],
})

export const setMainWorry = endpoint({
  name: 'patient.setMainWorry',
  method: 'PUT',
  path: '/patients/:patientId/main-worry',
  summary: 'What the patient worries about most (S0-26)',
  gate: { permission: 'record.write', audit: { action: 'patient.worry', patient: 'patientId' } },
  params: ofPatient,
  body: z.object({ text: pii('health', z.string().trim().max(500)) }),
  output: patientView,
})

export const markDeceased = endpoint({
  name: 'patient.markDeceased',
  method: 'POST',
  path: '/patients/:patientId/death',
  summary: 'Enter a death: everything that would still be sent or asked stops',
  gate: { permission: 'patient.write', audit: { action: 'patient.deceased', patient: 'patientId' } },
  params: ofPatient,
  body: z.object({ deceasedOn: calendarDate }),
  output: patientView,
  problems: ['AlreadyDeceased', 'DeathDateWrong'],
})

export const correctDeath = endpoint({
  name: 'patient.correctDeath',
  method: 'POST',
  path: '/patients/:patientId/death/correction',
  summary: 'The death was entered by mistake',
  gate: { permission: 'patient.write', audit: { action: 'patient.death-corrected', patient: 'patientId' } },
  params: ofPatient,
  body: z.object({ reason: z.string().trim().min(2).max(300) }),
  output: patientView,
  problems: ['NotDeceased'],
})

export const UNMASKABLE = ['paper', 'phone', 'email', 'guardian-phone', 'guardian-email'] as const

/** A POST, so that no browser or page ever fetches it ahead of a click. */
export const unmask = endpoint({
  name: 'patient.unmask',
  method: 'POST',
  path: '/patients/:patientId/unmask',
  summary: 'Show one value in full; each time leaves a line in the audit log',
  gate: { permission: 'patient.unmask', audit: { action: 'patient.unmask', patient: 'patientId' } },
  params: ofPatient,
  body: z.object({ field: z.enum(UNMASKABLE) }),
  output: z.object({ field: z.enum(UNMASKABLE), value: z.string() }),
  problems: ['NothingToUnmask'],
})

export const patientHistory = endpoint({
  name: 'patient.history',
  method: 'GET',
  path: '/patients/:patientId/history',
  summary: 'What was changed about a person, by whom; newest first',
  gate: { permission: 'patient.read', audit: { action: 'patient.history', patient: 'patientId' } },
  params: ofPatient,
  output: z.object({
    rows: z.array(
      z.object({
        id: z.string(),
        kind: z.string(),
        fields: z.array(z.string()),
        text: z.string(),
        by: z.string(),
        at: z.string(),
      }),
    ),
  }),
})
