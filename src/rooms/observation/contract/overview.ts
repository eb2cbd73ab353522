import { z } from 'zod'
import { calendarDate, endpoint, pii } from '../../../platform/contract/index.ts'
import { flag, ofPatient, recordedValue } from './record.ts'

/** How much of the file is filled, and where to go on. */
export const completeness = z.object({
  percent: z.number().int(),
  sections: z.array(
    z.object({
      key: z.string(),
      done: z.boolean(),
      weight: z.number().int(),
      /** What the page opens to fill it: an entry drawer or a tab of the patient's page. */
      fill: z.string(),
    }),
  ),
})
export type Completeness = z.infer<typeof completeness>

export const abnormalItem = z.object({
  code: z.string(),
  name: z.string(),
  value: pii('health', z.number()).nullable(),
  text: pii('health', z.string()).nullable(),
  comparator: z.string().nullable(),
  unitPrinted: z.string(),
  decimals: z.number().int(),
  flag: flag.nullable(),
  /** The value before this one, whatever report it is from. */
  before: z.object({ value: z.number(), at: z.string() }).nullable(),
})

const keyIndicator = z.object({
  code: z.string(),
  name: z.string(),
  because: z.enum(['condition', 'abnormal', 'changed']),
  /** The condition's name, where it is the reason. */
  condition: z.string().nullable(),
  /** One, or systolic and diastolic. */
  lines: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      unitPrinted: z.string(),
      decimals: z.number().int(),
      latest: recordedValue,
      points: z.array(z.object({ at: z.string(), value: z.number(), flag: flag.nullable() })),
      low: z.number().nullable(),
      high: z.number().nullable(),
      /** The interval is ours, not the laboratory's. */
      ours: z.boolean(),
    }),
  ),
})

export const getOverview = endpoint({
  name: 'observation.overview',
  method: 'GET',
  path: '/patients/:patientId/overview',
  summary: 'The first screen of a patient: what changed, what matters, what is missing; one call',
  gate: { permission: 'record.read', audit: { action: 'patient.open', patient: 'patientId' } },
  params: ofPatient,
  output: z.object({
    patient: z.object({
      id: z.string(),
      name: pii('name', z.string()),
      called: z.string(),
      sex: z.string(),
      birthDate: pii('birth-date', calendarDate).nullable(),
      ageYears: z.number().int().nullable(),
      state: z.string(),
      level: z.string(),
      mainWorry: pii('health', z.string()),
      mainWorryAt: z.string().nullable(),
      doctorName: z.string().nullable(),
      managerName: z.string().nullable(),
    }),
    allergies: z.array(
      z.object({ id: z.string(), substance: pii('health', z.string()), reaction: z.string(), severity: z.string() }),
    ),
    noKnownAllergy: z.boolean(),
    conditions: z.array(
      z.object({
        id: z.string(),
        code: z.string(),
        name: pii('health', z.string()),
        clinicalStatus: z.string(),
        onsetOn: z.string().nullable(),
      }),
    ),
    medications: z.array(
      z.object({ id: z.string(), name: pii('health', z.string()), dose: z.string(), startedOn: z.string().nullable() }),
    ),
    procedures: z.array(
      z.object({ id: z.string(), name: pii('health', z.string()), performedOn: z.string().nullable() }),
    ),
    familyHistory: z.array(
      z.object({ id: z.string(), relation: z.string(), conditionName: pii('health', z.string()) }),
    ),
    reports: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        category: z.string(),
        status: z.string(),
        at: z.string(),
        performer: z.string(),
        impression: pii('health', z.string()).nullable(),
        items: z.number().int(),
        abnormalCount: z.number().int(),
        abnormal: z.array(abnormalItem),
      }),
    ),
    indicators: z.array(keyIndicator),
    completeness,
    can: z.object({ write: z.boolean() }),
  }),
})

export const getCompleteness = endpoint({
  name: 'observation.completeness',
  method: 'GET',
  path: '/patients/:patientId/completeness',
  summary: 'How much of the file is filled, what is missing and where to fill it',
  gate: { permission: 'record.read', audit: { action: 'record.completeness', patient: 'patientId' } },
  params: ofPatient,
  output: completeness,
})
