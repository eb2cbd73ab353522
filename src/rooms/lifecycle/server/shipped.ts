import { z } from 'zod'
import type { WriteContext } from '../../../platform/context/context.ts'
import { wakeEverybody } from '../../agenda/server/index.ts'
import content from '../content/stage-rules.json' with { type: 'json' }
import { stage, stageRule } from '../contract/words.ts'
import { keptOf, stageRules } from './rule-store.ts'

/** The rules that come with Peiban. Nobody has read them yet: `reviewer` says so on every page. */
export const shippedRules = z
  .array(z.strictObject({ code: stage, definition: stageRule }))
  .length(stage.options.length)
  .parse(content.rules)

/**
 * Puts them in force in an organization, and newer versions of those it has left as they were. Runs at its founding and
 * daily; where something came, everybody is looked at.
 */
export async function installShippedStageRules(ctx: WriteContext): Promise<void> {
  const now = ctx.clock.now()
  const came = await stageRules.ship(
    ctx,
    shippedRules.map(({ code, definition }) => keptOf(code, definition)),
    now,
  )
  if (came > 0) await wakeEverybody(ctx.tx, ctx.organizationId, 'relationship rules', now)
}
