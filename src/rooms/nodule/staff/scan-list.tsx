import { Button } from 'antd'
import { Row, Stack, Status, useT, type T } from '../../../platform/web/index.ts'
import type { GrowthView, NoduleView, ScanView } from '../contract/words.ts'
import { sizeWords } from './words.tsx'

/** The scans, newest first, each against the one before it; corrected and withdrawn ones stay, marked. */
export function ScanList({ nodule, onAct }: { nodule: NoduleView; onAct: (act: string) => void }) {
  const t = useT('nodule')
  return (
    <section aria-label={t('scan.title')}>
      <h3>{t('scan.title')}</h3>
      <Stack tight>
        {nodule.scans.map((scan) => (
          <Scan key={scan.id} scan={scan} nodule={nodule} onAct={onAct} />
        ))}
      </Stack>
    </section>
  )
}

function Scan({ scan, nodule, onAct }: { scan: ScanView; nodule: NoduleView; onAct: (act: string) => void }) {
  const t = useT('nodule')
  const mayCorrect = nodule.can.includes('correct') && !scan.ended
  const more = [
    t(`modality.${scan.modality}`),
    scan.facility,
    scan.meanMm !== null && scan.shortMm !== null && t('scan.mean', { mm: scan.meanMm }),
    scan.volumeMm3 !== null && scan.depthMm !== null && t('scan.volume', { mm3: scan.volumeMm3 }),
    scan.solidMm !== null && t('scan.solidPart', { mm: scan.solidMm }),
    t('scan.by', { name: scan.byName }),
  ]
  return (
    <div className="pb-stack pb-stack-tight" style={{ borderTop: '1px solid var(--pb-line)', paddingTop: 8 }}>
      <Row>
        <span>
          <span className="pb-number">{scan.on}</span>{' '}
          <strong className="pb-number" style={scan.ended ? { textDecoration: 'line-through' } : undefined}>
            {scan.gone ? t('scan.goneText') : sizeWords(scan)}
          </strong>{' '}
          <span className="pb-hint">{more.filter(Boolean).join(' · ')}</span>
        </span>
        {mayCorrect && (
          <>
            <Button size="small" type="link" onClick={() => onAct(`correct-scan:${nodule.id}:${scan.id}`)}>
              {t('act.correctScan')}
              <span className="pb-sr">{scan.on}</span>
            </Button>
            <Button size="small" type="link" onClick={() => onAct(`withdraw-scan:${nodule.id}:${scan.id}`)}>
              {t('act.withdrawScan')}
              <span className="pb-sr">{scan.on}</span>
            </Button>
          </>
        )}
      </Row>
      {scan.ended && (
        <Status tone="plain">{t(`scan.ended-${scan.ended.kind}`, { because: scan.ended.because })}</Status>
      )}
      {scan.growth && <p>{growthWords(t, scan.growth)}</p>}
      {scan.reportText && (
        <details>
          <summary>{t('scan.reportText')}</summary>
          <p style={{ whiteSpace: 'pre-wrap' }}>{scan.reportText}</p>
          {scan.reportTitle && <p className="pb-hint">{scan.reportTitle}</p>}
        </details>
      )}
    </div>
  )
}

/** What has changed, honestly: below the error of measuring it is no change. */
function growthWords(t: T, growth: GrowthView): string {
  const { changeMm, changePct, errorMm, doubling, criterion, solidChangeMm, volumePct } = growth
  const mm = Math.abs(changeMm)
  const parts =
    Math.abs(changeMm) < errorMm
      ? [t('growth.within-error', { mm, error: errorMm })]
      : [
          t(`growth.${changeMm > 0 ? 'larger' : 'smaller'}`, { mm, pct: Math.abs(changePct) }),
          ...(volumePct === null ? [] : [t('growth.volume', { pct: volumePct > 0 ? `+${volumePct}` : volumePct })]),
        ]
  if (solidChangeMm !== null)
    parts.push(t(solidChangeMm < 0 ? 'growth.solidSmaller' : 'growth.solidLarger', { mm: Math.abs(solidChangeMm) }))
  if (doubling)
    parts.push(
      doubling.toDays === null
        ? t('growth.doublingOpen', { days: doubling.days, from: doubling.fromDays })
        : t('growth.doubling', { days: doubling.days, from: doubling.fromDays, to: doubling.toDays }),
    )
  if (criterion?.met) parts.push(t(`growth.${criterion.key}-met`))
  return parts.join(' · ')
}
