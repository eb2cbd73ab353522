import { sql } from 'kysely'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import {
  dropContentDraft,
  findContent,
  type ContentTable,
  type ContentVersion,
} from '../../../platform/database/content-versions.ts'
import { wakeEverybody } from '../../agenda/server/index.ts'
import type { TagDefinition } from '../contract/rule.ts'
import { retirePublished } from './rule-store.ts'

const TABLE: ContentTable = { name: 'tag_rule', inForce: 'published' }
/** Tags of these codes as they stand here. */
export function findPackedTags(ctx: ReadContext, codes: readonly string[]): Promise<ContentVersion[]> {
  return findContent(ctx.db, ctx.organizationId, TABLE, codes)
}

/**
 * Lays a tag down that comes with a pack: as a draft without an author, for a second person to publish; published at
 * once by somebody who may publish. The caller has made sure that no draft of the code stands.
 * @returns its version
 */
export async function layPackedTag(ctx: WriteContext, definition: TagDefinition, publish: boolean): Promise<number> {
  const now = ctx.clock.now()
  if (publish) await retirePublished(ctx.tx, ctx.organizationId, definition.code, now)
  const { rows } = await sql<{ version: number }>`
    insert into tag_rule (organization_id, code, version, state, definition, origin, author_id, created_at, published_by, published_at)
    select ${ctx.organizationId}, ${definition.code}, coalesce(max(version), 0) + 1, ${publish ? 'published' : 'draft'},
      ${JSON.stringify(definition)}::jsonb, 'shipped', null, ${now}, ${publish ? ctx.actor.id : null}::uuid,
      ${publish ? now : null}::timestamptz
    from tag_rule where organization_id = ${ctx.organizationId} and code = ${definition.code} returning version`.execute(
    ctx.tx,
  )
  if (publish && definition.condition)
    await wakeEverybody(ctx.tx, ctx.organizationId, `tag ${definition.code} published`, now)
  return rows[0]!.version
}

/** Takes a draft of a pack away again; a published tag stays, since it says what is true of people. */
export function dropPackedTag(ctx: WriteContext, code: string, version: number): Promise<boolean> {
  return dropContentDraft(ctx.tx, ctx.organizationId, TABLE, code, version)
}
