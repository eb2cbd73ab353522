import type { JSONColumnType } from 'kysely'
import type { ReportLine } from './rules/lines.ts'

export interface CareFigureReportTable {
  organization_id: string
  month: string
  lines: JSONColumnType<ReportLine[]>
  made_at: Date
}

declare module '../../../platform/database/schema.ts' {
  interface Database {
    care_figure_report: CareFigureReportTable
  }
}
