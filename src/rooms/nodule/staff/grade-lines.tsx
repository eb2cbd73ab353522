import { Stack, Status, useT } from '../../../platform/web/index.ts'
import type { GradeView, NoduleView, ScanView } from '../contract/words.ts'
import { toneOf, useBilingual } from './words.tsx'

/** The categories of a scan: what the report says, what the system proposes, what a physician has settled. */
export function GradeLines({ scan, nodule }: { scan: ScanView; nodule: NoduleView }) {
  const t = useT('nodule')
  const words = useBilingual()
  const categories = scan.grades.filter(({ kind }) => kind === 'category')
  const probabilities = scan.grades.filter(({ kind }) => kind === 'probability')
  if (categories.length + probabilities.length === 0 && !scan.refusal) return null
  return (
    <Stack tight>
      {categories.map((grade) => (
        <GradeLine key={grade.id} grade={grade} />
      ))}
      {scan.refusal && nodule.state === 'open' && (
        <p className="pb-hint">
          {t('scan.refusal')} {words(scan.refusal)}
        </p>
      )}
      {probabilities.map((one) => (
        <p key={one.id} className="pb-hint">
          {t('grade.probability', { name: one.systemName, pct: one.pct?.toFixed(1) ?? '' })}{' '}
          {t('grade.probabilityHint')}
        </p>
      ))}
    </Stack>
  )
}

function GradeLine({ grade }: { grade: GradeView }) {
  const t = useT('nodule')
  const words = useBilingual()
  const mark =
    grade.state === 'settled' ? 'badge.settled' : grade.source === 'report' ? 'badge.fromReport' : 'badge.proposed'
  const name = `${grade.systemName || t('badge.unnamed')} ${grade.category}`
  return (
    <p style={grade.superseded ? { opacity: 0.75 } : undefined}>
      <Status tone={grade.state === 'settled' && !grade.superseded ? toneOf(grade.tone) : 'plain'}>{t(mark)}</Status>{' '}
      <strong>{name}</strong> {grade.title && words(grade.title)}
      <span className="pb-hint">
        {' '}
        {[
          grade.raw && `“${grade.raw}”`,
          grade.state === 'settled' && grade.byName,
          grade.because,
          grade.instrumentVersion &&
            grade.source === 'instrument' &&
            t('grade.version', { version: grade.instrumentVersion }),
          grade.superseded && t('grade.superseded'),
        ]
          .filter(Boolean)
          .join(' · ')}
        {grade.source === 'instrument' && grade.caveats.map((one) => ` · ${words(one)}`)}
      </span>
    </p>
  )
}
