import type { WriteContext } from '../../../platform/context/context.ts'
import { messageProblem } from '../contract/problems.ts'
import type { TemplateDefinition } from '../contract/template.ts'
import { compileBlocks } from './compile/compile.ts'
import { findingsOf } from './findings.ts'
import { findVersions, insertDraft, lockDraft, retirePublished } from './template-store.ts'

/**
 * Puts a template in force that a room above has had written and approved: the same check, the same two people. Its lock is
 * that room's; a draft that somebody began of it meanwhile stays.
 * @throws Problem TemplateOwnHand, TemplateUnfit
 */
export async function putTemplateInForce(
  ctx: WriteContext,
  given: TemplateDefinition,
  { editedBy, author }: { editedBy: readonly string[]; author: string },
): Promise<void> {
  if (ctx.actor.id === null || editedBy.includes(ctx.actor.id)) throw messageProblem('TemplateOwnHand')
  const definition = await compileBlocks(given)
  const findings = await findingsOf(ctx, definition)
  if (findings.length > 0) throw messageProblem('TemplateUnfit', { count: findings.length })
  const { code } = definition
  await lockDraft(ctx.tx, ctx.organizationId, code)
  const now = ctx.clock.now()
  const versions = await findVersions(ctx.db, ctx.organizationId, code)
  await retirePublished(ctx.tx, ctx.organizationId, code, now)
  await insertDraft(ctx.tx, {
    organization_id: ctx.organizationId,
    code,
    version: 1 + Math.max(0, ...versions.map(({ version }) => version)),
    state: 'published',
    definition,
    owner_id: editedBy[0] ?? null,
    review_on: null,
    expires_on: null,
    author_id: editedBy[0] ?? null,
    author_name: author,
    edited_by: [...editedBy],
    created_at: now,
    updated_at: now,
    published_by: ctx.actor.id,
    published_by_name: ctx.actor.name,
    published_at: now,
    retired_at: null,
  })
}
