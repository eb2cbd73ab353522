import { z } from 'zod'
import { calendarDate, endpoint, pii } from '../../../platform/contract/index.ts'
import {
  BONE_AGE_METHODS,
  boneAgeId,
  MEASURED_BY,
  MEASURES,
  measured,
  measurementId,
  ofPatient,
  POSITIONS,
  question,
  QUESTIONS,
  reason,
  referenceName,
  SIGNS,
} from './words.ts'

const position = z.enum(POSITIONS)

export const growthPoint = z.object({
  /** Of the observation; a body mass index worked out here has none. */
  id: z.string().nullable(),
  on: calendarDate,
  value: pii('health', z.number()),
  position: position.nullable(),
  /** With decimals, by the calendar. */
  ageYears: z.number(),
  /** Below two years, for a child born early: by this age it was placed. */
  correctedYears: z.number().nullable(),
  z: z.number().nullable(),
  percentile: z.number().nullable(),
  /** Of a reference that has printed percentiles only. */
  between: z.object({ from: z.number().nullable(), to: z.number().nullable() }).nullable(),
  /** `code@version`, with every value; null where it was not placed. */
  reference: z.string().nullable(),
  refused: z.enum(['age-not-in-reference', 'no-table', 'printed-ages-only']).nullable(),
  caveats: z.array(z.string()),
  source: z.string(),
})
export type GrowthPoint = z.infer<typeof growthPoint>

export const measureCourse = z.object({
  measure: z.enum(MEASURES),
  points: z.array(growthPoint),
  lines: z
    .object({
      percentiles: z.array(z.number()),
      points: z.array(z.object({ years: z.number(), values: z.array(z.number()) })),
    })
    .nullable(),
})
export type MeasureCourse = z.infer<typeof measureCourse>

export const velocityView = z.object({
  from: calendarDate,
  to: calendarDate,
  days: z.number().int(),
  cmPerYear: z.number(),
  plusMinus: z.number(),
  short: z.boolean(),
})
export type VelocityView = z.infer<typeof velocityView>

export const targetView = z.object({
  targetCm: pii('health', z.number()),
  lowCm: pii('health', z.number()),
  highCm: pii('health', z.number()),
})

export const boneAgeView = z.object({
  id: boneAgeId,
  filmOn: calendarDate,
  boneYears: pii('health', z.number()),
  ageYears: z.number(),
  method: z.enum(BONE_AGE_METHODS),
  reader: z.string(),
  note: pii('free-text', z.string()),
  by: z.string(),
})
export type BoneAgeView = z.infer<typeof boneAgeView>

export const profileView = z.object({
  fatherCm: z.number().nullable(),
  motherCm: z.number().nullable(),
  /** Whether the parents were measured; what is told is often a few centimetres too tall. */
  parentsMeasured: z.boolean(),
  gestationWeeks: z.number().int().nullable(),
  /** `code` of the reference that this child is shown by. */
  reference: z.string(),
  version: z.number().int(),
})
export type ProfileView = z.infer<typeof profileView>

export const signView = z.object({
  code: z.enum(SIGNS),
  values: z.record(z.string(), z.union([z.number(), z.string()])),
})
export type SignView = z.infer<typeof signView>

export const growthCourse = z.object({
  child: z.object({
    name: pii('name', z.string()),
    sex: z.enum(['male', 'female', 'other', 'unknown']),
    birthDate: pii('birth-date', calendarDate).nullable(),
    ageYears: z.number().nullable(),
  }),
  /** Why nothing can be placed. */
  refused: z.enum(['birth-date-unknown', 'sex-unknown']).nullable(),
  reference: referenceName,
  /** What may be chosen: shipped, or imported and confirmed. */
  references: z.array(referenceName),
  measures: z.array(measureCourse),
  velocities: z.array(velocityView),
  latestVelocity: velocityView.nullable(),
  target: targetView.nullable(),
  boneAges: z.array(boneAgeView),
  /** Worth a doctor's look; for staff alone, never sent to a family by itself (R15). */
  signs: z.array(signView),
  profile: profileView,
  can: z.object({ write: z.boolean() }),
})
export type GrowthCourse = z.infer<typeof growthCourse>

export const getCourse = endpoint({
  name: 'growth.course',
  method: 'GET',
  path: '/patients/:patientId/growth',
  summary: 'A child’s growth: every measurement with its place in a named reference, speed, target height, bone age',
  gate: { permission: 'growth.read', audit: { action: 'growth.open', patient: 'patientId' } },
  params: ofPatient,
  output: growthCourse,
})

const moment = {
  measuredOn: calendarDate,
  heightCm: measured.heightCm.nullish(),
  /** How the length or height was measured: by age where nothing is said. */
  position: position.nullish(),
  weightKg: measured.weightKg.nullish(),
  headCm: measured.headCm.nullish(),
  measuredBy: z.enum(MEASURED_BY).default('here'),
  /** Questions that were asked and answered: the number is right. */
  confirmed: z.array(z.enum(QUESTIONS)).max(20).default([]),
}

/** Either it was kept, or there are questions and nothing was. */
const kept = z.object({ saved: z.boolean(), ids: z.array(z.string()), questions: z.array(question) })
export type Kept = z.infer<typeof kept>

export const addMeasurement = endpoint({
  name: 'growth.addMeasurement',
  method: 'POST',
  path: '/patients/:patientId/growth/measurements',
  summary: 'Enter what was measured on a day; where a number is strange it is asked about, and nothing is kept yet',
  gate: { permission: 'growth.write', audit: { action: 'growth.measure', patient: 'patientId' } },
  params: ofPatient,
  body: z.object(moment),
  output: kept,
  problems: ['NothingMeasured', 'MeasuredInFuture', 'MeasuredBeforeBirth', 'GrowthBirthDateWanted'],
})

export const correctMeasurement = endpoint({
  name: 'growth.correctMeasurement',
  method: 'POST',
  path: '/patients/:patientId/growth/measurements/:measurementId/correction',
  summary: 'Put a corrected value in place of one; the former stays to be seen, the body mass index follows',
  gate: {
    permission: 'growth.write',
    audit: { action: 'growth.correct', patient: 'patientId', subject: 'measurementId' },
  },
  params: ofPatient.extend({ measurementId }),
  body: z.object({
    value: pii('health', z.number().min(0.2).max(200_000)),
    measuredOn: calendarDate,
    position: position.nullish(),
    confirmed: z.array(z.enum(QUESTIONS)).max(20).default([]),
    because: reason,
  }),
  output: kept,
  problems: [
    'MeasurementUnknown',
    'FactEndedAlready',
    'MeasuredInFuture',
    'MeasuredBeforeBirth',
    'GrowthBirthDateWanted',
  ],
})

export const retractMeasurement = endpoint({
  name: 'growth.retractMeasurement',
  method: 'POST',
  path: '/patients/:patientId/growth/measurements/:measurementId/retraction',
  summary: 'Withdraw a value that should not have been entered; it stays to be seen',
  gate: {
    permission: 'growth.write',
    audit: { action: 'growth.retract', patient: 'patientId', subject: 'measurementId' },
  },
  params: ofPatient.extend({ measurementId }),
  body: z.object({ because: reason }),
  output: z.object({ retracted: z.boolean() }),
  problems: ['MeasurementUnknown', 'FactEndedAlready'],
})

export const saveProfile = endpoint({
  name: 'growth.saveProfile',
  method: 'PUT',
  path: '/patients/:patientId/growth/profile',
  summary: 'Parents’ heights, weeks of pregnancy, and which reference the child is shown by',
  gate: { permission: 'growth.write', audit: { action: 'growth.profile', patient: 'patientId' } },
  params: ofPatient,
  body: z.object({
    fatherCm: pii('health', z.number().min(130).max(230)).nullable(),
    motherCm: pii('health', z.number().min(120).max(220)).nullable(),
    parentsMeasured: z.boolean(),
    gestationWeeks: z.number().int().min(22).max(44).nullable(),
    reference: z.string().max(60),
    /** Of the profile that was opened; 0 where there was none. */
    version: z.number().int().min(0),
  }),
  output: profileView,
  problems: ['ChangedMeanwhile', 'ReferenceUnknown'],
})

const boneAge = {
  filmOn: calendarDate,
  boneYears: pii('health', z.number().min(0).max(20)),
  method: z.enum(BONE_AGE_METHODS),
  reader: z.string().trim().min(1).max(60),
  note: pii('free-text', z.string().trim().max(300)).default(''),
}

export const addBoneAge = endpoint({
  name: 'growth.addBoneAge',
  method: 'POST',
  path: '/patients/:patientId/growth/bone-ages',
  summary: 'Enter a bone age as it was read: film, method, reader; with `corrects` in place of one that was wrong',
  gate: { permission: 'growth.write', audit: { action: 'growth.bone-age', patient: 'patientId' } },
  params: ofPatient,
  body: z.object({ ...boneAge, corrects: boneAgeId.nullish() }),
  output: boneAgeView,
  problems: ['MeasuredInFuture', 'MeasuredBeforeBirth', 'GrowthBirthDateWanted', 'ChangedMeanwhile'],
})
