import { sql } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import { followUpProblem } from '../contract/problems.ts'
import type { ProtocolDefinition } from '../contract/protocol.ts'
import { checkInHouse } from './check.ts'
import { publishProtocol } from './protocol.ts'
import type { RunningPlans } from './table.ts'

/**
 * Publishes what somebody else has drafted, once nothing is wrong with it: whoever publishes stands for its scripts and for
 * what people read. @throws Problem ProtocolNotDraft, ProtocolOwnDraft, ProtocolFault @returns how many plans go over
 */
export async function publishChecked(
  ctx: WriteContext,
  code: string,
  wanted: { version: number; running: RunningPlans },
): Promise<number> {
  const { rows } = await sql<{ definition: ProtocolDefinition; author_id: string | null }>`
    select definition, author_id from protocol where organization_id = ${ctx.organizationId} and code = ${code}
      and version = ${wanted.version} and state = 'draft'`.execute(ctx.tx)
  const draft = rows[0]
  if (!draft) throw followUpProblem('ProtocolNotDraft')
  if (draft.author_id !== null && draft.author_id === ctx.actor.id) throw followUpProblem('ProtocolOwnDraft')
  const language = ctx.locale === 'en' ? 'en' : 'zh'
  const wrong = (await checkInHouse(ctx, draft.definition)).find(({ severity }) => severity === 'error')
  if (wrong) throw followUpProblem('ProtocolFault', { fault: wrong.text[language] }, 'body.version')
  return publishProtocol(ctx, code, wanted)
}
