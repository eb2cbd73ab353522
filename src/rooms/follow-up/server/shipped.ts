import type { WriteContext } from '../../../platform/context/context.ts'
import bloodPressure from '../content/protocols/blood-pressure-half-yearly.json' with { type: 'json' }
import diabetes from '../content/protocols/diabetes-2.json' with { type: 'json' }
import hypertension from '../content/protocols/hypertension.json' with { type: 'json' }
import postSurgery from '../content/protocols/post-surgery.json' with { type: 'json' }
import { protocolDefinition, type ProtocolDefinition } from '../contract/protocol.ts'
import './table.ts'

/** The protocols that come with Peiban, as an organization first gets them. */
export const shippedProtocols: ProtocolDefinition[] = [hypertension, diabetes, postSurgery, bloodPressure].map(
  (content) => protocolDefinition.parse(content),
)

/** Publishes the shipped protocols in an organization that lacks them. Those an organization has changed stay as they are. */
export async function installShippedProtocols(ctx: WriteContext): Promise<void> {
  const now = ctx.clock.now()
  await ctx.tx
    .insertInto('protocol')
    .values(
      shippedProtocols.map((definition) => ({
        organization_id: ctx.organizationId,
        code: definition.code,
        version: 1,
        state: 'published' as const,
        definition: JSON.stringify(definition),
        origin: 'shipped' as const,
        running: null,
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
