import type { WriteContext } from '../../../platform/context/context.ts'
import { markTold, withhold } from '../../observation/server/index.ts'

const SOURCE = 'alert'

/** Nothing automatic tells a person alone: the result stays off their own pages until somebody has reached them. */
export function keepUntold(ctx: WriteContext, alertId: string, observationId: string): Promise<void> {
  return withhold(ctx, { source: SOURCE, sourceKey: alertId, observationIds: [observationId] })
}

/** The person was reached, or the alert was closed with its result. */
export function letBeSeen(ctx: WriteContext, alertId: string): Promise<void> {
  return markTold(ctx, { source: SOURCE, sourceKey: alertId })
}
