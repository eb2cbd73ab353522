import { z } from 'zod'
import type { WriteContext } from '../../../platform/context/context.ts'
import diabetes from '../content/templates/diabetes.json' with { type: 'json' }
import hypertension from '../content/templates/hypertension.json' with { type: 'json' }
import lipids from '../content/templates/lipids.json' with { type: 'json' }
import sleepAndMood from '../content/templates/sleep-and-mood.json' with { type: 'json' }
import strokeRehabilitation from '../content/templates/stroke-rehabilitation.json' with { type: 'json' }
import uricAcid from '../content/templates/uric-acid.json' with { type: 'json' }
import weight from '../content/templates/weight.json' with { type: 'json' }
import { templateDefinition } from '../contract/template.ts'
import { planKind } from '../contract/words.ts'
import { keptOf, templates } from './template-store.ts'

const shipped = z.strictObject({ code: planKind, definition: templateDefinition })
/** The templates that come with Peiban. None has been read by a clinician yet: `reviewer` says so on every page. */
export const shippedPlanTemplates = z
  .array(shipped)
  .parse([hypertension, diabetes, weight, lipids, uricAcid, sleepAndMood, strokeRehabilitation])

/**
 * Puts them in force in an organization, and newer versions of those that it has left as they were; what it has changed
 * or retired stays. Runs at its founding and daily.
 * @returns how many came
 */
export function installShippedPlanTemplates(ctx: WriteContext): Promise<number> {
  const contents = shippedPlanTemplates.map(({ code, definition }) => keptOf(code, definition))
  return templates.ship(ctx, contents, ctx.clock.now())
}
