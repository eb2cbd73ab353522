import type { ReadContext } from '../../../platform/context/context.ts'
import type { AnswerOf, InputOf } from '../../../platform/contract/endpoint.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import type { CalendarLine, readCalendar } from '../contract/calendar.ts'
import { calendarDays, nextDateOf } from './rules/calendar.ts'
import { findCampaigns, findVersions } from './store.ts'

const PLACE = /^\d{4}-\d\d-\d\d \S+$/

/** The days of the coming year, the next first, each with what is planned for it. @throws Problem NotFound for a cursor that is none of ours */
export async function showCalendar(
  ctx: ReadContext,
  { cursor, limit, kind }: InputOf<typeof readCalendar>['query'],
): Promise<AnswerOf<typeof readCalendar>> {
  if (cursor && !PLACE.test(cursor)) throw platformProblem('NotFound')
  const days = calendarDays
    .filter((day) => !kind || day.kind === kind)
    .map((day) => ({ day, next: nextDateOf(day, ctx.today) }))
    .map(({ day, next }) => ({ day, next, place: `${next} ${day.code}` }))
    .toSorted((a, b) => (a.place < b.place ? -1 : 1))
  const rest = cursor ? days.filter(({ place }) => place > cursor) : days
  const shown = rest.slice(0, limit)
  const planned = await plannedByDay(ctx)
  return {
    rows: shown.map(({ day, next }) => ({
      code: day.code,
      name: day.name,
      kind: day.kind,
      next,
      topics: day.topics,
      generalOnly: day.generalOnly ?? false,
      mourning: day.mourning ?? false,
      campaigns: planned.get(day.code) ?? [],
    })),
    next: rest.length > limit ? shown.at(-1)!.place : null,
    total: days.length,
  }
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
