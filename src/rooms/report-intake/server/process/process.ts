import { systemActor, type Tenant } from '../../../../platform/context/context.ts'
import { write, type House } from '../../../../platform/context/house.ts'
import { isConnectionLost } from '../../../../platform/database/database.ts'
import { processRows } from './batch.ts'
import { claimMessage, claimReceived, settleMessages, type Outcome } from './claim.ts'

/** Messages in one transaction: statements are shared, and a poisonous one costs the others only one repetition. */
export const BATCH = 150

/**
 * Reads, matches, maps and files one batch of what was received.
 * @returns how many messages were claimed; 0 when nothing waits
 */
export async function processIntake(house: House, tenant: Tenant, limit = BATCH): Promise<number> {
  const options = { tenant, actor: systemActor(tenant.id, 'report-intake') }
  let claimed: string[] = []
  try {
    return await write(house, options, async (ctx) => {
      const rows = await claimReceived(ctx.tx, tenant.id, limit)
      claimed = rows.map((row) => row.id)
      await processRows(ctx, rows)
      return rows.length
    })
  } catch (error) {
    if (claimed.length === 0 || isConnectionLost(error)) throw error
    house.log.error({ err: error, batch: claimed.length }, 'a batch of messages failed; they are taken one by one')
    for (const id of claimed) await processOne(house, tenant, id)
    return claimed.length
  }
}

async function processOne(house: House, tenant: Tenant, id: string): Promise<void> {
  const options = { tenant, actor: systemActor(tenant.id, 'report-intake') }
  try {
    await write(house, options, async (ctx) => processRows(ctx, await claimMessage(ctx.tx, tenant.id, id)))
  } catch (error) {
    if (isConnectionLost(error)) throw error
    house.log.error({ err: error, intakeId: id }, 'a message could not be filed; it is kept and shown')
    const detail = { fault: [(error as Error).name, (error as { code?: string }).code].filter(Boolean).join(' ') }
    const outcome: Outcome = {
      id,
      state: 'failed',
      reason: 'fault',
      detail,
      reports: 0,
      results: 0,
      waiting: 0,
      unknownCodes: 0,
    }
    await write(house, options, async (ctx) => {
      if ((await claimMessage(ctx.tx, tenant.id, id)).length > 0)
        await settleMessages(ctx.tx, tenant.id, [outcome], ctx.clock.now())
    })
  }
}
