import { sql } from 'kysely'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import {
  dropContentDraft,
  findContent,
  type ContentTable,
  type ContentVersion,
} from '../../../platform/database/content-versions.ts'
import type { RuleDefinition } from '../contract/rule.ts'
import { putDraft } from './rule-store.ts'

const TABLE: ContentTable = { name: 'alert_rule', inForce: 'confirmed' }

/** Alert rules of these codes as they stand here. */
export function findPackedAlertRules(ctx: ReadContext, codes: readonly string[]): Promise<ContentVersion[]> {
  return findContent(ctx.db, ctx.organizationId, TABLE, codes)
}

/** Lays an alert rule of a pack down: always as a draft without an owner, whoever installs. @returns its version */
export async function layPackedAlertRule(ctx: WriteContext, code: string, definition: RuleDefinition): Promise<number> {
  const now = ctx.clock.now()
  await putDraft(ctx.tx, ctx.organizationId, { code, definition, ownerId: null, authorId: null, now })
  const { rows } = await sql<{ version: number }>`
    select version from alert_rule where organization_id = ${ctx.organizationId} and code = ${code} and state = 'draft'`.execute(
    ctx.tx,
  )
  return rows[0]!.version
}

/** Takes a draft of a pack away again. What an owner has confirmed stays until that owner retires it. */
export function dropPackedAlertRule(ctx: WriteContext, code: string, version: number): Promise<boolean> {
  return dropContentDraft(ctx.tx, ctx.organizationId, TABLE, code, version)
}
