import { newToken } from '../../../platform/auth/token.ts'
import { systemActor, type Tenant, type WriteContext } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import { sendMessages } from '../../message/server/index.ts'
import { settingsOf, webAddressOf } from '../../organization/server/index.ts'
import { deleteOldKeys, insertKeys } from './key-store.ts'
import { dropVainReminders, takeDueReminders } from './remind-store.ts'

/** So many in one transaction; a round goes on until nothing is due. */
const BATCH = 200
const DAY_MS = 86_400_000

/**
 * Reminds those who were sent a questionnaire and have not answered it. Each reminder brings a link of its own, since
 * only the hash of the first one was kept; whoever has opted out or died meanwhile is stopped where messages are sent.
 * @returns how many were reminded
 */
export async function remindDue(house: House, tenant: Tenant): Promise<number> {
  let reminded = 0
  for (;;) {
    const count = await write(house, { tenant, actor: systemActor(tenant.id, 'questionnaire/remind') }, remindBatch)
    reminded += count
    if (count < BATCH) return reminded
  }
}

async function remindBatch(ctx: WriteContext): Promise<number> {
  const now = ctx.clock.now()
  const due = await takeDueReminders(ctx.tx, ctx.organizationId, now, BATCH)
  await dropVainReminders(ctx.tx, ctx.organizationId, now)
  await deleteOldKeys(ctx.tx, ctx.organizationId, new Date(now.getTime() - DAY_MS))
  if (due.length === 0) return 0
  const address = webAddressOf((await settingsOf(ctx)).general, ctx.publicUrl)
  const links = due.map((one) => ({ ...one, ...newToken(ctx.organizationId) }))
  await insertKeys(
    ctx.tx,
    ctx.organizationId,
    links.map(({ id, hash, closes_at }) => ({ hash, invitationId: id, kind: 'link', until: closes_at })),
    ctx.clock.now(),
  )
  await sendMessages(
    ctx,
    links.map(({ id, patient_id, token, nth, closes_at }) => ({
      patientId: patient_id,
      template: 'questionnaire-reminder',
      touch: `questionnaire:${id}:${nth}`,
      values: { link: `${address}/fill/${token}` },
      ...(closes_at ? { notAfter: closes_at } : {}),
      source: 'questionnaire',
      sourceKey: id,
    })),
  )
  return due.length
}
