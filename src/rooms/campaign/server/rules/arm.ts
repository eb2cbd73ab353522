import { createHash } from 'node:crypto'

/** Which arm of a trial somebody is in: the same whenever it is asked, and spread by the shares. */
export function armOf(campaignId: string, node: string, patientId: string, shares: readonly number[]): number {
  const total = shares.reduce((sum, share) => sum + share, 0)
  const hash = createHash('sha256').update(`${campaignId}\n${node}\n${patientId}`).digest().readUInt32BE(0)
  let left = (hash / 2 ** 32) * total
  const found = shares.findIndex((share) => (left -= share) < 0)
  return found < 0 ? shares.length - 1 : found
}
