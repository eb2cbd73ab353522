import texts from '../../content/fhir-issues.json' with { type: 'json' }
import type { IncomingIssue } from '../incoming-record.ts'

export type IssueName = keyof typeof texts

/** One issue with its texts; `found` fills the place that shows what was met. */
export function issueOf(name: IssueName, expression: string, found = ''): IncomingIssue {
  const { severity, code, zh, en } = texts[name]
  const fill = (text: string): string => text.replace('{found}', () => found)
  return {
    severity: severity as IncomingIssue['severity'],
    code,
    expression,
    diagnostics: { zh: fill(zh), en: fill(en) },
  }
}
