import type { WriteContext } from '../../../platform/context/context.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { patientChanged } from '../contract/events.ts'
import { AS_NOTED, GOOD_HOURS_CHOICES, goodHoursChoiceOf, type GoodHoursChoice } from '../contract/good-hours.ts'
import type { KeptPreferences } from '../contract/person.ts'
import { insertChanges, lockPatientRow, updatePatient } from './store.ts'

type GoodHours = Pick<KeptPreferences, 'goodHours' | 'goodHoursNoted'>

/**
 * When a person likes to be reached, as they say themselves. What staff have written down stays behind it: they may know more
 * than a choice says, and the person may go back to it.
 * @throws Problem NotFound; ChangedMeanwhile where nothing is written down (any more)
 */
export async function setGoodHours(
  ctx: WriteContext,
  patientId: string,
  choice: GoodHoursChoice | typeof AS_NOTED,
): Promise<void> {
  const row = await lockPatientRow(ctx.tx, ctx.organizationId, patientId)
  if (!row || row.state !== 'active') throw platformProblem('NotFound')
  const before = { goodHours: '', goodHoursNoted: '', ...row.preferences }
  const after = chosen(before, choice)
  if (before.goodHours === after.goodHours) return
  const now = ctx.clock.now()
  const preferences = { ...row.preferences, ...after }
  await updatePatient(ctx.tx, ctx.organizationId, patientId, { preferences }, now)
  const line = { id: ctx.ids.next<string>(), patientId, kind: 'changed' as const, detail: { fields: ['preferences'] } }
  const by = { byId: ctx.actor.kind === 'staff' ? ctx.actor.id : null, byName: ctx.actor.name }
  await insertChanges(ctx.tx, ctx.organizationId, [{ ...line, ...by }], now)
  await ctx.emit(patientChanged, { patientId: patientId as never, fields: ['preferences'] })
}

function chosen({ goodHours, goodHoursNoted }: GoodHours, choice: GoodHoursChoice | typeof AS_NOTED): GoodHours {
  const noted = goodHoursChoiceOf(goodHours) === undefined ? goodHours : goodHoursNoted
  if (choice !== AS_NOTED) return { goodHours: GOOD_HOURS_CHOICES[choice], goodHoursNoted: noted }
  if (noted === '') throw platformProblem('ChangedMeanwhile')
  return { goodHours: noted, goodHoursNoted: '' }
}
