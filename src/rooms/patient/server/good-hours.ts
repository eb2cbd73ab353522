import type { WriteContext } from '../../../platform/context/context.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { patientChanged } from '../contract/events.ts'
import { insertChanges, lockPatientRow, updatePatient } from './store.ts'

/** What a person says themselves of when they like to be reached, in place of what staff have written. @throws Problem NotFound */
export async function setGoodHours(ctx: WriteContext, patientId: string, goodHours: string): Promise<void> {
  const row = await lockPatientRow(ctx.tx, ctx.organizationId, patientId)
  if (!row || row.state !== 'active') throw platformProblem('NotFound')
  const before = row.preferences.goodHours ?? ''
  if (before === goodHours) return
  const now = ctx.clock.now()
  const preferences = { ...row.preferences, goodHours }
  await updatePatient(ctx.tx, ctx.organizationId, patientId, { preferences }, now)
  const line = { id: ctx.ids.next<string>(), patientId, kind: 'changed' as const, detail: { fields: ['preferences'] } }
  const by = { byId: ctx.actor.kind === 'staff' ? ctx.actor.id : null, byName: ctx.actor.name }
  await insertChanges(ctx.tx, ctx.organizationId, [{ ...line, ...by }], now)
  await ctx.emit(patientChanged, { patientId: patientId as never, fields: ['preferences'] })
}
