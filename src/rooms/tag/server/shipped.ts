import { z } from 'zod'
import type { WriteContext } from '../../../platform/context/context.ts'
import content from '../content/shipped-tags.json' with { type: 'json' }
import { tagDefinition, type TagDefinition } from '../contract/rule.ts'

/** The tags that come with Peiban, as an organization first gets them. */
export const shippedTags: TagDefinition[] = z.array(tagDefinition).parse(content.tags)

/** Publishes the shipped tags in an organization that lacks them. Those an organization has changed stay as they are. */
export async function installShippedTags(ctx: WriteContext): Promise<void> {
  const now = ctx.clock.now()
  await ctx.tx
    .insertInto('tag_rule')
    .values(
      shippedTags.map((definition) => ({
        organization_id: ctx.organizationId,
        code: definition.code,
        version: 1,
        state: 'published' as const,
        definition: JSON.stringify(definition),
        origin: 'shipped' as const,
        author_id: null,
        created_at: now,
        published_by: null,
        published_at: now,
        retired_at: null,
      })),
    )
    .onConflict((c) => c.doNothing())
    .execute()
}
