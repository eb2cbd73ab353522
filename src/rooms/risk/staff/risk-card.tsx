import { Button } from 'antd'
import { Card, Row, Stack, Status, TagChip, useOpened, useT, useTimeZone } from '../../../platform/web/index.ts'
import { dateIn } from '../../../platform/clock.ts'
import type { Assessment, RiskLine } from '../contract/risk.ts'
import { CurvePart } from './curve-part.tsx'
import { InputTable } from './input-table.tsx'
import { MissingPart } from './missing-part.tsx'
import { ReleaseBar } from './release-bar.tsx'
import { bandOf, numberOf, toneOf, useBilingual } from './words.ts'

export interface RiskCardProps {
  patientId: string
  line: RiskLine
  can: { assess: boolean; release: boolean }
}

/** One instrument: the band in plain words before its number, from when, from which values, and what it rests on. */
export function RiskCard({ patientId, line, can }: RiskCardProps) {
  const t = useT('risk')
  const words = useBilingual()
  const whatIf = useOpened('whatIf')
  const newest = line.newest!
  const band = bandOf(line, newest.band)
  const number = numberOf(line, newest.value)
  return (
    <Card
      title={words(line.title)}
      extra={<TagChip label={t(`badge.${line.badge}`)} because={t(`badge.${line.badge}Hint`)} />}
    >
      <Stack>
        <Stack tight>
          {band && (
            <p>
              <strong>
                <Status tone={toneOf(band)}>{words(band.title)}</Status>
              </strong>
            </p>
          )}
          {band && <p>{words(band.meaning)}</p>}
          {number && <p>{t('card.value', { name: words(line.value!), value: number })}</p>}
          {newest.caveats.map((caveat) => (
            <p key={caveat.en} className="pb-hint">
              {t('card.caveats')}
              {t('missing.colon')}
              {words(caveat)}
            </p>
          ))}
          <p className="pb-hint">
            {t('notice')} {t('card.population', { text: words(line.population) })}
          </p>
          <WhenLine line={line} newest={newest} />
        </Stack>
        <ReleaseBar patientId={patientId} assessment={newest} canRelease={can.release} />
        {can.assess && line.movable && line.state !== 'not-applicable' && (
          <Row>
            <Button size="small" onClick={() => whatIf.open(line.instrument)}>
              {t('whatIf.open')}
              <span className="pb-sr">{words(line.title)}</span>
            </Button>
          </Row>
        )}
        <details>
          <summary>{t('card.inputs', { count: newest.inputs.length })}</summary>
          <InputTable inputs={newest.inputs} />
        </details>
        <MissingPart line={line} canFill={can.assess} />
        {line.former.length > 0 && <CurvePart line={line} newest={newest} />}
      </Stack>
    </Card>
  )
}

function WhenLine({ line, newest }: { line: RiskLine; newest: Assessment }) {
  const t = useT('risk')
  const day = dateIn(new Date(newest.computedAt), useTimeZone())
  const words = useBilingual()
  return (
    <>
      <p className="pb-hint">
        {t('card.computed', { date: day })} · {t('card.version', { version: newest.version })}
        {newest.expiresOn && (
          <>
            {' · '}
            {t('card.until', { date: newest.expiresOn })}
          </>
        )}
      </p>
      {line.changed && (
        <p>
          <Status tone="due">{t('card.changed')}</Status>
        </p>
      )}
      {line.state === 'not-applicable' && line.notApplicable && (
        <p>
          <Status tone="due">{words(line.notApplicable)}</Status>
        </p>
      )}
      {(line.state === 'missing' || line.state === 'out-of-range') && (
        <p>
          <Status tone="due">{t('card.stale', { date: day })}</Status>
        </p>
      )}
    </>
  )
}
