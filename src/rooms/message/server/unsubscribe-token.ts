import { hashToken, organizationOfToken } from '../../../platform/auth/token.ts'
import type { ReadContext } from '../../../platform/context/context.ts'

/**
 * The token in the unsubscribe link of one message: opaque, the same at each try of sending, and to be told from a
 * forged one only by the house's key. The table keeps its hash.
 */
export function unsubscribeTokenOf(
  { sealer, organizationId }: Pick<ReadContext, 'sealer' | 'organizationId'>,
  messageId: string,
): string {
  const halves = ['message/unsubscribe/1', 'message/unsubscribe/2'].map((purpose) =>
    sealer.index(organizationId, purpose, messageId),
  )
  return `${organizationId.replaceAll('-', '')}.${Buffer.concat(halves).toString('base64url')}`
}

export { hashToken as unsubscribeHash, organizationOfToken }
