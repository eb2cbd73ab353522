import { z } from 'zod'
import { calendarDate, id, instant, patientId, pii, staffId } from '../../../platform/contract/index.ts'

/** What came of the way: somebody was seen, nobody was there, or nobody was let in. A way in vain is a visit as well. */
export const OUTCOMES = ['seen', 'not-home', 'not-let-in'] as const
/** Where: the place of last time, confirmed again; another; or none, where somebody was not met at an address. */
export const PLACES = ['known', 'other'] as const
/** Who was there. */
export const PRESENT = [
  'person',
  'spouse',
  'child',
  'parent',
  'other-family',
  'carer',
  'neighbour',
  'colleague',
] as const
/** What one looks at in somebody's home; each may be left out. */
export const LOOKED_AT = ['living', 'falls', 'medicine', 'diet', 'care', 'mood'] as const
export const FINDINGS = ['good', 'attention'] as const
export const CONSENT_EVENTS = ['given', 'refused', 'withdrawn'] as const
/** Who said it: a family member only where somebody cannot say it themselves. */
export const SAID_BY = ['person', 'guardian', 'family'] as const
/** Whether the house knows where about the phone was: shared by the person who visits, not wanted, or the phone could not say. */
export const POSITIONS = ['shared', 'not-shared', 'unavailable'] as const

/** Three places behind the point: about a hundred metres, a courtyard and no door. */
export const POSITION_DIGITS = 3
export const PHOTOS_MAX = 12
/** What the page makes of a photo before it sends it is a tenth of this. */
export const PHOTO_BYTES_MAX = 6_000_000
/** Longest side, in pixels: what no phone's camera passes. */
export const PHOTO_SIDE_MAX = 12_000
export const VISIT_HOURS_MAX = 12
/** Entered so many days later at most. */
export const LATE_DAYS_MAX = 90

export const homeVisitId = id('home-visit')
export const photoId = id('home-visit-photo')

/** A degree, rounded: finer than this nothing is taken in, whatever a phone sends. */
const degree = (most: number) =>
  z
    .number()
    .min(-most)
    .max(most)
    .transform((value) => Math.round(value * 10 ** POSITION_DIGITS) / 10 ** POSITION_DIGITS)

export const position = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('shared'), latitude: degree(90), longitude: degree(180) }),
  z.strictObject({ kind: z.literal('not-shared') }),
  z.strictObject({ kind: z.literal('unavailable') }),
])
export type Position = z.output<typeof position>

export const visitContent = z.strictObject({
  outcome: z.enum(OUTCOMES),
  arrivedAt: instant,
  leftAt: instant,
  place: z.enum(PLACES),
  address: pii('address', z.string().trim().min(2).max(200)),
  position: position.default({ kind: 'not-shared' }),
  present: z.array(z.enum(PRESENT)).max(PRESENT.length).default([]),
  /** 女儿从外地赶来. */
  presentNote: pii('free-text', z.string().trim().max(200)).default(''),
  findings: z.partialRecord(z.enum(LOOKED_AT), z.enum(FINDINGS)).default({}),
  /** What was seen and talked about. */
  seen: pii('health', z.string().trim().max(4000)).default(''),
  /** What was agreed, and what comes next. */
  next: pii('health', z.string().trim().max(1000)).default(''),
})
export type VisitContent = z.output<typeof visitContent>

export const photoConsent = z.strictObject({ answer: z.enum(['given', 'refused']), saidBy: z.enum(SAID_BY) })
export type PhotoConsent = z.output<typeof photoConsent>

export const photoLine = z.object({
  id: photoId,
  takenBy: z.string(),
  at: instant,
  width: z.number().int(),
  height: z.number().int(),
  sizeBytes: z.number().int(),
  label: pii('free-text', z.string()),
  /** Nobody can open it again. */
  deletedAt: instant.nullable(),
  deletedBecause: z.enum(['withdrawn', 'by-hand', 'error']).nullable(),
})
export type PhotoLine = z.output<typeof photoLine>

export const visitLine = z.object({
  id: homeVisitId,
  patient: z.object({ id: patientId, name: pii('name', z.string()) }),
  staff: z.object({ id: staffId, name: z.string() }),
  outcome: z.enum(OUTCOMES),
  arrivedAt: instant,
  leftAt: instant,
  minutes: z.number().int(),
  seen: pii('health', z.string()),
  /** How many of what was looked at need attention. */
  attention: z.number().int(),
  photos: z.number().int(),
  followUpId: z.uuid().nullable(),
  state: z.enum(['stands', 'error']),
})
export type VisitLine = z.output<typeof visitLine>

export const visitView = visitLine.extend({
  taskId: z.uuid().nullable(),
  taskDone: z.boolean(),
  version: z.number().int(),
  place: z.enum(PLACES),
  address: pii('address', z.string()),
  position: z.object({
    kind: z.enum(POSITIONS),
    latitude: z.number().nullable(),
    longitude: z.number().nullable(),
  }),
  present: z.array(z.enum(PRESENT)),
  presentNote: pii('free-text', z.string()),
  findings: z.partialRecord(z.enum(LOOKED_AT), z.enum(FINDINGS)),
  next: pii('health', z.string()),
  errorBecause: pii('free-text', z.string()),
  consent: z
    .object({
      event: z.enum(CONSENT_EVENTS),
      saidBy: z.enum(SAID_BY),
      at: instant,
      by: z.string(),
      /** Said on the person's own pages, and written down by nobody. */
      onOwnPages: z.boolean(),
    })
    .nullable(),
  pictures: z.array(photoLine),
  /** Newest first; what stands is the first. */
  versions: z.array(
    z.object({ version: z.number().int(), because: pii('free-text', z.string()), by: z.string(), at: instant }),
  ),
  followUp: z.object({ name: z.string(), isOpen: z.boolean() }).nullable(),
  can: z.object({ correct: z.boolean(), addPhotos: z.boolean(), openPhotos: z.boolean(), withdraw: z.boolean() }),
  today: calendarDate,
})
export type VisitView = z.output<typeof visitView>
