import type { FactBook } from '../condition/book.ts'
import type { Clock } from '../clock.ts'
import type { EventType, JobType, PayloadOf } from '../contract/event.ts'
import type { ProxyScope } from '../contract/endpoint.ts'
import type { Locale, PatientId } from '../contract/words.ts'
import type { Db, Transaction } from '../database/database.ts'
import type { Ids } from '../ids.ts'
import type { Logger } from '../log.ts'
import type { Sealer } from '../pii/sealer.ts'

/** Who acts. The rooms give roles their meaning; here they are words. */
export interface Actor {
  kind: 'staff' | 'patient' | 'device' | 'system' | 'anonymous'
  organizationId: string
  id: string | null
  name: string
  roles: readonly string[]
  permissions: ReadonlySet<string>
  sessionId?: string
  /** Somebody acts in the name of the patient who is the actor: `name` is then theirs, and the log says that it was them. */
  proxy?: Proxy
}

/** Who was let in by a patient, and for what. */
export interface Proxy {
  id: string
  name: string
  scopes: readonly ProxyScope[]
}

/** The organization that is worked for: what decisions about dates and language need. */
export interface Tenant {
  id: string
  name: string
  timeZone: string
  locale: Locale
}

/**
 * What a use case that only reads is handed. Everything that could differ between a test and a hospital stands here
 * and is never reached for.
 */
export interface ReadContext {
  db: Db
  organizationId: string
  tenant: Tenant
  actor: Actor
  clock: Clock
  /** The organization's calendar date now. */
  today: string
  locale: Locale
  log: Logger
  /** The address of the house, for links of an organization that has named none of its own. */
  publicUrl: string
  /** Encrypts, decrypts and blind-indexes personal data. */
  sealer: Sealer
  /** The kinds of facts that conditions may ask for. */
  facts: FactBook
  audit: AuditNote
}

/** What a use case that writes is handed: one transaction, which events, jobs and the audit row share. */
export interface WriteContext extends ReadContext {
  db: Transaction
  tx: Transaction
  ids: Ids
  emit<E extends EventType>(event: E, payload: PayloadOf<E>): Promise<void>
  /** The same for many at once, in their order: one round trip. */
  emitMany<E extends EventType>(event: E, payloads: readonly PayloadOf<E>[]): Promise<void>
  enqueue<J extends JobType>(job: J, payload: PayloadOf<J>, options?: EnqueueOptions): Promise<void>
}

export interface EnqueueOptions {
  /** Not before this instant. */
  startAfter?: Date
  /** At most one waiting job per key. */
  key?: string
}

/** What the use case adds to the audit row of the call it serves. */
export interface AuditNote {
  /** Values that say what was done; ids and codes, no personal data. */
  detail: Record<string, unknown>
  patientId?: string
  subjectId?: string
}

export interface AuditEntry {
  organizationId: string
  actor: Actor
  action: string
  outcome: 'done' | 'denied' | 'refused'
  patientId: string | null
  subjectId: string | null
  detail: Record<string, unknown>
  requestId: string | null
  address: string | null
}

/** Whose pages these are, in an endpoint with permission `patient`. Anywhere else nobody is asked, and it throws. */
export function ownPatientId({ actor }: Pick<ReadContext, 'actor'>): PatientId {
  if (actor.kind !== 'patient' || actor.id === null) throw new Error('only a patient has a file of their own')
  return actor.id as PatientId
}

export type RecordAudit = (db: Db | Transaction, entry: AuditEntry, at: Date, ids: Ids) => Promise<void>

export function systemActor(organizationId: string, name: string): Actor {
  return { kind: 'system', organizationId, id: null, name, roles: [], permissions: new Set() }
}
