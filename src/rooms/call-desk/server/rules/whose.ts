/** A call of the desk that a recording may be of. */
export interface Near {
  id: string
  patientId: string
  /** The exchange was told the id of the call. */
  isNamed: boolean
  /** The number of the recording is the person's, or the guardian's. */
  samePhone: boolean
  takenAt: Date
  /** Null while it lasts. */
  endedAt: Date | null
}

/** Clocks of exchanges go wrong, and callers take a moment before they dial. */
const SLACK_MS = 5 * 60_000

export type Whose = { id: string } | { reason: 'no-call' | 'many-calls' }

/**
 * Whose call a recording is: the one that the exchange names; else the one with that number at that time. A number alone
 * decides nothing: two people may share it, and a wrong recording in a file is worse than one that waits.
 */
export function whoseCall(beganAt: Date, near: readonly Near[]): Whose {
  const named = near.find(({ isNamed }) => isNamed)
  if (named) return { id: named.id }
  const at = beganAt.getTime()
  const fits = near.filter(
    ({ samePhone, takenAt, endedAt }) =>
      samePhone && at >= takenAt.getTime() - SLACK_MS && (endedAt === null || at <= endedAt.getTime() + SLACK_MS),
  )
  if (fits.length === 0) return { reason: 'no-call' }
  if (new Set(fits.map(({ patientId }) => patientId)).size > 1) return { reason: 'many-calls' }
  const nearest = fits.toSorted((a, b) => Math.abs(a.takenAt.getTime() - at) - Math.abs(b.takenAt.getTime() - at))
  return { id: nearest[0]!.id }
}
