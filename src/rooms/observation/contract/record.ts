import { z } from 'zod'
import { calendarDate, id, patientId, pii } from '../../../platform/contract/index.ts'

/** Words that the contracts of the record share. Health data are marked, so that no log or export shows them. */
export const ofPatient = z.object({ patientId })
export const factId = id('fact')
export const reportId = id('report')

export const FLAGS = ['N', 'L', 'H', 'LL', 'HH', 'A'] as const
export const flag = z.enum(FLAGS)
export type Flag = z.infer<typeof flag>

/** Why a fact stands no longer; `withdrawn`: nothing stands in its place. */
export const ended = z.object({
  at: z.string(),
  by: z.string(),
  because: z.string(),
  withdrawn: z.boolean(),
  /** What stands in its place. */
  replacedBy: z.string(),
})

/** One value as it stands in the record, with where it is from. */
export const recordedValue = z.object({
  id: z.string(),
  code: z.string(),
  /** In the reader's language. */
  name: z.string(),
  at: z.string(),
  value: pii('health', z.number()).nullable(),
  text: pii('health', z.string()).nullable(),
  comparator: z.enum(['<', '<=', '>', '>=']).nullable(),
  /** What was printed behind the number: `4.15+`, `7.75轻度乳糜`. */
  remark: pii('health', z.string()).nullable(),
  /** UCUM; `unitPrinted` is how people write it. */
  unit: z.string().nullable(),
  unitPrinted: z.string(),
  decimals: z.number().int(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  rangeText: z.string().nullable(),
  flag: flag.nullable(),
  method: z.string().nullable(),
  source: z.string(),
  by: z.string().nullable(),
  reportId: z.string().nullable(),
  /** What the laboratory sent where it differs: shown beside the converted value. */
  original: z
    .object({
      value: z.string().nullable(),
      unit: z.string().nullable(),
      name: z.string().nullable(),
      code: z.string().nullable(),
    })
    .nullable(),
  /** The values it was worked out from. */
  derivedFrom: z.array(z.string()),
  ended: ended.nullable(),
})
export type RecordedValue = z.infer<typeof recordedValue>

export const reason = z.string().trim().min(2).max(300)

const origin = {
  id: z.string(),
  source: z.string(),
  by: z.string().nullable(),
  recordedAt: z.string(),
  ended: ended.nullable(),
}

const note = pii('free-text', z.string().trim().max(1000)).default('')
const name = (most: number) => pii('health', z.string().trim().min(1).max(most))

export const conditionFact = z.object({
  code: z.string().trim().max(20).default(''),
  name: name(120),
  clinicalStatus: z.enum(['active', 'remission', 'resolved']).default('active'),
  onsetOn: calendarDate.nullish(),
  abatedOn: calendarDate.nullish(),
  note,
})
export const procedureFact = z.object({
  code: z.string().trim().max(20).default(''),
  name: name(120),
  kind: z.enum(['surgery', 'endoscopy', 'other']).default('other'),
  performedOn: calendarDate.nullish(),
  note,
})
export const ENCOUNTER_CLASSES = ['outpatient', 'inpatient', 'emergency', 'health-check', 'home', 'online'] as const
export const encounterFact = z.object({
  class: z.enum(ENCOUNTER_CLASSES),
  title: pii('health', z.string().trim().max(120)).default(''),
  startedAt: z.iso.datetime({ offset: true }),
  endedAt: z.iso.datetime({ offset: true }).nullish(),
  department: z.string().trim().max(60).default(''),
  note,
})
export const medicationFact = z.object({
  code: z.string().trim().max(40).default(''),
  name: name(120),
  dose: pii('health', z.string().trim().max(120)).default(''),
  startedOn: calendarDate.nullish(),
  endedOn: calendarDate.nullish(),
  note,
})
export const allergyFact = z.object({
  substance: name(80),
  reaction: pii('health', z.string().trim().max(200)).default(''),
  severity: z.enum(['mild', 'moderate', 'severe', 'unknown']).default('unknown'),
  notedOn: calendarDate.nullish(),
})
export const RELATIONS = ['father', 'mother', 'sibling', 'child', 'grandparent', 'other'] as const
export const familyHistoryFact = z.object({
  relation: z.enum(RELATIONS),
  conditionCode: z.string().trim().max(20).default(''),
  conditionName: name(120),
  onsetAge: z.number().int().min(0).max(120).nullish(),
})
export const ABSENCES = ['condition', 'procedure', 'medication', 'allergy', 'family-history'] as const
export const absenceFact = z.object({ about: z.enum(ABSENCES) })

/** A fact of any kind, as it is entered. */
export const newFact = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('condition'), fact: conditionFact }),
  z.object({ kind: z.literal('procedure'), fact: procedureFact }),
  z.object({ kind: z.literal('encounter'), fact: encounterFact }),
  z.object({ kind: z.literal('medication'), fact: medicationFact }),
  z.object({ kind: z.literal('allergy'), fact: allergyFact }),
  z.object({ kind: z.literal('family-history'), fact: familyHistoryFact }),
  z.object({ kind: z.literal('absence'), fact: absenceFact }),
])
export type NewFactInput = z.infer<typeof newFact>
export const FACT_KINDS = [
  'condition',
  'procedure',
  'encounter',
  'medication',
  'allergy',
  'family-history',
  'absence',
] as const
export const factKind = z.enum(FACT_KINDS)
export type FactKind = z.infer<typeof factKind>

/** Facts of each kind as they stand, those that ended among them. */
export const factLists = z.object({
  condition: z.array(conditionFact.extend(origin)),
  procedure: z.array(procedureFact.extend(origin)),
  encounter: z.array(encounterFact.extend(origin)),
  medication: z.array(medicationFact.extend(origin)),
  allergy: z.array(allergyFact.extend(origin)),
  'family-history': z.array(familyHistoryFact.extend(origin)),
  absence: z.array(absenceFact.extend(origin)),
})
export type FactLists = z.infer<typeof factLists>
