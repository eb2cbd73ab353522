import { sql, type Selectable } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { GivenText, Kind, Reason } from '../contract/words.ts'
import './table.ts'
import type { AdviceGivenTable } from './table.ts'

export type GivenRow = Selectable<AdviceGivenTable>

export interface NewGiven {
  id: string
  patientId: string
  kind: Kind
  basis: GivenRow['basis']
  card: { code: string; version: number } | null
  locale: GivenRow['locale']
  text: GivenText
  edited: boolean
  source: string
  reasons: Reason[]
  computed: { input: unknown; output: unknown } | null
  asked: string[]
  because: string
  despite: string
  submission: string
  at: Date
  by: { id: string | null; name: string }
}

/** @returns undefined when this submission was kept before */
export function insertGiven(tx: Transaction, organizationId: string, given: NewGiven): Promise<GivenRow | undefined> {
  return tx
    .insertInto('advice_given')
    .values({
      organization_id: organizationId,
      patient_id: given.patientId,
      id: given.id,
      kind: given.kind,
      basis: given.basis,
      card_code: given.card?.code ?? null,
      card_version: given.card?.version ?? null,
      locale: given.locale,
      text: JSON.stringify(given.text),
      edited: given.edited,
      source: given.source,
      reasons: JSON.stringify(given.reasons),
      computed: given.computed && JSON.stringify(given.computed),
      asked: given.asked,
      because: given.because,
      despite: given.despite,
      submission: given.submission,
      given_at: given.at,
      given_by: given.by.id,
      given_by_name: given.by.name,
    })
    .onConflict((oc) => oc.columns(['organization_id', 'submission']).doNothing())
    .returningAll()
    .executeTakeFirst()
}

/** The same hand-in once more; only of the same person. */
export function findBySubmission(
  db: Db,
  organizationId: string,
  patientId: string,
  submission: string,
): Promise<GivenRow | undefined> {
  return db
    .selectFrom('advice_given')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', patientId)
    .where('submission', '=', submission)
    .executeTakeFirst()
}

export interface GivenAsked {
  /** Leaves out what was taken back. */
  standing?: boolean
  from?: Date
  to?: Date
  most?: number
}

/** What a person was given, newest first. */
export function findGiven(
  db: Db,
  organizationId: string,
  patientId: string,
  { standing = false, from, to, most = 200 }: GivenAsked = {},
): Promise<GivenRow[]> {
  return db
    .selectFrom('advice_given')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', patientId)
    .$if(standing, (query) => query.where('taken_back_at', 'is', null))
    .$if(from !== undefined, (query) => query.where('given_at', '>=', from!))
    .$if(to !== undefined, (query) => query.where('given_at', '<', to!))
    .orderBy('given_at', 'desc')
    .orderBy('id', 'desc')
    .limit(most)
    .execute()
}

export function findOne(db: Db, organizationId: string, patientId: string, id: string): Promise<GivenRow | undefined> {
  return db
    .selectFrom('advice_given')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', patientId)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** @returns undefined when it was taken back already */
export function takeBack(
  tx: Transaction,
  organizationId: string,
  id: string,
  { at, by, because }: { at: Date; by: { id: string | null; name: string }; because: string },
): Promise<GivenRow | undefined> {
  return tx
    .updateTable('advice_given')
    .set({
      taken_back_at: at,
      taken_back_by: by.id,
      taken_back_by_name: by.name,
      taken_back_because: because,
    })
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .where('taken_back_at', 'is', null)
    .returningAll()
    .executeTakeFirst()
}

interface Merge {
  fromId: string
  intoId: string
  mergeId: string
}

const MOVING = ['advice_given', 'advice_asked'] as const

/** Advice, given and asked for, follows a merge of two files. */
export async function moveMerged(tx: Transaction, organizationId: string, merge: Merge): Promise<void> {
  const { fromId, intoId, mergeId } = merge
  for (const table of MOVING)
    await sql`
      update ${sql.table(table)} set patient_id = ${intoId},
        moved = moved || jsonb_build_array(jsonb_build_object('merge', ${mergeId}::text, 'from', ${fromId}::text))
      where organization_id = ${organizationId} and patient_id = ${fromId}`.execute(tx)
}

/** Takes a merge back: what it brought goes home, what came since stays. */
export async function moveBack(tx: Transaction, organizationId: string, { intoId, mergeId }: Merge): Promise<void> {
  for (const table of MOVING)
    await sql`
      update ${sql.table(table)} set patient_id = (moved -> -1 ->> 'from')::uuid, moved = moved - -1
      where organization_id = ${organizationId} and patient_id = ${intoId} and moved -> -1 ->> 'merge' = ${mergeId}::text`.execute(
      tx,
    )
}
