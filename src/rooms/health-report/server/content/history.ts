import { tellsOfHepatitisB } from '../../../../clinical/index.ts'
import { addDays, dateIn, instantAt } from '../../../../platform/clock.ts'
import type { ReadContext } from '../../../../platform/context/context.ts'
import type { Locale } from '../../../../platform/contract/index.ts'
import { answeredBetween } from '../../../questionnaire/server/index.ts'
import content from '../../content/history.json' with { type: 'json' }
import type { ReportDocument, ReportQuestionnaire } from '../render/report-document.ts'
import { findHistory, type HistoryRow } from './history-store.ts'

/** Answers of so many days before an examination, and after it, belong to it. */
const ASKED_DAYS = { before: 90, after: 30 }

type Words = { zh: string; en: string }
const KINDS = ['condition', 'procedure', 'medication', 'allergy', 'family-history'] as const
const labels: Record<(typeof KINDS)[number], Words> = content.labels
const relations: Record<string, Words> = content.relations

/** 问诊: one line for each kind of fact; what was asked and is not there is said so, what was never asked is left out. */
export async function historyOf(
  ctx: ReadContext,
  patientId: string,
  day: string,
  language: Locale,
): Promise<ReportDocument['history']> {
  const rows = (await findHistory(ctx, patientId, day)).filter(
    ({ name, detail }) => !tellsOfHepatitisB(`${name} ${detail}`),
  )
  const own = (words: Words) => (language === 'en' ? words.en : words.zh)
  const absent = new Set(rows.filter(({ kind }) => kind === 'absence').map(({ name }) => name))
  return KINDS.flatMap((kind) => {
    const told = rows.filter((row) => row.kind === kind).map((row) => wordsOf(row, own))
    if (told.length > 0) return [{ label: own(labels[kind]), text: told.join(language === 'en' ? '; ' : '；') }]
    return absent.has(kind) ? [{ label: own(labels[kind]), text: own(content.none) }] : []
  })
}

function wordsOf({ kind, name, detail }: HistoryRow, own: (words: Words) => string): string {
  if (kind === 'family-history') return `${own(relations[detail] ?? relations['other']!)} ${name}`
  if (!detail) return name
  return kind === 'medication' ? `${name} ${detail}` : own({ zh: `${name}（${detail}）`, en: `${name} (${detail})` })
}

/** Questionnaires around the day, with what they scored; those without a score are named by their day alone. */
export async function questionnairesOf(
  ctx: ReadContext,
  patientId: string,
  day: string,
  language: Locale,
): Promise<ReportQuestionnaire[]> {
  const { timeZone } = ctx.tenant
  const answered = await answeredBetween(
    ctx,
    patientId,
    instantAt(addDays(day, -ASKED_DAYS.before), 0, timeZone),
    instantAt(addDays(day, ASKED_DAYS.after + 1), 0, timeZone),
  )
  const own = (words: Words) => (language === 'en' ? words.en : words.zh)
  return answered
    .filter(({ title }) => !tellsOfHepatitisB(`${title.zh} ${title.en}`))
    .map(({ title, answeredAt, scores }) => ({
      title: own(title),
      date: dateIn(answeredAt, timeZone),
      scores: scores
        .filter(({ value }) => value !== null)
        .map(({ name, value, unit, bandText }) => ({
          name: own(name),
          value: [Number(value!.toFixed(2)), unit].filter((part) => part !== null && part !== '').join(' '),
          band: bandText ? own(bandText) : '',
        })),
    }))
}
