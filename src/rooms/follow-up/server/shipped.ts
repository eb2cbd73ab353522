import type { WriteContext } from '../../../platform/context/context.ts'
import bloodPressure from '../content/protocols/blood-pressure-half-yearly.json' with { type: 'json' }
import breastNodule from '../content/protocols/breast-nodule.json' with { type: 'json' }
import checkUpLoop from '../content/protocols/check-up-loop.json' with { type: 'json' }
import copd from '../content/protocols/copd.json' with { type: 'json' }
import diabetes from '../content/protocols/diabetes-2.json' with { type: 'json' }
import discharge from '../content/protocols/discharge.json' with { type: 'json' }
import dormant from '../content/protocols/dormant.json' with { type: 'json' }
import elderly from '../content/protocols/elderly.json' with { type: 'json' }
import growthCare from '../content/protocols/growth-care.json' with { type: 'json' }
import hypertension from '../content/protocols/hypertension.json' with { type: 'json' }
import lungNodule from '../content/protocols/lung-nodule.json' with { type: 'json' }
import newMember from '../content/protocols/new-member.json' with { type: 'json' }
import oncologyAfterTreatment from '../content/protocols/oncology-after-treatment.json' with { type: 'json' }
import postSurgery from '../content/protocols/post-surgery.json' with { type: 'json' }
import postpartum from '../content/protocols/postpartum.json' with { type: 'json' }
import pregnancy from '../content/protocols/pregnancy.json' with { type: 'json' }
import rehabilitation from '../content/protocols/rehabilitation.json' with { type: 'json' }
import severeMental from '../content/protocols/severe-mental.json' with { type: 'json' }
import thyroidNodule from '../content/protocols/thyroid-nodule.json' with { type: 'json' }
import weeklyCompanionCall from '../content/protocols/weekly-companion-call.json' with { type: 'json' }
import { protocolDefinition, type ProtocolDefinition } from '../contract/protocol.ts'
import './table.ts'

/** The protocols that come with Peiban, as an organization first gets them. */
export const shippedProtocols: ProtocolDefinition[] = [hypertension, diabetes, postSurgery, bloodPressure].map(
  (content) => protocolDefinition.parse(content),
)

/**
 * Pathways that wait in packs (`specialty-pack`): a house has none of them before a head takes the pack that names it, and
 * then as a draft for a second person.
 */
export const pathwaysOfPacks: ReadonlyMap<string, ProtocolDefinition> = new Map(
  [
    checkUpLoop,
    copd,
    discharge,
    dormant,
    elderly,
    breastNodule,
    growthCare,
    lungNodule,
    newMember,
    oncologyAfterTreatment,
    postpartum,
    pregnancy,
    rehabilitation,
    severeMental,
    thyroidNodule,
    weeklyCompanionCall,
  ].map((content) => {
    const definition = protocolDefinition.parse(content)
    return [definition.code, definition]
  }),
)

/** Which edition of a shipped protocol this is, where it is not the first. */
const EDITIONS: Record<string, number> = { 'post-surgery': 2 }

/**
 * Publishes the shipped protocols in an organization that lacks them, and a later edition where the one before still stands
 * as it came; plans that run keep theirs. Those an organization has changed or retired stay as they are.
 */
export async function installShippedProtocols(ctx: WriteContext): Promise<void> {
  const now = ctx.clock.now()
  const kept = await keptByHouse(ctx, now)
  const coming = shippedProtocols.filter(({ code }) => !kept.has(code))
  if (coming.length === 0) return
  await ctx.tx
    .insertInto('protocol')
    .values(
      coming.map((definition) => ({
        organization_id: ctx.organizationId,
        code: definition.code,
        version: editionOf(definition),
        state: 'published' as const,
        definition: JSON.stringify(definition),
        origin: 'shipped' as const,
        running: null,
        author_id: null,
        created_at: now,
        published_by: null,
        published_at: now,
        retired_at: null,
        taken_print: null,
      })),
    )
    .onConflict((c) => c.doNothing())
    .execute()
}

const editionOf = ({ code }: Pick<ProtocolDefinition, 'code'>) => EDITIONS[code] ?? 1

/** Codes that stay as the organization has them. An earlier edition that nobody has touched makes room. */
async function keptByHouse(ctx: WriteContext, now: Date): Promise<Set<string>> {
  const rows = await ctx.tx
    .selectFrom('protocol')
    .select(['code', 'version', 'state', 'origin'])
    .where('organization_id', '=', ctx.organizationId)
    .where(
      'code',
      'in',
      shippedProtocols.map(({ code }) => code),
    )
    .forUpdate()
    .execute()
  const kept = new Set<string>()
  for (const [code, versions] of Map.groupBy(rows, (row) => row.code)) {
    const untouched = versions.every(({ origin }) => origin === 'shipped')
    const standing = versions.find(({ state }) => state === 'published')
    if (!untouched || !standing || standing.version >= editionOf({ code })) kept.add(code)
    else
      await ctx.tx
        .updateTable('protocol')
        .set({ state: 'retired', retired_at: now })
        .where('organization_id', '=', ctx.organizationId)
        .where('code', '=', code)
        .where('version', '=', standing.version)
        .execute()
  }
  return kept
}
