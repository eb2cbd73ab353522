import { systemActor, type Tenant } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import { halves, type Divide } from '../../patient/server/index.ts'
import { enterAll } from './run-store.ts'

/**
 * Enters a large organization in halves beside each other. Each half commits by itself, while the caller's transaction
 * holds the campaign and remembers the occurrence: if it fails in between, the next round passes over whoever is in.
 * Waves are numbered through everybody and stay whole.
 */
export function enterHalves(house: House, tenant: Tenant, divide: Divide = halves): typeof enterAll {
  const actor = systemActor(tenant.id, 'campaign/enter')
  return async (ctx, audience, entry) => {
    const parts = entry.perHour === null ? await divide(ctx.db, ctx.organizationId) : []
    if (parts.length <= 1) return enterAll(ctx, audience, entry)
    const done = await Promise.allSettled(
      parts.map((part) => write(house, { tenant, actor }, (own) => enterAll(own, audience, entry, part))),
    )
    let came = 0
    for (const one of done) {
      if (one.status === 'rejected') throw one.reason
      came += one.value
    }
    return came
  }
}
