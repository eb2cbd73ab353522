import type { Generated, JSONColumnType } from 'kysely'

/** A draft counts for nothing; of each code one version is in force at most; what was in force stays to be seen. */
export const VERSION_STATES = ['draft', 'active', 'retired'] as const
export type VersionState = (typeof VERSION_STATES)[number]

/**
 * The columns that every table of versions has; a room's own stand beside them (a kind, an end) and follow from the
 * definition, so that SQL can ask for them. The SQL is in `README.md`.
 */
export interface VersionColumns<Definition extends object> {
  organization_id: string
  code: string
  /** Counted from 1 within its code. */
  version: number
  state: VersionState
  definition: JSONColumnType<Definition>
  /** Counts the times that a draft was kept, from 1: who keeps or publishes names the one they have read. */
  revision: Generated<number>
  changed_at: Date
  /** Null where no person wrote it. */
  changed_by: string | null
  changed_by_name: string
  published_at: Date | null
  published_by: string | null
  published_by_name: string | null
}
