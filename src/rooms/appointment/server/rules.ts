import type { Act, AppointmentStatus } from '../contract/words.ts'

export interface Standing {
  status: AppointmentStatus
  startsAt: Date
  /** The day of it, by the organization's calendar. */
  on: string
  /** A hospital system keeps it: the time and whether it takes place are decided there. */
  isElsewhere: boolean
}

interface Now {
  now: Date
  today: string
}

/** What may be done with an appointment now; the usual next step first. */
export function actsOf({ status, startsAt, on, isElsewhere }: Standing, { now, today }: Now): Act[] {
  const isAhead = startsAt > now
  switch (status) {
    case 'booked':
      return [
        ...(on <= today ? (['arrived'] as const) : []),
        ...(isAhead ? [] : (['noshow'] as const)),
        ...(isElsewhere ? [] : (['move', 'cancel'] as const)),
      ]
    case 'arrived':
      return ['fulfilled', 'booked']
    case 'fulfilled':
      return ['arrived']
    case 'noshow':
      // Somebody may come late, and marks are made by mistake.
      return ['arrived', 'booked']
    case 'cancelled':
      return isAhead && !isElsewhere ? ['booked'] : []
  }
}

/**
 * The moment that journeys count from; null: called off. Whoever is here already needs no reminder of it, so for them
 * it is now.
 */
export function momentOf({ status, startsAt }: Pick<Standing, 'status' | 'startsAt'>, now: Date): Date | null {
  if (status === 'cancelled') return null
  return status !== 'booked' && startsAt > now ? now : startsAt
}

/** A year and a half: beyond it a year was mistyped. */
export const DAYS_AHEAD_MAX = 550
