import type { ReadContext } from '../../../platform/context/context.ts'
import type { InputOf } from '../../../platform/contract/index.ts'
import { requireVisible } from '../../patient/server/index.ts'
import type { tagTimeline } from '../contract/timeline.ts'
import { findTagEvents } from './patient-tag-store.ts'

const TONE = { neutral: 'plain', info: 'plain', caution: 'due', danger: 'danger' } as const

/** The room's share of a patient's timeline: which tags came and went, newest first. */
export async function showTimeline(ctx: ReadContext, { params, query }: InputOf<typeof tagTimeline>) {
  await requireVisible(ctx, params.patientId)
  const kinds = query.kinds?.split(',')
  const events = (await findTagEvents(ctx.db, ctx.organizationId, params.patientId)).filter(
    (event) => !kinds || kinds.includes(event.change),
  )
  // The store gives the newest 200 of one person, which are few enough to be walked through here.
  const begin = query.cursor ? events.findIndex((event) => event.id === query.cursor) + 1 : 0
  const page = events.slice(begin, begin + query.limit)
  const last = page.at(-1)
  return {
    rows: page.map((event) => ({
      id: event.id,
      kind: event.change,
      at: event.at.toISOString(),
      title: ctx.locale === 'en' ? event.definition.name.en : event.definition.name.zh,
      text: event.because ?? '',
      code: event.source,
      tone: event.change === 'set' ? TONE[event.definition.tone] : ('plain' as const),
      by: event.by_name,
    })),
    next: last && begin + query.limit < events.length ? last.id : null,
  }
}
