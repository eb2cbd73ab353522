import { createHash } from 'node:crypto'
import type { Sealer } from '../../../platform/pii/sealer.ts'

/** An entry as the database spells it: texts, so that no rounding of numbers or times hides a change. */
export interface CanonicalEntry {
  organizationId: string
  id: string
  /** To the microsecond, UTC. */
  at: string
  actorKind: string
  actorId: string | null
  actorName: string
  action: string
  outcome: string
  patientId: string | null
  subjectId: string | null
  /** jsonb as text, which PostgreSQL always spells alike. */
  detail: string
  requestId: string | null
  address: string | null
}

/** What the first link of an organization stands on. */
export function chainStart(organizationId: string): Buffer {
  return createHash('sha256').update(`peiban/audit/1/${organizationId}`).digest()
}

/** The hash of the next link: SHA-256 over the hash before it and the entry, each field in its place. */
export function linkHash(previous: Buffer, entry: CanonicalEntry): Buffer {
  const { organizationId, id, at, actorKind, actorId, actorName, action, outcome, patientId, subjectId, detail, requestId, address } = entry
  const canonical = [organizationId, id, at, actorKind, actorId, actorName, action, outcome, patientId, subjectId, detail, requestId, address]
  return createHash('sha256').update(previous).update(JSON.stringify(canonical)).digest()
}

export interface Head {
  sequence: number
  hash: Buffer
}

/** The signature of the chain's end, with a key the database does not know. */
export function headSeal(sealer: Sealer, organizationId: string, { sequence, hash }: Head): Buffer {
  return sealer.index(organizationId, 'audit/head', `${sequence}/${hash.toString('hex')}`)
}
