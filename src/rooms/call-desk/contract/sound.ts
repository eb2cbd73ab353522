import { z } from 'zod'
import { endpoint, id, instant, pageOf, pageQuery, patientId, pii } from '../../../platform/contract/index.ts'
import { outcome, sessionId } from './words.ts'

const permission = 'recording.rule.write' as const

/**
 * `awaiting`: told of, the sound has not come · `waiting` for somebody to say whose it is · `matched`: it is a recording ·
 * `refused`: the person did not want it, the sound is gone · `discarded` by somebody, with the reason.
 */
export const SOUND_STATES = ['awaiting', 'waiting', 'matched', 'refused', 'discarded'] as const
export type SoundState = (typeof SOUND_STATES)[number]
/** Why nobody could tell by rule whose it is, or why it may not be kept. */
export const SOUND_REASONS = ['no-call', 'many-calls', 'consent-unknown', 'off'] as const
export type SoundReason = (typeof SOUND_REASONS)[number]
export const SOUND_CONSENTS = ['given', 'refused', 'unknown'] as const
/** 64 MB: an hour and more of what exchanges record. */
export const SOUND_BYTES_MAX = 64_000_000

export const soundId = id('call-sound')
const ofSound = z.object({ soundId })

/** The telephone exchange tells of a call first, and hands the sound in when it is asked to. Told twice, it is one. */
export const tellSound = endpoint({
  name: 'call-desk.tellSound',
  method: 'POST',
  path: '/call-sounds',
  summary: 'A telephone exchange tells of a recorded call: when, with which number, whether the person agreed',
  gate: { permission: 'recording.submit', audit: { action: 'call.sound-tell' } },
  body: z.strictObject({
    /** The exchange's own id of the call. */
    key: z.string().trim().min(1).max(120),
    /** The id of the call at the desk, where the exchange was told it. */
    callId: z.uuid().optional(),
    phone: pii('phone', z.string().trim().max(40)).optional(),
    extension: z.string().trim().max(20).default(''),
    beganAt: instant,
    durationMs: z.number().int().min(1).max(21_600_000),
    /** What the person answered to the line that the exchange or the caller has said. */
    consent: z.enum(SOUND_CONSENTS),
  }),
  output: z.object({ id: soundId, state: z.enum(SOUND_STATES), wants: z.enum(['sound', 'nothing']) }),
})

/** Body: the file as the exchange has it: WAV, MP3, OGG, WebM or M4A, told by its first bytes. */
export const putSound = endpoint({
  name: 'call-desk.putSound',
  method: 'PUT',
  path: '/call-sounds/:soundId/sound',
  summary: 'The sound of a call that was told of; kept sealed before it is answered, and counted once',
  gate: { permission: 'recording.submit', audit: { action: 'call.sound-put', subject: 'soundId' } },
  params: ofSound,
  upload: true,
  output: z.object({ id: soundId, state: z.enum(SOUND_STATES), reason: z.enum(SOUND_REASONS).nullable() }),
  problems: ['SoundUnknown', 'SoundTooLarge', 'SoundDiffers', 'PieceEmpty', 'SoundUnreadable'],
})

export const soundLine = z.object({
  id: soundId,
  key: z.string(),
  state: z.enum(SOUND_STATES),
  reason: z.enum(SOUND_REASONS).nullable(),
  beganAt: instant,
  durationMs: z.number().int(),
  phoneMasked: z.string().nullable(),
  extension: z.string(),
  consent: z.enum(SOUND_CONSENTS),
  patientName: pii('name', z.string()).nullable(),
  settledBy: z.string().nullable(),
  settledAt: instant.nullable(),
  note: z.string(),
})
export type SoundLine = z.infer<typeof soundLine>

export const listSounds = endpoint({
  name: 'call-desk.sounds',
  method: 'GET',
  path: '/call-sounds',
  summary: 'Recordings that a telephone exchange handed in; those that wait for somebody first',
  gate: { permission, audit: { action: 'call.sounds' } },
  query: pageQuery.extend({ state: z.enum(['open', ...SOUND_STATES]).default('open') }),
  output: pageOf(soundLine),
})

export const soundCandidates = endpoint({
  name: 'call-desk.soundCandidates',
  method: 'GET',
  path: '/call-sounds/:soundId/candidates',
  summary: 'Calls of the desk at about that time, the same number first',
  gate: { permission, audit: { action: 'call.sound-candidates', subject: 'soundId' } },
  params: ofSound,
  output: z.object({
    rows: z.array(
      z.object({
        id: sessionId,
        patient: z.object({ id: patientId, name: pii('name', z.string()), phoneMasked: z.string().nullable() }),
        by: z.string(),
        at: instant,
        outcome: outcome.nullable(),
        samePhone: z.boolean(),
      }),
    ),
  }),
  problems: ['SoundUnknown'],
})

export const matchSound = endpoint({
  name: 'call-desk.matchSound',
  method: 'POST',
  path: '/call-sounds/:soundId/match',
  summary: 'Say whose call it was, and what the person answered when they were asked',
  gate: { permission, audit: { action: 'call.sound-match', subject: 'soundId' } },
  params: ofSound,
  body: z.strictObject({ sessionId, consent: z.enum(['given', 'refused']) }),
  output: soundLine,
  problems: ['SoundUnknown', 'SoundSettled', 'CallUnknown', 'SoundOff'],
})

export const discardSound = endpoint({
  name: 'call-desk.discardSound',
  method: 'POST',
  path: '/call-sounds/:soundId/discard',
  summary: 'It belongs to nobody here: the sound goes, the line stays with the reason',
  gate: { permission, audit: { action: 'call.sound-discard', subject: 'soundId' } },
  params: ofSound,
  body: z.strictObject({ because: z.string().trim().min(2).max(300) }),
  output: soundLine,
  problems: ['SoundUnknown', 'SoundSettled'],
})
