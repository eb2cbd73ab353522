import { Status, useT, type Tone } from '../../../platform/web/index.ts'
import type { OutputOf } from '../../../platform/contract/index.ts'
import type { previewImport } from '../contract/import.ts'

type PreviewRow = OutputOf<typeof previewImport>['rows'][number]
const TONES: Record<PreviewRow['outcome'], Tone> = { new: 'good', found: 'plain', double: 'due', refused: 'danger' }
const SHOWN = ['name', 'sex', 'birthDate', 'phone', 'paper', 'recordNumber'] as const

/** The first rows and what would become of each; numbers masked. */
export function ImportPreview({ rows }: { rows: readonly PreviewRow[] }) {
  const t = useT('patient')
  return (
    <div style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label={t('importPage.preview')}>
      <table style={{ width: '100%', borderCollapse: 'collapse' }}>
        <thead>
          <tr className="pb-hint" style={{ textAlign: 'left' }}>
            <th>{t('importPage.row')}</th>
            {SHOWN.map((field) => (
              <th key={field}>{t(`field.${field}`)}</th>
            ))}
            <th>{t('importPage.why')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.rowNumber} style={{ borderTop: '1px solid var(--pb-line)', verticalAlign: 'top' }}>
              <td className="pb-number">{row.rowNumber}</td>
              {SHOWN.map((field) => (
                <td key={field} className="pb-number pb-nowrap">
                  {field === 'sex' && row.shown.sex ? t(`words.sex.${row.shown.sex}`) : row.shown[field]}
                </td>
              ))}
              <td>
                <Status tone={TONES[row.outcome]}>{t(`importPage.outcome.${row.outcome}`)}</Status> {row.reasons.map(({ text }) => text).join(' ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
