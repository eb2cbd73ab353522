import { z } from 'zod'
import { id } from '../../../platform/contract/index.ts'

/** Who may read an entry beside the person: nobody, the counsellor, or counsellor and doctor. */
export const READERS = ['self', 'counsellor', 'team'] as const
export type Readers = (typeof READERS)[number]
export const readers = z.enum(READERS)

export const moodEntryId = id('mood-entry')

/** 1 very bad … 5 very good. */
export const mood = z.int().min(1).max(5)
export const sleepHours = z.number().min(0).max(24).multipleOf(0.5)
export const NOTE_MOST = 2000
/** A day so far back may still be written down or changed. */
export const BACK_DAYS = 30
/** Helplines of mainland China: 12356 psychological aid (all cities since 1 May 2025), 120 ambulance, 110 police. */
export const HELPLINES = ['12356', '120', '110'] as const
