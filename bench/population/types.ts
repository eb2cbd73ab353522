/**
 * What the generator gives: plain objects, dates as `YYYY-MM-DD`, instants as ISO 8601 with +08:00, values in the
 * UCUM units of `items.ts`. No identifier here is that of a real person.
 */
export type Sex = 'male' | 'female'

export type MemberLevel = 'standard' | 'silver' | 'gold' | 'corporate'
export type MemberSource = 'health-check' | 'outpatient' | 'referral' | 'corporate' | 'online'
export type CardState = 'pending' | 'activated' | 'frozen' | 'closed'
export type MaritalStatus = 'unmarried' | 'married' | 'divorced' | 'widowed'
export type Adherence = 'regular' | 'irregular' | 'none'

/** What the other person is to this one: `parent` = "my parent". */
export type Relation = 'spouse' | 'parent' | 'child'
export type FamilyLink = { relation: Relation; index: number }
export type Family = { householdId: number; links: FamilyLink[] }

/** Who answers for a member under 18. */
export type Guardian = { index: number; name: string; relation: 'father' | 'mother'; phone: string }

export type Allergy = { substance: string; reaction: string; severity: 'mild' | 'severe' }
export type FamilyHistory = { relative: string; disease: string }

export type Person = {
  name: string
  sex: Sex
  birthOn: string
  /** Completed years on `today`, or on the day of death. */
  ageYears: number
  deceasedOn: string | null
  ethnicity: string
  /** GB 11643, valid checksum; null for the few who did not give it. */
  idNumber: string | null
  regionCode: string
  city: string
  district: string
  phone: string
  email: string | null
  occupation: string
  education: string
  maritalStatus: MaritalStatus
  bloodType: string
  level: MemberLevel
  source: MemberSource
  cardNumber: string
  cardState: CardState
  cardOpenedOn: string
  cardActivatedOn: string | null
  smoking: 'never' | 'former' | 'current'
  drinking: 'never' | 'occasional' | 'regular'
  exercisePerWeek: number
  allergies: Allergy[]
  familyHistory: FamilyHistory[]
  guardian: Guardian | null
  /** 患者最担心的事, in the patient's own words; null when nobody asked yet. */
  worry: string | null
}

export type Flag = 'N' | 'H' | 'L' | 'A'

export type Observation = {
  code: string
  /** Null for an ordinal result (urine strips), whose word is in `text`. */
  value: number | null
  text: string | null
  unit: string
  /** The range this laboratory prints for this sex and age; `range` is its printed form, '' when none is printed. */
  low: number | null
  high: number | null
  range: string
  flag: Flag
}

export type ImagingReport = {
  kind: 'thyroid-ultrasound' | 'abdominal-ultrasound' | 'breast-ultrasound' | 'chest-ct'
  name: string
  findings: string
  impression: string
  grade: string | null
}

export type Checkup = {
  number: string
  on: string
  takenAt: string
  reportedOn: string
  laboratory: string
  package: string
  fasting: boolean
  observations: Observation[]
  imaging: ImagingReport[]
}

export type Visit = {
  number: string
  on: string
  takenAt: string
  department: string
  conditionCode: string
  medicationTaking: Adherence
  outcome: 'controlled' | 'uncontrolled'
  observations: Observation[]
}

export type Condition = {
  /** ICD-10 */
  code: string
  name: string
  recordedOn: string
  status: 'active' | 'resolved'
  resolvedOn: string | null
}

export type Medication = {
  name: string
  dose: string
  forCode: string
  startOn: string
  adherence: Adherence
}

export type Procedure = { /** ICD-9-CM-3 */ code: string; name: string; on: string; forCode: string }

export type Admission = {
  number: string
  admittedOn: string
  /** Null while the patient is still in the ward. */
  dischargedOn: string | null
  department: string
  reason: string
}

export type Member = {
  index: number
  /** 病历号 */
  recordNumber: string
  person: Person
  family: Family
  checkups: Checkup[]
  visits: Visit[]
  conditions: Condition[]
  medications: Medication[]
  procedures: Procedure[]
  admissions: Admission[]
}

export type HistoryOptions = {
  /** How many years of check-ups and visits to look back. */
  years: number
  /** `YYYY-MM-DD`; nothing is dated after it. */
  today: string
  /**
   * `lifelike` (default): gaps, three packages, imaging for some. `uniform`: every member one check-up of the same 20
   * items in every year and no imaging, so that observations = members × years × 20 exactly.
   */
  shape?: 'lifelike' | 'uniform'
}

export type PopulationOptions = HistoryOptions & {
  /** Any 32-bit integer. */
  seed: number
  /** How many members to yield. */
  count: number
  /** Index of the first; workers generate slices of one population with it. Default 0. */
  from?: number
}
