import { z } from 'zod'
import type { WriteContext } from '../../../platform/context/context.ts'
import content from '../content/shipped-rules.json' with { type: 'json' }
import { ruleCode, ruleDefinition } from '../contract/rule.ts'

const shipped = z.strictObject({ code: ruleCode, definition: ruleDefinition })
/** What Peiban proposes: drafts without an owner. None counts before somebody has put their name to it. */
export const shippedRules = z.array(shipped).parse(content.rules)

/** Lays the proposals down as drafts in an organization that lacks them. What it has written itself stays. */
export async function installShippedAlertRules(ctx: WriteContext): Promise<void> {
  await ctx.tx
    .insertInto('alert_rule')
    .values(
      shippedRules.map(({ code, definition }) => ({
        organization_id: ctx.organizationId,
        code,
        version: 1,
        state: 'draft' as const,
        definition: JSON.stringify(definition),
        owner_id: null,
        author_id: null,
        created_at: ctx.clock.now(),
        confirmed_at: null,
        retired_at: null,
        retired_by: null,
      })),
    )
    .onConflict((c) => c.doNothing())
    .execute()
}
