import { timingSafeEqual } from 'node:crypto'
import { hashToken, organizationOfToken } from '../../../platform/auth/token.ts'
import { systemActor, type Tenant } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import type { Call, Stream } from '../../../platform/context/room.ts'
import { CALLBACK_ANSWERS, type SmsProviderName } from '../../../platform/sms/provider.ts'
import { smsProblem } from '../contract/problems.ts'
import type { CallbackKind } from '../contract/words.ts'
import { findAccount } from './account-store.ts'
import { insertCallback } from './callback-store.ts'
import { readDueCallbacks } from './callback-reading.ts'

/** A thousand receipts are about 300 KB. */
const BODY_MAX = 1_000_000

/**
 * Keeps what a provider calls back with, whole, and answers. It is read at once, and again by a round where that failed:
 * nothing is lost by what it says or by our not understanding it.
 * @throws Problem SmsCallbackUnknown, SmsCallbackTooLarge
 */
export async function receiveCallback(house: House, token: string, kind: CallbackKind, call: Call): Promise<Stream> {
  const { tenant, provider } = await callerOf(house, token)
  const body = await readBody(call)
  await write(house, { tenant, actor: systemActor(tenant.id, 'sms/callback') }, async (ctx) => {
    const now = ctx.clock.now()
    const sealed = ctx.sealer.seal(ctx.organizationId, body)
    await insertCallback(ctx.tx, ctx.organizationId, { id: ctx.ids.next(), provider, kind, sealed, now })
  })
  try {
    await readDueCallbacks(house, tenant)
  } catch (error) {
    house.log.error(
      { err: error as Error, organizationId: tenant.id },
      'a callback of a provider of short messages was kept and not read',
    )
  }
  return { stream: Buffer.from(JSON.stringify(CALLBACK_ANSWERS[provider])), media: 'application/json' }
}

async function callerOf(house: House, token: string): Promise<{ tenant: Tenant; provider: SmsProviderName }> {
  const organizationId = organizationOfToken(token)
  const account = organizationId ? await findAccount(house.databases.of(organizationId), organizationId) : undefined
  if (!account || !timingSafeEqual(account.callback_hash, hashToken(token))) throw smsProblem('SmsCallbackUnknown')
  return { tenant: await house.tenant(account.organization_id), provider: account.provider }
}

async function readBody(call: Call): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of call.stream ?? []) {
    const bytes = Buffer.from(chunk as Buffer)
    size += bytes.length
    if (size > BODY_MAX) throw smsProblem('SmsCallbackTooLarge')
    chunks.push(bytes)
  }
  return Buffer.concat(chunks).toString('utf8')
}
