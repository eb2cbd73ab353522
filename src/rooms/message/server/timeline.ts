import type { ReadContext } from '../../../platform/context/context.ts'
import type { InputOf, OutputOf } from '../../../platform/contract/index.ts'
import type { Translator } from '../../../platform/i18n/translator.ts'
import { requireVisible } from '../../patient/server/index.ts'
import type { messageTimeline } from '../contract/message.ts'
import { findMessages } from './list-store.ts'
import { templateNames, templatesInForce } from './templates.ts'
import { languageOf } from './view.ts'

/** What a person was sent, for the timeline: what reached them, not what was held back. */
export async function timelineOf(
  ctx: ReadContext,
  patientId: string,
  query: InputOf<typeof messageTimeline>['query'],
  translate: Translator,
): Promise<OutputOf<typeof messageTimeline>> {
  await requireVisible(ctx, patientId)
  if (query.kinds && !query.kinds.split(',').includes('message')) return { rows: [], next: null }
  const after = query.cursor && /^[0-9a-f-]{36}$/.test(query.cursor) ? query.cursor : undefined
  const page = { after, limit: query.limit + 1, now: ctx.clock.now() }
  const rows = await findMessages(
    ctx.db,
    ctx.organizationId,
    ctx.actor,
    { patientId, state: ['accepted'], outward: true },
    page,
  )
  const shown = rows.slice(0, query.limit)
  const templates = await templatesInForce(
    ctx,
    shown.map((row) => row.template),
  )
  return {
    rows: shown.map((row) => ({
      id: row.id,
      kind: 'message',
      at: (row.sent_at ?? row.created_at).toISOString(),
      dateOnly: false,
      title: templateNames(templates, row.template, languageOf(ctx)),
      text: [translate(ctx.locale, 'message', `channel.${row.channel}`), row.to_masked ?? ''].join(' ').trim(),
      code: '',
      lines: [],
      lineCount: 0,
      tone: 'plain' as const,
      by: null,
      to: `/patients/${patientId}?tab=message&message=${row.id}`,
    })),
    next: rows.length > query.limit ? shown.at(-1)!.id : null,
  }
}
