import type { Locale } from '../../../../platform/contract/index.ts'
import type { ReportDocument, ReportSection } from '../render/report-document.ts'
import type { ExamRows } from './exam.ts'
import { itemOf } from './items.ts'

/** What stands on the sealed sheet: the results of hepatitis B and what findings said of it, nothing else. */
export function sealedSections({ apart, apartSaid }: ExamRows, title: string, language: Locale): ReportSection[] {
  const said = apartSaid.join('\n')
  return [
    {
      title,
      items: apart.map((row) => itemOf(row, language)),
      ...(said ? { narrative: { finding: '', impression: said } } : {}),
    },
  ]
}

/** Parts of a document that the sealed sheet leaves empty. */
export const NOTHING_ELSE: Pick<
  ReportDocument,
  | 'conclusions'
  | 'abnormalItems'
  | 'comparison'
  | 'history'
  | 'questionnaires'
  | 'risks'
  | 'advice'
  | 'attachments'
  | 'notDone'
> = {
  conclusions: [],
  abnormalItems: [],
  comparison: [],
  history: [],
  questionnaires: [],
  risks: [],
  advice: [],
  attachments: [],
  notDone: [],
}
