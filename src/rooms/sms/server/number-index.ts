import type { ReadContext } from '../../../platform/context/context.ts'

/** By which messages to a number are found again; E.164, so that it is the same however it was entered. */
export function numberIndex(ctx: Pick<ReadContext, 'sealer' | 'organizationId'>, e164: string): Buffer {
  return ctx.sealer.index(ctx.organizationId, 'sms/number', e164)
}
