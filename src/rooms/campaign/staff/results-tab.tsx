import { Card, Facts, Loading, ProblemAlert, Stack, useApi, useShipped, useT } from '../../../platform/web/index.ts'
import { readResults } from '../contract/outcome.ts'
import { shareWords } from './words.ts'

/** How far the goal was reached, with n and interval; nobody is called better on small numbers. */
export function ResultsTab({ campaignId }: { campaignId: string }) {
  const t = useT('campaign')
  const shipped = useShipped()
  const { data, error, refetch } = useApi(readResults, { params: { campaignId: campaignId as never } })
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading />
  const { comparison } = data
  const named = (arm: string) => (arm === 'written' || arm === 'left-out' ? t(`results.${arm}`) : shipped(arm))
  return (
    <Stack>
      <Card title={t('results.title')}>
        <Facts
          items={[
            [
              t('overview.success'),
              `${t(`success.short_${data.measure}`)} · ${t('success.target', { percent: data.targetPercent })}`,
            ],
            [t('results.all'), shareWords(t, data.all)],
            ...data.arms.map(
              ({ arm, result }) => [t('results.arm', { arm: shipped(arm) }), shareWords(t, result)] as const,
            ),
            [t('results.reading'), data.reading ? t('results.readingWords', data.reading) : null],
            [t('results.left-out'), data.leftOut ? shareWords(t, data.leftOut) : null],
          ]}
        />
        {data.reading && <p className="pb-hint">{t('results.readingHint')}</p>}
      </Card>
      {comparison && (
        <Card title={t('results.comparison', { first: named(comparison.first), second: named(comparison.second) })}>
          <p>
            {comparison.difference === null
              ? t('results.tooFew', { min: data.percentMin })
              : t('results.difference', {
                  difference: points(comparison.difference),
                  low: points(comparison.low!),
                  high: points(comparison.high!),
                })}
          </p>
          <p>
            {comparison.better
              ? t('results.better', {
                  which: named(comparison.better === 'first' ? comparison.first : comparison.second),
                })
              : t('results.open', { min: data.winnerMin })}
          </p>
        </Card>
      )}
      <p className="pb-hint">{t('results.hint', { min: data.percentMin })}</p>
    </Stack>
  )
}

const points = (share: number) => `${share > 0 ? '+' : ''}${Math.round(share * 1000) / 10}`
