import { Card, Chart, DateText, InstantText, Stack, usePalette, useT, useShipped } from '../../../platform/web/index.ts'
import type { SegmentView } from '../contract/segment.ts'
import { SizeText, useSentence } from './words.tsx'

/** How many there were on each day. */
export function SizesCard({ sizes }: { sizes: SegmentView['sizes'] }) {
  const t = useT('segment')
  const palette = usePalette()
  const known = sizes.filter(({ size }) => size.count !== null)
  const last = known.at(-1)
  const option = {
    grid: { left: 56, right: 16, top: 16, bottom: 28 },
    xAxis: { type: 'category', data: known.map(({ day }) => day) },
    yAxis: { type: 'value', minInterval: 1, min: 0 },
    tooltip: { trigger: 'axis' },
    series: [
      {
        type: 'line',
        step: 'end',
        showSymbol: known.length < 20,
        data: known.map(({ size }) => size.count),
        color: palette.primary,
      },
    ],
  }
  return (
    <Card title={t('sizes.title')}>
      {known.length > 1 ? (
        <Chart
          option={option}
          label={t('sizes.label', {
            from: known[0]!.size.count ?? 0,
            to: last?.size.count ?? 0,
            since: known[0]!.day,
          })}
        />
      ) : (
        <p className="pb-hint">{t('sizes.kept')}</p>
      )}
      <details>
        <summary>{t('sizes.table')}</summary>
        <ul>
          {sizes
            .slice(-30)
            .toReversed()
            .map(({ day, size }) => (
              <li key={day}>
                <DateText date={day} /> <SizeText size={size} />
              </li>
            ))}
        </ul>
      </details>
    </Card>
  )
}

/** Versions as they were saved, and each time the members were brought in. */
export function HistoryCard({ segment }: { segment: SegmentView }) {
  const t = useT('segment')
  const shipped = useShipped()
  const sentence = useSentence()
  const saved = segment.versions.filter(({ state }) => state === 'saved')
  if (saved.length === 0) return null
  return (
    <Card title={t('history.title')}>
      <Stack>
        {saved.map((version) => (
          <div key={version.version}>
            <p>
              <strong>{t('version.number', { version: version.version })}</strong> {sentence(version.sentence)}
            </p>
            <p className="pb-hint">
              {version.savedBy} <InstantText at={version.savedAt} /> · {t(`mode.${version.definition.mode}`)} ·{' '}
              {shipped(version.definition.purpose)}
            </p>
            <Stack tight>
              {segment.fills
                .filter((fill) => fill.version === version.version && fill.filledAt !== null)
                .map((fill) => (
                  <p key={fill.id} className="pb-hint">
                    <InstantText at={fill.filledAt} /> {fill.by} {t(`fill.${fill.because}`)} {t('fill.entered')}{' '}
                    <SizeText size={fill.entered} /> · {t('fill.left')} <SizeText size={fill.left} />
                  </p>
                ))}
            </Stack>
          </div>
        ))}
      </Stack>
    </Card>
  )
}
