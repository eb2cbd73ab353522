import { z } from 'zod'
import { bilingual, calendarDate, id, instant, patientId, pii } from '../../../platform/contract/index.ts'
import { sex } from '../../patient/contract/person.ts'

export const ORGANS = ['lung', 'breast', 'thyroid'] as const
export const SIDES = ['left', 'right', 'middle', 'unknown'] as const
export const MODALITIES = ['ct', 'ldct', 'ultrasound', 'mammography', 'mri', 'other'] as const
/** Whose categories they are. "TI-RADS 4" without its system says nothing: the ACR's, C- and Kwak's differ. */
export const SYSTEMS = [
  'lung-rads-2022',
  'c-lung-rads',
  'fleischner-2017',
  'lung-consensus',
  'bi-rads',
  'acr-tirads',
  'c-tirads',
] as const
/** What an open nodule waits for beside or instead of its recheck. */
export const WAITING = ['grade', 'setting', 'interval'] as const
/** What the care for a nodule ends with; time is not among them. */
export const RESULTS = [
  'operated',
  'benign-pathology',
  'in-treatment',
  'resolved',
  'completed',
  'elsewhere',
  'declined',
  'entered-in-error',
] as const
/** A physician decides these; the others are facts that whoever learns of them enters. */
export const DOCTOR_RESULTS = ['completed', 'resolved'] as const

export const noduleId = id('nodule')
export const scanId = id('nodule scan')
export type NoduleId = z.output<typeof noduleId>
export const organ = z.enum(ORGANS)
export const system = z.enum(SYSTEMS)
export type Organ = (typeof ORGANS)[number]
export type Side = (typeof SIDES)[number]
export type Modality = (typeof MODALITIES)[number]
export type System = (typeof SYSTEMS)[number]
export type Waiting = (typeof WAITING)[number]
export type Result = (typeof RESULTS)[number]

export const feature = z.union([z.string().max(40), z.number(), z.boolean(), z.array(z.string().max(40)).max(8)])
export type Features = Record<string, z.output<typeof feature>>

/** Beyond these a size is asked about, as it may be in centimetres; an assumption of ours. */
export const SIZE_ASKED = { belowMm: 2, aboveMm: 80 } as const
const mm = z.number().min(0.1).max(300).nullable()
/** How the radiologist's own words read: an interval from the scan, or a day. It comes before any guideline. */
export const radiologist = z.object({
  months: z.number().int().min(0).max(60).nullable().default(null),
  on: calendarDate.nullable().default(null),
  words: pii('free-text', z.string().trim().max(300)).default(''),
})

/** One look at a nodule, as the report describes it. Sizes in mm. */
export const scanBody = z.object({
  on: calendarDate,
  modality: z.enum(MODALITIES),
  reportId: z.uuid().nullable().default(null),
  facility: z.string().trim().max(80).default(''),
  /** It was looked for and is not seen any more. */
  gone: z.boolean().default(false),
  longMm: mm.default(null),
  shortMm: mm.default(null),
  depthMm: mm.default(null),
  /** Somebody has looked again: it is so small, or so large, in millimetres. */
  sizeChecked: z.boolean().default(false),
  solidMm: z.number().min(0).max(300).nullable().default(null),
  features: z.record(z.string().max(40), feature).default({}),
  /** The words of the report, kept as they are. */
  reportText: pii('free-text', z.string().trim().max(2000)).default(''),
  /** The category that the report names; without a system where the report names none. */
  reported: z
    .object({ system: system.nullable(), category: z.string().trim().min(1).max(40), raw: z.string().trim().max(120) })
    .nullable()
    .default(null),
  radiologist: radiologist.nullable().default(null),
})
export type ScanBody = z.output<typeof scanBody>

export const GRADE_SOURCES = ['report', 'instrument', 'physician'] as const

export const gradeView = z.object({
  id: z.string(),
  kind: z.enum(['category', 'probability']),
  /** `proposed` until a physician has settled it. */
  state: z.enum(['proposed', 'settled']),
  source: z.enum(GRADE_SOURCES),
  system: z.string().nullable(),
  systemName: z.string(),
  category: pii('health', z.string()),
  /** What the band of the category means, in plain words. */
  title: bilingual.nullable(),
  tone: z.enum(['good', 'watch', 'act', 'urgent']).nullable(),
  /** Percent, of a probability. */
  pct: z.number().nullable(),
  raw: z.string(),
  instrumentVersion: z.string().nullable(),
  caveats: z.array(bilingual),
  because: pii('free-text', z.string()),
  byName: z.string(),
  at: instant,
  /** A later one stands in its place. */
  superseded: z.boolean(),
})
export type GradeView = z.output<typeof gradeView>

/** A scan against the one before it. Below the error of measuring nothing is called growth. */
export const growthView = z.object({
  days: z.number().int(),
  changeMm: z.number(),
  /** Of the solid part, where both scans have measured one. */
  solidChangeMm: z.number().nullable(),
  changePct: z.number(),
  volumePct: z.number().nullable(),
  verdict: z.enum(['within-error', 'larger', 'smaller']),
  errorMm: z.number(),
  /** Volume doubling time; the span is what an error of measuring leaves open, `toDays` null: no upper end. */
  doubling: z
    .object({ days: z.number().int(), fromDays: z.number().int(), toDays: z.number().int().nullable() })
    .nullable(),
  /** The growth rule of the guideline, by its key; null where it names none. */
  criterion: z.object({ key: z.string(), met: z.boolean() }).nullable(),
})
export type GrowthView = z.output<typeof growthView>

export const scanView = scanBody.omit({ reported: true, sizeChecked: true }).extend({
  id: scanId,
  meanMm: z.number().nullable(),
  volumeMm3: z.number().nullable(),
  reportTitle: z.string().nullable(),
  byName: z.string(),
  at: instant,
  correctsId: z.string().nullable(),
  ended: z.object({ kind: z.enum(['corrected', 'withdrawn']), because: z.string() }).nullable(),
  grades: z.array(gradeView),
  /** Why the instrument proposes no category for this scan, in words. */
  refusal: bilingual.nullable(),
  growth: growthView.nullable(),
})
export type ScanView = z.output<typeof scanView>

export const recheckView = z.object({
  kind: z.enum(['recheck', 'refer']),
  source: z.enum(['radiologist', 'guideline', 'physician']),
  /** Of the guideline, with the version of the clinic's setting. */
  guideline: bilingual.nullable(),
  settingVersion: z.number().int().nullable(),
  anchorOn: calendarDate,
  months: z.number().nullable(),
  fromOn: calendarDate,
  dueOn: calendarDate,
  words: z.string(),
  byName: z.string(),
  state: z.enum(['open', 'met', 'replaced', 'ended']),
})

export const talkView = z.object({
  id: z.string(),
  worries: z.array(z.object({ code: z.string(), label: bilingual, words: pii('free-text', z.string()) })),
  cardCode: z.string().nullable(),
  taughtBack: z.boolean(),
  theirWords: pii('free-text', z.string()),
  note: pii('free-text', z.string()),
  byName: z.string(),
  at: instant,
})

export const ACTS = ['add-scan', 'grade', 'set-interval', 'close', 'reopen', 'talk', 'correct'] as const

export const noduleLine = z.object({
  id: noduleId,
  organ,
  side: z.enum(SIDES),
  place: pii('health', z.string()),
  state: z.enum(['open', 'closed']),
  waiting: z.enum(WAITING).nullable(),
  lastScanOn: calendarDate,
  longMm: z.number().nullable(),
  /** The category that stands, settled; else the proposal. */
  grade: gradeView.pick({ state: true, source: true, systemName: true, category: true, tone: true }).nullable(),
  fromOn: calendarDate.nullable(),
  dueOn: calendarDate.nullable(),
  recheckKind: z.enum(['recheck', 'refer']).nullable(),
  closedAt: instant.nullable(),
  result: z.enum(RESULTS).nullable(),
  patient: z.object({
    id: patientId,
    name: pii('name', z.string()),
    sex,
    ageYears: z.number().int().nullable(),
    managerName: z.string().nullable(),
  }),
})
export type NoduleLine = z.output<typeof noduleLine>

export const noduleView = noduleLine.extend({
  version: z.number().int(),
  /** Newest first; corrected and withdrawn ones stay, marked. */
  scans: z.array(scanView),
  rechecks: z.array(recheckView),
  talks: z.array(talkView),
  /** Of the category that is settled. */
  cardCode: z.string().nullable(),
  closing: z.object({ byName: z.string(), text: pii('free-text', z.string()), on: calendarDate.nullable() }).nullable(),
  events: z.array(
    z.object({ version: z.number().int(), kind: z.string(), note: z.string(), byName: z.string(), at: instant }),
  ),
  can: z.array(z.enum(ACTS)),
  results: z.array(z.enum(RESULTS)),
})
export type NoduleView = z.output<typeof noduleView>
