import type { T } from '../../../platform/web/index.ts'
import type { ReportLine } from '../contract/mail-report.ts'

/** What a report says, in a few words. */
export function nameOf(t: T, { meaning, kind }: Pick<ReportLine, 'meaning' | 'kind'>): string {
  return meaning ? t(`meaning.${meaning}`) : t(`kind.${kind}`)
}
