import type { ReadContext } from '../../../platform/context/context.ts'

/** Tells one text from another without holding it. */
export function hashText(ctx: Pick<ReadContext, 'sealer' | 'organizationId'>, text: string): string {
  return ctx.sealer.index(ctx.organizationId, 'sms/reply-key', text).toString('hex')
}
