import type { ReadContext } from '../../../platform/context/context.ts'
import type { House } from '../../../platform/context/house.ts'
import type { readMyReport } from '../contract/own.ts'
import type { AnswerOf } from '../../../platform/contract/index.ts'
import type { Conclusion } from '../contract/words.ts'
import type { KeptPart } from './composition-rules.ts'
import { compositionsOf, type CompositionRow } from './composition-store.ts'
import { frozenFacts } from './composition-view.ts'
import type { ReportFacts } from './content/facts.ts'

/** A report that stands: issued, and by nothing replaced. */
export interface StandingReport {
  id: string
  /** Its first version. What another room hangs on a report hangs on that, so that a correction leaves it in place. */
  firstId: string
  title: string
  examOn: string
  issuedOn: string
  /** Marked results. */
  marked: number
}

/** The reports of a person that stand today, newest first. Who may see them is the caller's business. */
export async function standingReports(
  ctx: Pick<ReadContext, 'db' | 'organizationId'>,
  patientId: string,
): Promise<StandingReport[]> {
  const rows = await compositionsOf(ctx.db, ctx.organizationId, patientId)
  const byId = new Map(rows.map((row) => [row.id, row]))
  return rows
    .filter(({ state }) => state === 'issued')
    .map((row) => ({
      id: row.id,
      firstId: firstOf(row, byId),
      title: row.exam_title,
      examOn: row.exam_on,
      issuedOn: row.issued_on!,
      marked: (row.parts as KeptPart[]).reduce((sum, part) => sum + part.abnormal, 0),
    }))
}

function firstOf(row: CompositionRow, byId: ReadonlyMap<string, CompositionRow>): string {
  const before = row.before_id ? byId.get(row.before_id) : undefined
  return before ? firstOf(before, byId) : row.id
}

export type Explained = AnswerOf<typeof readMyReport>['explained']

/** What a standing report concludes, and its marked results in plain words, in the reader's language. */
export async function readStanding(
  ctx: Pick<ReadContext, 'db' | 'organizationId' | 'locale'>,
  house: House,
  patientId: string,
  reportId: string,
): Promise<{ conclusions: Conclusion[]; marked: Explained } | undefined> {
  const rows = await compositionsOf(ctx.db, ctx.organizationId, patientId)
  const row = rows.find(({ id, state }) => id === reportId && state === 'issued')
  if (!row) return undefined
  const { facts } = await frozenFacts(house, ctx.organizationId, row.content_key!)
  return { conclusions: row.conclusions as Conclusion[], marked: explainedOf(facts[ctx.locale]) }
}

/** The marked results, each with what it means. */
export function explainedOf({ abnormalItems }: Pick<ReportFacts, 'abnormalItems'>): Explained {
  return abnormalItems.map(({ name, value, unit, rangeText, flag, previous, explanation }) => ({
    name,
    value,
    unit,
    rangeText,
    flag,
    previous: previous ? { date: previous.date, value: previous.value } : null,
    about: explanation?.about ?? '',
    standing: explanation?.standing ?? '',
    advice: explanation?.advice ?? '',
  }))
}
