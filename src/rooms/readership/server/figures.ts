import { addDays, daysBetween, instantAt } from '../../../platform/clock.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { AnswerOf, InputOf, PatientId } from '../../../platform/contract/index.ts'
import { templatesInForce } from '../../message/server/index.ts'
import { readershipProblem } from '../contract/problems.ts'
import {
  SPAN_MAX_DAYS,
  type readingFigures,
  type ReadingLine,
  type readingReports,
  type readingRows,
} from '../contract/readership.ts'
import { figuresOf, totalOf, type Counts } from './rules/figures.ts'
import { countReading, findReaders, findReports } from './store.ts'

const REPORTS_SHOWN = 12

/** @throws Problem SpanTooLong */
export async function figures(
  ctx: ReadContext,
  query: InputOf<typeof readingFigures>['query'],
): Promise<AnswerOf<typeof readingFigures>> {
  const { from, before } = spanOf(ctx, query)
  const counts = await countReading(ctx.db, ctx.organizationId, from, before)
  return { ...(await told(ctx, counts)), can: { rows: ctx.actor.permissions.has('campaign.recipients') } }
}

/** @throws Problem SpanTooLong */
export async function rows(
  ctx: ReadContext,
  query: InputOf<typeof readingRows>['query'],
): Promise<AnswerOf<typeof readingRows>> {
  const { from, before } = spanOf(ctx, query)
  const { template, of, cursor, limit } = query
  const found = await findReaders(
    ctx.db,
    ctx.organizationId,
    ctx.actor,
    { template, of, from, before },
    { after: cursor, limit: limit + 1, now: ctx.clock.now() },
  )
  const shown = found.slice(0, limit)
  return {
    rows: shown.map((row) => ({
      messageId: row.message_id as never,
      patientId: row.patient_id as PatientId,
      patientName: row.patient_name,
      sentAt: row.sent_at.toISOString(),
      raw: row.raw,
      seen: row.seen,
      clicked: row.clicked,
    })),
    next: found.length > limit ? shown.at(-1)!.message_id : null,
    total: null,
  }
}

export async function reports(ctx: ReadContext): Promise<AnswerOf<typeof readingReports>> {
  const found = await findReports(ctx.db, ctx.organizationId, REPORTS_SHOWN)
  return {
    reports: await Promise.all(
      found.map(async ({ month, made_at, lines }) => ({
        month,
        madeAt: made_at.toISOString(),
        ...(await told(ctx, lines)),
      })),
    ),
  }
}

async function told(
  ctx: ReadContext,
  counts: readonly Counts[],
): Promise<{ lines: ReadingLine[]; total: Omit<ReadingLine, 'template' | 'name'> | null }> {
  const templates = await templatesInForce(
    ctx,
    counts.map(({ template }) => template),
  )
  const language = ctx.locale === 'en' ? 'en' : 'zh'
  const lines = counts.map((of) => ({
    ...figuresOf(of),
    name: templates.get(of.template)?.definition.name[language] ?? of.template,
  }))
  return { lines, total: totalOf(counts) }
}

function spanOf({ tenant }: ReadContext, { from, to }: { from: string; to: string }): { from: Date; before: Date } {
  if (from > to || daysBetween(from, to) >= SPAN_MAX_DAYS)
    throw readershipProblem('SpanTooLong', { days: SPAN_MAX_DAYS }, 'query.to')
  return { from: instantAt(from, 0, tenant.timeZone), before: instantAt(addDays(to, 1), 0, tenant.timeZone) }
}
