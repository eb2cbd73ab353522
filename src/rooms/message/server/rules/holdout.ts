import { createHash } from 'node:crypto'

/** So fine are shares cut: 1/100 of a percent. */
const BUCKETS = 10_000

/**
 * Where somebody stands in a campaign's comparison: a number below 10,000 that is the same whenever it is asked, differs
 * from campaign to campaign, and is spread evenly.
 */
export function bucketOf(campaign: string, patientId: string): number {
  return createHash('sha256').update(`${campaign}\n${patientId}`).digest().readUInt32BE(0) % BUCKETS
}

export function isHeldOut(campaign: string, patientId: string, percent: number): boolean {
  return bucketOf(campaign, patientId) < percent * (BUCKETS / 100)
}
