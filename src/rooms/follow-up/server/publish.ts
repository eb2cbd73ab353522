import { sql } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import { followUpProblem } from '../contract/problems.ts'
import type { ProtocolDefinition } from '../contract/protocol.ts'
import { checkInHouse } from './check.ts'
import { findProtocolRows } from './protocol-store.ts'
import { publishProtocol } from './protocol.ts'
import type { RunningPlans } from './table.ts'

/**
 * Publishes what somebody else has drafted, once nothing is wrong with it: whoever publishes stands for its scripts and for
 * what people read. @throws Problem ProtocolNotDraft, ProtocolOwnDraft, ProtocolFault, DraftChanged @returns how many plans go over
 */
export async function publishChecked(
  ctx: WriteContext,
  code: string,
  wanted: { version: number; running: RunningPlans; revision?: number | undefined },
): Promise<number> {
  const { rows } = await sql<{ definition: ProtocolDefinition; author_id: string | null; revision: number }>`
    select definition, author_id, revision from protocol where organization_id = ${ctx.organizationId} and code = ${code}
      and version = ${wanted.version} and state = 'draft' for update`.execute(ctx.tx)
  const draft = rows[0]
  if (!draft) throw followUpProblem('ProtocolNotDraft')
  if (draft.author_id !== null && draft.author_id === ctx.actor.id) throw followUpProblem('ProtocolOwnDraft')
  // Whoever publishes stands for what they have read, not for what was written since.
  if (wanted.revision !== undefined && wanted.revision !== draft.revision) {
    const written = (await findProtocolRows(ctx.tx, ctx.organizationId, code)).find(({ state }) => state === 'draft')
    throw followUpProblem('DraftChanged', { name: written?.author_name ?? '' })
  }
  const language = ctx.locale === 'en' ? 'en' : 'zh'
  const wrong = (await checkInHouse(ctx, draft.definition)).find(({ severity }) => severity === 'error')
  if (wrong) throw followUpProblem('ProtocolFault', { fault: wrong.text[language] }, 'body.version')
  return publishProtocol(ctx, code, wanted)
}
