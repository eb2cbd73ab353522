import { z } from 'zod'
import { calendarDate, id, pii } from '../../../platform/contract/index.ts'

export const SCHEDULE_STATES = ['active', 'ended'] as const
export const OUTCOMES = ['taken', 'skipped'] as const
/** Why a dose was left out, as the person says it. */
export const SKIP_REASONS = ['unwell', 'ran-out', 'forgot', 'told-to', 'other'] as const
/** Why it is over; `deceased` and `finished` come from the house alone. */
export const END_REASONS = [
  'finished',
  'stopped-by-doctor',
  'changed-drug',
  'adverse',
  'wish',
  'mistake',
  'deceased',
] as const
export const ENDS_BY_HAND = ['stopped-by-doctor', 'changed-drug', 'adverse', 'wish', 'mistake'] as const

export const scheduleId = id('medication-schedule')
export type ScheduleId = z.output<typeof scheduleId>
export type Outcome = (typeof OUTCOMES)[number]
export type SkipReason = (typeof SKIP_REASONS)[number]
export type EndReason = (typeof END_REASONS)[number]

/** Nobody is to be woken for a tick: times lie between five in the morning and half past eleven at night. */
export const FIRST_MINUTE = 300
export const LAST_MINUTE = 1410
export const minute = z.number().int().min(FIRST_MINUTE).max(LAST_MINUTE)

/** On which days it is taken. Weekdays by ISO: 1 is Monday; `every` counts from the first day. */
export const doseDays = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('daily') }),
  z.strictObject({ kind: z.literal('weekdays'), days: z.array(z.number().int().min(1).max(7)).min(1).max(7) }),
  z.strictObject({ kind: z.literal('every'), days: z.number().int().min(2).max(30) }),
])
export type DoseDays = z.output<typeof doseDays>

/** What is taken, how much, and when: one version of it. */
export const scheduleContent = z.strictObject({
  name: pii('health', z.string().trim().min(1).max(60)),
  dose: pii('health', z.string().trim().min(1).max(40)),
  words: pii('free-text', z.string().trim().max(200)).default(''),
  days: doseDays,
  minutes: z
    .array(minute)
    .min(1)
    .max(6)
    .refine((all) => new Set(all).size === all.length, 'minutes twice'),
  fromOn: calendarDate,
  untilOn: calendarDate.nullable().default(null),
  /** Whether the person is told at these times; the ticks are there either way. */
  remind: z.boolean(),
})
export type ScheduleContent = z.output<typeof scheduleContent>

/** taken · skipped · none: nothing is known of it · open: may still be ticked · away: in hospital · ahead: to come. */
export const MARKS = ['taken', 'skipped', 'none', 'open', 'away', 'ahead'] as const
export type Mark = (typeof MARKS)[number]
/** A day in the strip; `partly`: some taken, some left out; `off`: nothing was due. */
export const DAY_MARKS = ['taken', 'partly', 'skipped', 'none', 'open', 'away', 'off'] as const
export type DayMark = (typeof DAY_MARKS)[number]

/** How it went: what nobody noted is shown as that, never as missed. */
export const adherence = z.object({
  /** With a note, taken or left out. */
  known: z.number().int(),
  taken: z.number().int(),
  skipped: z.number().int(),
  /** Due, and nothing noted. */
  none: z.number().int(),
  /** Left out of the count: in hospital. */
  away: z.number().int(),
  /** Days on which something was due and nothing at all was noted. */
  daysWithout: z.number().int(),
})
export type Adherence = z.output<typeof adherence>
