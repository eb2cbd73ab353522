import type { ReadContext } from '../../../platform/context/context.ts'
import { versionsIn } from '../../../platform/versions/index.ts'
import programme from '../content/programme.json' with { type: 'json' }
import signs from '../content/signs.json' with { type: 'json' }
import {
  programmeDefinition,
  signsDefinition,
  type ContentCode,
  type ContentDefinition,
  type ProgrammeDefinition,
  type SignsDefinition,
} from '../contract/growth.ts'
import type { GrowthContentTable } from './table.ts'

/** What came with Peiban, and counts where a house has published nothing of its own. */
export const SHIPPED: { programme: ProgrammeDefinition; signs: SignsDefinition } = {
  programme: programmeDefinition.parse({ kind: 'programme', ...programme }),
  signs: signsDefinition.parse({ kind: 'signs', ...signs }),
}

export const contents = versionsIn<GrowthContentTable>('growth_content')

type Reading = Pick<ReadContext, 'db' | 'organizationId'>

async function inForce<D extends ContentDefinition>(
  ctx: Reading,
  code: ContentCode & D['kind'],
  shipped: D,
): Promise<D> {
  const row = await contents.inForceOf(ctx, code)
  return row ? (row.definition as D) : shipped
}

/** The text that guardians agree to, what every child begins with, how often it is measured. */
export const programmeInForce = (ctx: Reading): Promise<ProgrammeDefinition> =>
  inForce(ctx, 'programme', SHIPPED.programme)

/** The limits of what is worth a doctor's look. */
export const signsInForce = (ctx: Reading): Promise<SignsDefinition> => inForce(ctx, 'signs', SHIPPED.signs)
