import type { ReadContext } from '../../../platform/context/context.ts'
import { maskPhone } from '../../../platform/contract/index.ts'
import { toAliyunNumber } from '../../../platform/sms/number.ts'
import './table.ts'

/** What somebody wrote back; who may read it is the caller's business. Undefined when there is none. */
export async function smsReplyOf(
  ctx: Pick<ReadContext, 'db' | 'organizationId' | 'sealer'>,
  replyId: string,
): Promise<{ text: string; fromMasked: string; saidAt: Date } | undefined> {
  const row = await ctx.db
    .selectFrom('sms_reply')
    .select(['sealed', 'said_at'])
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', replyId)
    .executeTakeFirst()
  if (!row) return undefined
  const { from, text } = JSON.parse(ctx.sealer.open(ctx.organizationId, row.sealed)) as { from: string; text: string }
  return { text, fromMasked: maskPhone(toAliyunNumber(from)), saidAt: row.said_at }
}
