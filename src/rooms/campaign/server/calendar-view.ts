import type { ReadContext } from '../../../platform/context/context.ts'
import type { AnswerOf } from '../../../platform/contract/endpoint.ts'
import type { CalendarLine, readCalendar } from '../contract/calendar.ts'
import { calendarDays, nextDateOf } from './rules/calendar.ts'
import { findCampaigns, findVersions } from './store.ts'
import { canOf } from './view.ts'

/** The days of the coming year, the next first, each with what is planned for it. */
export async function showCalendar(ctx: ReadContext): Promise<AnswerOf<typeof readCalendar>> {
  const planned = await plannedByDay(ctx)
  const days = calendarDays.map((day) => ({
    code: day.code,
    name: day.name,
    kind: day.kind,
    next: nextDateOf(day, ctx.today),
    topics: day.topics,
    generalOnly: day.generalOnly ?? false,
    mourning: day.mourning ?? false,
    campaigns: planned.get(day.code) ?? [],
  }))
  return { days: days.toSorted((a, b) => (a.next < b.next ? -1 : 1)), can: { write: canOf(ctx).write } }
}

async function plannedByDay(ctx: ReadContext): Promise<Map<string, CalendarLine['campaigns']>> {
  const campaigns = (await findCampaigns(ctx.db, ctx.organizationId)).filter(
    ({ state }) => state !== 'cancelled' && state !== 'finished',
  )
  const ids = campaigns.map(({ id }) => id)
  const versions = Map.groupBy(await findVersions(ctx.db, ctx.organizationId, ids), (row) => row.campaign_id)
  const planned = new Map<string, CalendarLine['campaigns']>()
  for (const { id, state } of campaigns) {
    const newest = versions.get(id)?.[0]
    const trigger = newest?.definition.trigger
    if (!newest || trigger?.kind !== 'calendar') continue
    const line = { id: id as never, name: newest.definition.name, state, versionState: newest.state }
    planned.set(trigger.day, [...(planned.get(trigger.day) ?? []), line])
  }
  return planned
}
