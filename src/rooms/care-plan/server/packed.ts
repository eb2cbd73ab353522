import { sql } from 'kysely'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import {
  dropContentDraft,
  findContent,
  retireContent,
  type ContentTable,
  type ContentVersion,
} from '../../../platform/database/content-versions.ts'
import type { TemplateDefinition } from '../contract/template.ts'

const TABLE: ContentTable = { name: 'care_plan_template', inForce: 'active' }
const BY = 'Peiban'

/** Templates of these codes as they stand here. */
export function findPackedTemplates(ctx: ReadContext, codes: readonly string[]): Promise<ContentVersion[]> {
  return findContent(ctx.db, ctx.organizationId, TABLE, codes)
}

/**
 * Lays a template of a pack down as a draft for a second person, or in force by somebody who may publish. The caller has
 * made sure that no draft of the code stands. @returns its version
 */
export async function layPackedTemplate(
  ctx: WriteContext,
  code: string,
  definition: TemplateDefinition,
  publish: boolean,
): Promise<number> {
  const now = ctx.clock.now()
  if (publish) await retireContent(ctx.tx, ctx.organizationId, TABLE, code)
  const { rows } = await sql<{ version: number }>`
    insert into care_plan_template (organization_id, code, version, state, definition, changed_at, changed_by_name,
      published_at, published_by, published_by_name)
    select ${ctx.organizationId}, ${code}, coalesce(max(version), 0) + 1, ${publish ? 'active' : 'draft'},
      ${JSON.stringify(definition)}::jsonb, ${now}, ${BY},
      ${publish ? now : null}::timestamptz, ${publish ? ctx.actor.id : null}::uuid, ${publish ? ctx.actor.name : null}
    from care_plan_template where organization_id = ${ctx.organizationId} and code = ${code} returning version`.execute(
    ctx.tx,
  )
  return rows[0]!.version
}

/** Offers a template no more; plans made from it stay. */
export function retirePackedTemplate(ctx: WriteContext, code: string): Promise<boolean> {
  return retireContent(ctx.tx, ctx.organizationId, TABLE, code)
}

export function dropPackedTemplate(ctx: WriteContext, code: string, version: number): Promise<boolean> {
  return dropContentDraft(ctx.tx, ctx.organizationId, TABLE, code, version)
}

/** How many people have a plan of each of these kinds that runs or is being drafted. */
export async function openPlansOfKinds(ctx: ReadContext, kinds: readonly string[]): Promise<Map<string, number>> {
  if (kinds.length === 0) return new Map()
  const { rows } = await sql<{ kind: string; people: number }>`
    select kind, count(*)::int people from care_plan
    where organization_id = ${ctx.organizationId} and kind = any(${[...kinds]}::text[]) and state in ('draft', 'active', 'paused')
    group by kind`.execute(ctx.db)
  return new Map(rows.map(({ kind, people }) => [kind, people]))
}
