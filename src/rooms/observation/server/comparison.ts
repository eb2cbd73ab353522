import { exceedsVariation, isExact, isHepatitisB } from '../../../clinical/index.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { AnswerOf } from '../../../platform/contract/index.ts'
import { requireVisible } from '../../patient/server/index.ts'
import { COMPARED_MOST, type compareReports } from '../contract/indicators.ts'
import { recordProblem } from '../contract/problems.ts'
import type { RecordedValue } from '../contract/record.ts'
import { ownInterval } from './indicator-list.ts'
import { inOrder, meaningOf, nameOf, panelNames, panelOf } from './name.ts'
import { findReportsById, findValuesOfReports } from './store-read.ts'
import { iso, namesFor, valueView } from './view.ts'

type Comparison = AnswerOf<typeof compareReports>
type Cell = Comparison['rows'][number]['cells'][number]

/** Two to six reports side by side: one row per item, in the order of the panels. */
export async function comparePatientReports(ctx: ReadContext, patientId: string, asked: string): Promise<Comparison> {
  const person = await requireVisible(ctx, patientId)
  const ids = [...new Set(asked.split(','))].filter((id) => /^[\da-f-]{36}$/i.test(id)).slice(0, COMPARED_MOST)
  const found = await findReportsById(ctx.db, ctx.organizationId, patientId, ids)
  if (found.length === 0) throw recordProblem('ReportUnknown')
  const reports = found.toSorted((a, b) => a.effective_at.getTime() - b.effective_at.getTime())
  const values = (await findValuesOfReports(ctx.db, ctx.organizationId, patientId, ids)).filter(
    (row) => row.superseded_by === null,
  )
  const names = await namesFor(ctx, values)
  const panels = new Map(panelNames(ctx.locale).map(({ code, name }) => [code, name]))
  const rows = [...Map.groupBy(values, (row) => row.code)].map(([code, same]) => {
    const shown = reports.map((report) => {
      const row = same.findLast((one) => one.report_id === report.id)
      return row ? valueView(row, ctx.locale, names) : null
    })
    const panel = panelOf(code)
    const printed = (same[0]!.original as { name?: string } | null)?.name
    return {
      code,
      name: nameOf(code, ctx.locale, printed),
      panel,
      panelName: panels.get(panel)!,
      meaning: meaningOf(code, ctx.locale),
      apart: isHepatitisB({ code, texts: [printed] }),
      ours: ownInterval(code, person, ctx.today),
      cells: withChanges(shown),
      flag: shown.findLast((cell) => cell !== null)?.flag ?? null,
    }
  })
  return {
    reports: reports.map((row) => ({
      id: row.id,
      title: row.title,
      at: iso(row.effective_at),
      performer: row.performer,
    })),
    rows: rows.toSorted(inOrder),
  }
}

/** Each value with its step from the one before it, whichever exam that is from. */
function withChanges(values: readonly (RecordedValue | null)[]): Cell[] {
  return values.map((value, at) => {
    if (value === null) return null
    const before = values.slice(0, at).findLast((one) => one !== null)
    return { ...value, change: before ? changeOf(before, value) : null }
  })
}

function changeOf(before: RecordedValue, after: RecordedValue): NonNullable<Cell>['change'] {
  if (before.value === null || after.value === null) return null
  const alike = before.unit === after.unit && before.method === after.method
  if (!alike || !isReckonable(before) || !isReckonable(after)) return null
  const difference = after.value - before.value
  return {
    difference,
    percent: before.value === 0 ? null : (difference / before.value) * 100,
    beyondVariation: exceedsVariation(after.code, before.value, after.value) ?? null,
  }
}

const isReckonable = ({ comparator, remark }: RecordedValue): boolean =>
  isExact({ comparator: comparator ?? undefined, remark: remark ?? undefined })
