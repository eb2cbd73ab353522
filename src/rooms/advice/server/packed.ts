import { sql } from 'kysely'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import {
  dropContentDraft,
  findContent,
  retireContent,
  type ContentTable,
  type ContentVersion,
} from '../../../platform/database/content-versions.ts'
import type { CardDefinition } from '../contract/words.ts'

const TABLE: ContentTable = { name: 'advice_card', inForce: 'active' }
const BY = 'Peiban'

/** Cards of these codes as they stand here. */
export function findPackedCards(ctx: ReadContext, codes: readonly string[]): Promise<ContentVersion[]> {
  return findContent(ctx.db, ctx.organizationId, TABLE, codes)
}

/**
 * Lays a card of a pack down as a draft for a second person, or in force by somebody who may publish. The caller has made
 * sure that no draft of the code stands. @returns its version
 */
export async function layPackedCard(ctx: WriteContext, definition: CardDefinition, publish: boolean): Promise<number> {
  const now = ctx.clock.now()
  const { code, kind, expiresOn } = definition
  if (publish) await retireContent(ctx.tx, ctx.organizationId, TABLE, code)
  const { rows } = await sql<{ version: number }>`
    insert into advice_card (organization_id, code, version, state, kind, definition, expires_on, origin, changed_at, changed_by_name,
      published_at, published_by, published_by_name)
    select ${ctx.organizationId}, ${code}, coalesce(max(version), 0) + 1, ${publish ? 'active' : 'draft'}, ${kind},
      ${JSON.stringify(definition)}::jsonb, ${expiresOn}::date, 'shipped', ${now}, ${BY},
      ${publish ? now : null}::timestamptz, ${publish ? ctx.actor.id : null}::uuid, ${publish ? ctx.actor.name : null}
    from advice_card where organization_id = ${ctx.organizationId} and code = ${code} returning version`.execute(ctx.tx)
  return rows[0]!.version
}

/** Chooses a card no more; what was given stays. */
export function retirePackedCard(ctx: WriteContext, code: string): Promise<boolean> {
  return retireContent(ctx.tx, ctx.organizationId, TABLE, code)
}

export function dropPackedCard(ctx: WriteContext, code: string, version: number): Promise<boolean> {
  return dropContentDraft(ctx.tx, ctx.organizationId, TABLE, code, version)
}
