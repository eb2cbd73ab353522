import type { WriteContext } from '../../../platform/context/context.ts'
import { sendMessage, withdrawMessages } from '../../message/server/index.ts'

/** Sends a link by e-mail; it stands in the sealed body alone, and staff who read the copy do not see it. */
export async function sendLink(
  ctx: WriteContext,
  patientId: string,
  { id, link, closesAt }: { id: string; link: string; closesAt: string | null },
): Promise<void> {
  await sendMessage(ctx, {
    patientId,
    template: 'questionnaire-invitation',
    touch: `questionnaire:${id}`,
    values: { link },
    ...(closesAt ? { notAfter: new Date(closesAt) } : {}),
    source: 'questionnaire',
    sourceKey: id,
  })
}

/** The link was answered or withdrawn: what was still to be said of it is not said. */
export const withdrawOfLink = (ctx: WriteContext, patientId: string, id: string) =>
  withdrawMessages(ctx, { patientId, source: 'questionnaire', sourceKey: id })
