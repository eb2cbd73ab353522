import type { ReadContext } from '../../../platform/context/context.ts'
import { agreedOf, momentOf } from './family.ts'
import { overAt, stateOf } from './rules.ts'
import { findToRemind } from './store.ts'

/** Somebody who is reminded with the person: told nothing but when it is. */
export interface Reminded {
  id: string
  phone: string
  /** Nothing of it is good any more from then on. */
  until: Date
}

/** Who of these people's relatives is reminded of what they have agreed on, as it stands now. */
export async function remindedWith(ctx: ReadContext, patientIds: readonly string[]): Promise<Map<string, Reminded[]>> {
  if (patientIds.length === 0) return new Map()
  const moment = momentOf(ctx)
  const found = new Map<string, Reminded[]>()
  for (const row of await findToRemind(ctx.db, ctx.organizationId, patientIds)) {
    const agreed = agreedOf(row)
    if (!row.patient_active || stateOf(agreed, moment) !== 'active') continue
    const one = {
      id: row.id,
      phone: ctx.sealer.open(ctx.organizationId, row.phone_sealed),
      until: overAt(agreed, moment.timeZone),
    }
    found.set(row.patient_id, [...(found.get(row.patient_id) ?? []), one])
  }
  return found
}
