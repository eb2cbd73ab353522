const MINUTE_MS = 60_000

/** Six digits are soon guessed: after so many wrong ones the tablet rests. */
export const KIOSK_TRIES = 5
export const REST_MINUTES = 10
/** A code is read out and typed in at once. */
export const CODE_MINUTES = 10
/** The longest that filling in on a tablet may take. */
export const SESSION_MINUTES = 120

export interface KioskTries {
  tries: number
  tries_since: Date | null
  ended_at: Date | null
}

/** Whether a tablet takes a code now. */
export function kioskStanding({ tries, tries_since, ended_at }: KioskTries, now: Date): 'ready' | 'resting' | 'ended' {
  if (ended_at !== null) return 'ended'
  const isResting =
    tries >= KIOSK_TRIES && tries_since !== null && now.getTime() - tries_since.getTime() < REST_MINUTES * MINUTE_MS
  return isResting ? 'resting' : 'ready'
}

export const codeUntil = (now: Date) => new Date(now.getTime() + CODE_MINUTES * MINUTE_MS)
export const sessionUntil = (now: Date) => new Date(now.getTime() + SESSION_MINUTES * MINUTE_MS)
