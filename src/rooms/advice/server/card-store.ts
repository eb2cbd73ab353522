import { sql, type Selectable } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { CardDefinition, CardState } from '../contract/words.ts'
import './table.ts'
import type { AdviceCardTable } from './table.ts'

export type CardRow = Omit<Selectable<AdviceCardTable>, 'expires_on'>

const COLUMNS = [
  'organization_id',
  'code',
  'version',
  'state',
  'kind',
  'definition',
  'origin',
  'revision',
  'changed_at',
  'changed_by',
  'changed_by_name',
  'published_at',
  'published_by',
  'published_by_name',
] as const

/** Of each code what is in force and the draft; a retired one only where nothing else is left of the code. */
export async function findCards(db: Db, organizationId: string): Promise<CardRow[]> {
  return db
    .selectFrom('advice_card as c')
    .select(COLUMNS)
    .where('organization_id', '=', organizationId)
    .where((e) =>
      e.or([
        e('state', '<>', 'retired'),
        e(
          'version',
          '=',
          e
            .selectFrom('advice_card as o')
            .select((s) => s.fn.max('o.version').as('newest'))
            .whereRef('o.organization_id', '=', 'c.organization_id')
            .whereRef('o.code', '=', 'c.code'),
        ),
      ]),
    )
    .orderBy('kind')
    .orderBy('code')
    .orderBy('version', 'desc')
    .execute()
}

/** What is in force and not over on `today`. */
export function findInForce(db: Db, organizationId: string, today: string): Promise<CardRow[]> {
  return db
    .selectFrom('advice_card')
    .select(COLUMNS)
    .where('organization_id', '=', organizationId)
    .where('state', '=', 'active')
    .where('expires_on', '>', today)
    .orderBy('code')
    .execute()
}

export function findVersions(db: Db, organizationId: string, code: string): Promise<CardRow[]> {
  return db
    .selectFrom('advice_card')
    .select(COLUMNS)
    .where('organization_id', '=', organizationId)
    .where('code', '=', code)
    .orderBy('version', 'desc')
    .execute()
}

export function findVersion(
  db: Db,
  organizationId: string,
  code: string,
  version: number,
): Promise<CardRow | undefined> {
  return db
    .selectFrom('advice_card')
    .select(COLUMNS)
    .where('organization_id', '=', organizationId)
    .where('code', '=', code)
    .where('version', '=', version)
    .executeTakeFirst()
}

interface By {
  id: string | null
  name: string
}

/**
 * Keeps a draft. `revision` 0 makes one, as the version after the last; any other must still stand.
 * @returns undefined when somebody else kept theirs meanwhile
 */
export async function keepDraft(
  tx: Transaction,
  organizationId: string,
  definition: CardDefinition,
  revision: number,
  by: By,
  at: Date,
): Promise<CardRow | undefined> {
  const values = {
    kind: definition.kind,
    definition: JSON.stringify(definition),
    expires_on: definition.expiresOn,
    changed_at: at,
    changed_by: by.id,
    changed_by_name: by.name,
  }
  if (revision > 0)
    return tx
      .updateTable('advice_card')
      .set({ ...values, revision: sql`revision + 1` })
      .where('organization_id', '=', organizationId)
      .where('code', '=', definition.code)
      .where('state', '=', 'draft')
      .where('revision', '=', revision)
      .returning(COLUMNS)
      .executeTakeFirst()
  return tx
    .insertInto('advice_card')
    .values({
      organization_id: organizationId,
      code: definition.code,
      version: sql`(select coalesce(max(version), 0) + 1 from advice_card
        where organization_id = ${organizationId} and code = ${definition.code})`,
      state: 'draft',
      origin: 'organization',
      ...values,
    })
    .onConflict((oc) => oc.doNothing())
    .returning(COLUMNS)
    .executeTakeFirst()
}

/** The draft of this revision, with all versions of its code locked in one order; undefined when it has moved on. */
export async function lockDraft(
  tx: Transaction,
  organizationId: string,
  code: string,
  revision: number,
): Promise<CardRow | undefined> {
  await sql`select from advice_card where organization_id = ${organizationId} and code = ${code} order by version for update`.execute(
    tx,
  )
  return tx
    .selectFrom('advice_card')
    .select(COLUMNS)
    .where('organization_id', '=', organizationId)
    .where('code', '=', code)
    .where('state', '=', 'draft')
    .where('revision', '=', revision)
    .executeTakeFirst()
}

/** Retires what was in force and puts this version in its place; the caller holds the versions locked. */
export async function putInForce(
  tx: Transaction,
  organizationId: string,
  { code, version }: Pick<CardRow, 'code' | 'version'>,
  by: By,
  at: Date,
): Promise<CardRow> {
  await setState(tx, organizationId, code, 'active', 'retired')
  return tx
    .updateTable('advice_card')
    .set({ state: 'active', published_at: at, published_by: by.id, published_by_name: by.name })
    .where('organization_id', '=', organizationId)
    .where('code', '=', code)
    .where('version', '=', version)
    .returning(COLUMNS)
    .executeTakeFirstOrThrow()
}

export async function setState(
  tx: Transaction,
  organizationId: string,
  code: string,
  from: CardState,
  to: CardState,
): Promise<boolean> {
  const set = await tx
    .updateTable('advice_card')
    .set({ state: to })
    .where('organization_id', '=', organizationId)
    .where('code', '=', code)
    .where('state', '=', from)
    .executeTakeFirst()
  return set.numUpdatedRows > 0n
}

export async function deleteDraft(tx: Transaction, organizationId: string, code: string): Promise<boolean> {
  const deleted = await tx
    .deleteFrom('advice_card')
    .where('organization_id', '=', organizationId)
    .where('code', '=', code)
    .where('state', '=', 'draft')
    .executeTakeFirst()
  return deleted.numDeletedRows > 0n
}

/**
 * Shipped cards: the first version of codes that the organization has never had, and the next of those whose version in
 * force is still the shipped one and says something else. What an organization has written or retired stays.
 * @returns how many came
 */
export async function insertShipped(
  tx: Transaction,
  organizationId: string,
  cards: readonly CardDefinition[],
  at: Date,
): Promise<number> {
  const given = sql`json_to_recordset(${JSON.stringify(
    cards.map((definition) => ({
      code: definition.code,
      kind: definition.kind,
      expires: definition.expiresOn,
      definition,
    })),
  )}::json) as s (code text, kind text, expires date, definition jsonb)`
  const columns = sql`organization_id, code, version, state, kind, definition, expires_on, origin, changed_at, changed_by_name,
    published_at, published_by_name`
  const row = (
    version: ReturnType<typeof sql>,
  ) => sql`${organizationId}::uuid, s.code, ${version}, 'active', s.kind, s.definition,
    s.expires, 'shipped', ${at}::timestamptz, 'Peiban', ${at}::timestamptz, 'Peiban'`
  const fresh = await sql`
    insert into advice_card (${columns}) select ${row(sql`1`)} from ${given}
    where not exists (select from advice_card c where c.organization_id = ${organizationId} and c.code = s.code)
    on conflict do nothing returning code`.execute(tx)
  const former = await sql<{ code: string; version: number }>`
    update advice_card c set state = 'retired' from ${given}
    where c.organization_id = ${organizationId} and c.code = s.code and c.state = 'active' and c.origin = 'shipped'
      and c.definition <> s.definition
      and not exists (select from advice_card d where d.organization_id = c.organization_id and d.code = c.code and d.version > c.version)
    returning c.code, c.version`.execute(tx)
  if (former.rows.length > 0)
    await sql`
      insert into advice_card (${columns}) select ${row(sql`f.version + 1`)} from ${given}
      join json_to_recordset(${JSON.stringify(former.rows)}::json) as f (code text, version int) on f.code = s.code`.execute(
      tx,
    )
  return fresh.rows.length + former.rows.length
}
