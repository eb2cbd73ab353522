import { systemActor, type Tenant, type WriteContext } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import type { CareStep } from './care-step.ts'
import { claimDue, claimOne, putOff, settleDue, type NextDue } from './store.ts'

/** Patients per transaction: large enough that statements are shared, small enough that a waiting report waits briefly. */
export const BATCH = 500

/**
 * Evaluates one batch of due patients of an organization.
 * @returns how many were claimed; less than `limit` means that nothing more is due
 */
export async function evaluateDue(
  house: House,
  tenant: Tenant,
  steps: readonly CareStep[],
  limit = BATCH,
): Promise<number> {
  const options = { tenant, actor: systemActor(tenant.id, 'care-engine') }
  let claimed: string[] = []
  try {
    return await write(house, options, async (ctx) => {
      claimed = await claimDue(ctx.tx, tenant.id, ctx.clock.now(), limit)
      if (claimed.length > 0) await runSteps(ctx, steps, claimed)
      return claimed.length
    })
  } catch (error) {
    if (claimed.length === 0) throw error
    house.log.error({ err: error, batch: claimed.length }, 'care batch failed; evaluating one by one')
    for (const patientId of claimed) await evaluateOne(house, tenant, steps, patientId)
    return claimed.length
  }
}

async function evaluateOne(house: House, tenant: Tenant, steps: readonly CareStep[], patientId: string): Promise<void> {
  const options = { tenant, actor: systemActor(tenant.id, 'care-engine') }
  try {
    await write(house, options, async (ctx) => {
      if (await claimOne(ctx.tx, tenant.id, patientId, ctx.clock.now())) await runSteps(ctx, steps, [patientId])
    })
  } catch (error) {
    house.log.error({ err: error, patientId }, 'care evaluation failed')
    await write(house, options, (ctx) =>
      putOff(ctx.tx, tenant.id, patientId, ctx.clock.now(), (error as Error).message),
    )
  }
}

async function runSteps(ctx: WriteContext, steps: readonly CareStep[], patientIds: readonly string[]): Promise<void> {
  const now = ctx.clock.now()
  const next = new Map<string, NextDue>(
    patientIds.map((id) => [id, { patientId: id, at: null, reason: 'nothing planned' }]),
  )
  const propose = (patientId: string, at: Date, reason: string): void => {
    const known = next.get(patientId)
    if (known && (known.at === null || at < known.at)) next.set(patientId, { patientId, at, reason })
  }
  for (const step of steps) await step.evaluate(ctx, { patientIds, now, today: ctx.today, propose })
  await settleDue(ctx.tx, ctx.organizationId, [...next.values()], now)
}
