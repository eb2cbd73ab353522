import { z } from 'zod'
import { calendarDate, id, instant, patientId, pii, staffId } from '../../../platform/contract/index.ts'

/** How long a call is kept goes by its class (`content/classes.json`), and the class by what the call is about. */
export const CLASSES = ['follow-up', 'interpretation', 'service'] as const
export type RecordingClass = (typeof CLASSES)[number]
export const SUBJECT_KINDS = ['follow-up', 'interpretation', 'other'] as const
export type SubjectKind = (typeof SUBJECT_KINDS)[number]

/**
 * `recording` while it is spoken · `ended` by whoever called · `interrupted`: the browser was gone, the house closed it ·
 * `refused`: the person said no, nothing was recorded · `withdrawn`: they said no later, and it was taken away ·
 * `deleted`: its time was over.
 */
export const STATES = ['recording', 'ended', 'interrupted', 'refused', 'withdrawn', 'deleted'] as const
export type RecordingState = (typeof STATES)[number]
export const SOURCES = ['browser', 'exchange'] as const
export const CONSENT_EVENTS = ['given', 'refused', 'withdrawn'] as const

/** What browsers make: Chromium and Firefox WebM, Safari MP4. */
export const BROWSER_MEDIA = ['audio/webm', 'audio/mp4', 'audio/ogg'] as const

/** A piece is cut off after so long: what a crash may cost at most, with some time to travel. */
export const PIECE_MS = 4000
/** Each figure of a waveform stands for so long. */
export const PEAK_MS = 250
/** 200 kB: four seconds at 400 kbit/s; speech takes a tenth. */
export const PIECE_BYTES_MAX = 200_000
/** Six hours. */
export const PIECES_MAX = 5400

export const recordingId = id('recording')
export const playId = id('recording-play')

/** As the call desk names a call; without a desk, the first of its recordings. */
export const callId = z.uuid()

export const subject = z.strictObject({ kind: z.enum(SUBJECT_KINDS), id: z.uuid().nullable() })
export type Subject = z.infer<typeof subject>

/** Why somebody listens to a call of a customer who is not theirs. */
export const listenReason = pii('free-text', z.string().trim().max(200))

export const recordingLine = z.object({
  id: recordingId,
  patient: z.object({ id: patientId, name: pii('name', z.string()) }),
  class: z.enum(CLASSES),
  subject,
  source: z.enum(SOURCES),
  /** Of a call that was cut off and gone on with: which piece of it, of how many. Null where it is the whole. */
  part: z.object({ number: z.number().int(), of: z.number().int() }).nullable(),
  state: z.enum(STATES),
  staff: z.object({ id: staffId, name: z.string() }),
  begunAt: instant,
  endedAt: instant.nullable(),
  durationMs: z.number().int(),
  /** Pieces that were spoken and never arrived. */
  missing: z.number().int(),
  /** The last thing the person said about it, and the version of the line they had been told. */
  consent: z.object({ event: z.enum(CONSENT_EVENTS), lineVersion: z.number().int(), at: instant }).nullable(),
  hold: z.object({ since: instant, by: z.string(), because: pii('free-text', z.string()) }).nullable(),
  /** Until then it is kept, this day included; null where there is nothing to keep. */
  keptUntil: calendarDate.nullable(),
  deletedAt: instant.nullable(),
  deletedBecause: z.enum(['retention', 'withdrawn']).nullable(),
  /** How often somebody listened. */
  plays: z.number().int(),
  can: z.object({ play: z.boolean(), hold: z.boolean(), release: z.boolean(), withdraw: z.boolean() }),
  /** Whoever listens has to say why. */
  asksReason: z.boolean(),
})
export type RecordingLine = z.infer<typeof recordingLine>
