import { z } from 'zod'
import { calendarDate, id, locale, patientId, pii, staffId } from '../../../platform/contract/index.ts'
import { isName, tidyName } from './person-name.ts'
import { readPhone } from './phone.ts'

export const SEXES = ['male', 'female', 'other', 'unknown'] as const
export const LEVELS = ['standard', 'silver', 'gold', 'corporate'] as const
export const SOURCES = [
  'walk-in',
  'outpatient',
  'health-check',
  'corporate',
  'referral',
  'online',
  'import',
  'interface',
] as const
export const PAPER_KINDS = [
  'national-id',
  'passport',
  'hk-macau-permit',
  'taiwan-permit',
  'foreign-permanent',
  'military',
  'other',
] as const
export const PATIENT_STATES = ['active', 'deceased', 'merged'] as const
export const RELATIONS = ['father', 'mother', 'grandparent', 'other-guardian'] as const

export const sex = z.enum(SEXES)
export const level = z.enum(LEVELS)
export const source = z.enum(SOURCES)
export const paperKind = z.enum(PAPER_KINDS)
export type Sex = z.infer<typeof sex>
export type Level = z.infer<typeof level>
export type Source = z.infer<typeof source>
export type PaperKind = z.infer<typeof paperKind>

/** Children under this age are looked after together with a guardian (未成年人网络保护条例, PIPL §31). */
export const GUARDIAN_UNDER_YEARS = 14

export const personName = pii('name', z.string().min(1).max(200).transform(tidyName).refine(isName, 'personName'))
export const phoneNumber = pii(
  'phone',
  z
    .string()
    .max(40)
    .transform((text, check) => {
      const phone = readPhone(text)
      if (!phone) check.addIssue({ code: 'custom', message: 'phone' })
      return phone?.number ?? ''
    }),
)

/** An identity paper. Only the national identity number can be checked by itself. */
export const paper = z.object({ kind: paperKind, number: pii('national-id', z.string().trim().min(1).max(40)) })
export type Paper = z.infer<typeof paper>

const emailAddress = pii('email', z.email().max(200))

/** Whoever answers for a child under 14, and where they are reached: what is for the child goes there and nowhere else. */
export const guardian = z.object({
  relation: z.enum(RELATIONS),
  name: personName,
  phone: phoneNumber,
  email: emailAddress.optional(),
})

/** A record number as it is kept and compared: half-width capitals without blanks. */
export function tidyRecordNumber(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, '').toUpperCase()
}
export const recordNumber = z
  .string()
  .max(60)
  .transform(tidyRecordNumber)
  .refine((text) => /^[\p{L}\p{N}_./-]{1,40}$/u.test(text), 'recordNumber')

/** S0-28. Religion is kept only where the person agreed to that alone. */
export const preferences = z
  .object({
    dialect: z.string().trim().max(60).default(''),
    leaveAlone: pii('free-text', z.string().trim().max(300)).default(''),
    goodHours: z.string().trim().max(120).default(''),
    religion: pii('free-text', z.string().trim().max(60)).default(''),
    religionConsent: z.boolean().default(false),
  })
  .refine((p) => p.religion === '' || p.religionConsent, { path: ['religion'], message: 'needsConsent' })
export type Preferences = z.infer<typeof preferences>
/**
 * As they are kept. `goodHoursNoted`: what staff have written down of the good hours, set aside by a choice of the person's
 * own; empty where no words of theirs stand behind it.
 */
export type KeptPreferences = Preferences & { goodHoursNoted: string }

const identity = {
  name: personName,
  sex: sex.optional(),
  birthDate: pii('birth-date', calendarDate).optional(),
  paper: paper.optional(),
  phone: phoneNumber.optional(),
  email: emailAddress.optional(),
  recordNumber: recordNumber.optional(),
  guardian: guardian.optional(),
}

/** What is asked when a person becomes known. Sex and birth date may be left to the identity number. */
export const newPatient = z.object({
  ...identity,
  level: level.default('standard'),
  source: source.default('walk-in'),
  called: z.string().trim().max(40).default(''),
  locale: locale.default('zh-CN'),
})
export type NewPatient = z.input<typeof newPatient>
export type CheckedPatient = z.output<typeof newPatient>

/** A change names the fields it changes; null empties one. */
export const patientChanges = z.object({
  name: identity.name.optional(),
  sex: sex.optional(),
  birthDate: pii('birth-date', calendarDate).nullable().optional(),
  paper: paper.nullable().optional(),
  phone: phoneNumber.nullable().optional(),
  email: emailAddress.nullable().optional(),
  recordNumber: recordNumber.nullable().optional(),
  guardian: guardian.nullable().optional(),
  /** Of the guardian who stands. */
  guardianEmail: emailAddress.nullable().optional(),
  level: level.optional(),
  source: source.optional(),
  called: z.string().trim().max(40).optional(),
  locale: locale.optional(),
  preferences: preferences.optional(),
})
export type PatientChanges = z.output<typeof patientChanges>

export const carer = z.object({ id: staffId, name: z.string() }).nullable()

/** A person in a list: everything to recognise them by, nothing that could be misused. */
export const patientLine = z.object({
  id: patientId,
  name: pii('name', z.string()),
  called: z.string(),
  sex,
  birthDate: pii('birth-date', calendarDate).nullable(),
  ageYears: z.number().int().nullable(),
  phoneMasked: z.string().nullable(),
  recordNumber: z.string().nullable(),
  level,
  source,
  state: z.enum(PATIENT_STATES),
  doctor: carer,
  manager: carer,
  counsellor: carer,
  createdAt: z.string(),
})
export type PatientLine = z.infer<typeof patientLine>

export const patientView = patientLine.extend({
  paper: z.object({ kind: paperKind, masked: z.string() }).nullable(),
  emailMasked: z.string().nullable(),
  guardian: z
    .object({
      relation: z.enum(RELATIONS),
      name: pii('name', z.string()),
      phoneMasked: z.string(),
      emailMasked: z.string().nullable(),
    })
    .nullable(),
  preferences: z.object({
    dialect: z.string(),
    leaveAlone: z.string(),
    goodHours: z.string(),
    goodHoursNoted: z.string(),
    religion: z.string(),
    religionConsent: z.boolean(),
  }),
  locale,
  /** Null for whoever may not read the record. */
  mainWorry: z
    .object({ text: pii('health', z.string()), at: z.string().nullable(), by: z.string().nullable() })
    .nullable(),
  deceasedOn: calendarDate.nullable(),
  mergedInto: patientId.nullable(),
  version: z.number().int(),
  openProposals: z.number().int(),
  can: z.object({ write: z.boolean(), worry: z.boolean(), unmask: z.boolean(), merge: z.boolean() }),
})
export type PatientView = z.infer<typeof patientView>

export const proposalId = id('merge-proposal')
export const mergeId = id('patient-merge')
export const importId = id('patient-import')
