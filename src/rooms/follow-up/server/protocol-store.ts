import { sql } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { ProtocolDefinition } from '../contract/protocol.ts'
import type { ProtocolTable } from './table.ts'
import './table.ts'

export interface ProtocolVersion {
  code: string
  version: number
  state: ProtocolTable['state']
  definition: ProtocolDefinition
}

/** Versions by their key, `code@version`. */
export type Protocols = Map<string, ProtocolVersion>
export const keyOf = (code: string, version: number) => `${code}@${version}`

/** What is published, and the versions that plans run by or go over to. A handful of rows, whatever the organization's size. */
export async function findProtocols(db: Db, organizationId: string): Promise<Protocols> {
  const { rows } = await sql<ProtocolVersion>`
    select code, version, state, definition from protocol
    where organization_id = ${organizationId} and state <> 'draft' order by code, version`.execute(db)
  return new Map(rows.map((row) => [keyOf(row.code, row.version), row]))
}

export function publishedOf(protocols: Protocols): ProtocolVersion[] {
  return [...protocols.values()].filter((protocol) => protocol.state === 'published')
}

export interface ProtocolRow extends ProtocolVersion {
  origin: 'shipped' | 'organization'
  running: ProtocolTable['running']
  created_at: Date
  published_at: Date | null
  retired_at: Date | null
  author_id: string | null
  author_name: string | null
  publisher_name: string | null
  revision: number
  /** Of the shipped definition that it began as. */
  taken_print: string | null
  /** Plans that run by this version, up to 1,000. */
  active: number
}

/** All versions, or those of one protocol, with how many plans run by each. */
export async function findProtocolRows(db: Db, organizationId: string, code?: string): Promise<ProtocolRow[]> {
  const { rows } = await sql<ProtocolRow>`
    select p.code, p.version, p.state, p.definition, p.origin, p.running, p.created_at, p.published_at, p.retired_at, p.revision, p.author_id, p.taken_print,
      a.name author_name, b.name publisher_name,
      (select count(*) from (select from plan_run r where r.organization_id = p.organization_id and r.protocol_code = p.code
        and r.protocol_version = p.version and r.state = 'active' limit 1000) n)::int active
    from protocol p
    left join staff a on a.organization_id = p.organization_id and a.id = p.author_id
    left join staff b on b.organization_id = p.organization_id and b.id = p.published_by
    where p.organization_id = ${organizationId} ${code ? sql`and p.code = ${code}` : sql``}
    order by p.code, p.version desc`.execute(db)
  return rows
}

export interface DraftStand {
  version: number
  revision: number
}

/**
 * Writes the draft of a protocol: a new version, or the one that is being worked on.
 * @param seen revision of the draft that it was written upon, 0 where there was none; without it, whatever stands
 * @returns undefined when another one stands, or when that one is no draft any more: then the caller keeps nothing
 */
export async function putDraft(
  tx: Transaction,
  organizationId: string,
  definition: ProtocolDefinition,
  authorId: string | null,
  now: Date,
  seen?: number,
): Promise<DraftStand | undefined> {
  const { rows } = await sql<DraftStand>`
    insert into protocol (organization_id, code, version, state, definition, author_id, created_at)
    select ${organizationId}, ${definition.code}, coalesce(max(version), 0) + 1, 'draft', ${JSON.stringify(definition)}::jsonb, ${authorId}, ${now}
    from protocol where organization_id = ${organizationId} and code = ${definition.code} and state <> 'draft'
    on conflict (organization_id, code) where state = 'draft'
    do update set definition = excluded.definition, author_id = excluded.author_id, created_at = excluded.created_at,
      revision = protocol.revision + 1
      where ${seen ?? null}::int is null or protocol.revision = ${seen ?? null}::int
    returning version, revision`.execute(tx)
  const [row] = rows
  // A draft that begins although one was seen: that one has been published or thrown away meanwhile.
  return row && seen && row.revision === 1 ? undefined : row
}

/** Notes as which shipped definition a draft began. */
export async function markTaken(
  tx: Transaction,
  organizationId: string,
  code: string,
  version: number,
  print: string,
): Promise<void> {
  await tx
    .updateTable('protocol')
    .set({ taken_print: print })
    .where('organization_id', '=', organizationId)
    .where('code', '=', code)
    .where('version', '=', version)
    .execute()
}

/** Publishes the draft of this version and retires the one before. @returns false when it is no draft any more, or another one */
export async function publishDraft(
  tx: Transaction,
  organizationId: string,
  {
    code,
    version,
    running,
    by,
    now,
    revision,
  }: {
    code: string
    version: number
    running: NonNullable<ProtocolTable['running']>
    by: string | null
    now: Date
    /** The one that was looked at; another one is not published. */
    revision?: number | undefined
  },
): Promise<boolean> {
  await sql`select from protocol where organization_id = ${organizationId} and code = ${code} order by version for update`.execute(
    tx,
  )
  await sql`update protocol set state = 'retired', retired_at = ${now} where organization_id = ${organizationId} and code = ${code}
    and state = 'published' and exists (select from protocol d where d.organization_id = ${organizationId} and d.code = ${code}
    and d.version = ${version} and d.state = 'draft' and d.revision = coalesce(${revision ?? null}::int, d.revision))`.execute(
    tx,
  )
  const { rows } =
    await sql`update protocol set state = 'published', running = ${running}, published_by = ${by}, published_at = ${now}
    where organization_id = ${organizationId} and code = ${code} and version = ${version} and state = 'draft'
      and revision = coalesce(${revision ?? null}::int, revision) returning version`.execute(tx)
  return rows.length === 1
}

/** Sends the running plans of earlier versions over to another one. @returns whose plans they are */
export async function switchRuns(
  tx: Transaction,
  organizationId: string,
  code: string,
  to: number,
  how: 'next-step' | 're-plan',
): Promise<string[]> {
  const { rows } = await sql<{ patient_id: string }>`
    update plan_run set switch_to = ${to}, switch_how = ${how}, version = version + 1
    where organization_id = ${organizationId} and protocol_code = ${code} and state = 'active' and protocol_version <> ${to}
    returning patient_id`.execute(tx)
  return rows.map((row) => row.patient_id)
}
