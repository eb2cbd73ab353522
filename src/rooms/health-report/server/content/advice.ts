import { tellsOfHepatitisB } from '../../../../clinical/index.ts'
import { dateIn } from '../../../../platform/clock.ts'
import type { ReadContext } from '../../../../platform/context/context.ts'
import type { Locale } from '../../../../platform/contract/index.ts'
import { givenAdvice } from '../../../advice/server/index.ts'
import content from '../../content/history.json' with { type: 'json' }
import type { ReportAdvice } from '../render/report-document.ts'

/** Advice of so many days stands in the report of today; older has its season behind it. */
const GIVEN_DAYS = 180
const MOST = 12

/**
 * Advice on food, exercise and keeping well that somebody gave this person and that stands, in the report's language. What
 * was given on mood and mind stays between the person and whoever gave it.
 */
export async function adviceOf(ctx: ReadContext, patientId: string, language: Locale): Promise<ReportAdvice[]> {
  const from = new Date(ctx.clock.now().getTime() - GIVEN_DAYS * 86_400_000)
  const rows = await givenAdvice(ctx.db, ctx.organizationId, patientId, { standing: true, from, most: 60 })
  const own = (words: { zh: string; en: string }) => (language === 'en' ? words.en : words.zh)
  return rows
    .filter(
      ({ kind, locale, text }) => kind !== 'mind' && locale === language && !tellsOfHepatitisB(JSON.stringify(text)),
    )
    .slice(0, MOST)
    .map(({ kind, text: { title, summary, points, avoid }, given_by_name, given_at }) => ({
      kind: own(content.adviceKinds[kind as keyof typeof content.adviceKinds]),
      title,
      paragraphs: [
        ...(summary ? [summary] : []),
        ...points.map((point) => `· ${point}`),
        ...avoid.map((one) => `${own(content.avoid)}${one}`),
      ],
      by: given_by_name,
      date: dateIn(given_at, ctx.tenant.timeZone),
    }))
}
