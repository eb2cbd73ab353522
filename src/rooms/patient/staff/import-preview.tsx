import type { CSSProperties } from 'react'
import { Status, useT, type T, type Tone } from '../../../platform/web/index.ts'
import type { OutputOf } from '../../../platform/contract/index.ts'
import type { previewImport } from '../contract/import.ts'

type PreviewRow = OutputOf<typeof previewImport>['rows'][number]
const TONES: Record<PreviewRow['outcome'], Tone> = { new: 'good', found: 'plain', double: 'due', refused: 'danger' }
const SHOWN = ['name', 'sex', 'birthDate', 'phone', 'paper', 'recordNumber', 'level', 'source'] as const
const CELL: CSSProperties = { padding: '4px 16px 4px 0', textAlign: 'left', fontWeight: 'normal' }

/** The first rows and what would become of each; numbers masked. */
export function ImportPreview({ rows }: { rows: readonly PreviewRow[] }) {
  const t = useT('patient')
  // A field nobody has needs no column.
  const shown = SHOWN.filter((field) => rows.some((row) => row.shown[field]))
  return (
    <div style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label={t('importPage.preview')}>
      <table style={{ width: '100%', borderCollapse: 'collapse' }}>
        <thead>
          <tr className="pb-hint pb-nowrap">
            <th style={CELL}>{t('importPage.row')}</th>
            {shown.map((field) => (
              <th key={field} style={CELL}>
                {t(`field.${field}`)}
              </th>
            ))}
            <th style={CELL}>{t('importPage.why')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.rowNumber} style={{ borderTop: '1px solid var(--pb-line)', verticalAlign: 'top' }}>
              <td style={CELL} className="pb-number">
                {row.rowNumber}
              </td>
              {shown.map((field) => (
                <td key={field} style={CELL} className="pb-number pb-nowrap">
                  {wordOf(t, field, row.shown[field])}
                </td>
              ))}
              <td style={{ ...CELL, minWidth: 240 }}>
                <Status tone={TONES[row.outcome]}>{t(`importPage.outcome.${row.outcome}`)}</Status>{' '}
                {row.reasons.map(({ text }) => text).join(' ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function wordOf(t: T, field: (typeof SHOWN)[number], value: string | undefined): string | undefined {
  return value && (field === 'sex' || field === 'level' || field === 'source') ? t(`words.${field}.${value}`) : value
}
