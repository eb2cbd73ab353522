import { Facts, Stack, useT, useShipped } from '../../../platform/web/index.ts'
import type { SignsDefinition } from '../contract/growth.ts'

/** From where something is shown to a doctor, each limit with where it comes from. */
export function SignsText({ signs }: { signs: SignsDefinition }) {
  const t = useT('growth')
  const shipped = useShipped()
  const { crossing, slow, lowestPercentile, offTarget, reviewer } = signs
  const span = (toYears: number | { female: number; male: number }) =>
    typeof toYears === 'number' ? String(toYears) : t('limit.bySex', toYears)
  return (
    <Stack tight>
      {reviewer === null && <p className="pb-hint">{t('content.unreviewed')}</p>}
      <Facts
        items={[
          [
            t('limit.lines'),
            t('limit.linesValue', { lines: crossing.lines, min: crossing.minDays, max: crossing.maxDays }),
          ],
          ...slow.bands.map(({ fromYears, toYears, cmPerYear }): [string, string] => [
            t('limit.slow', { from: fromYears, to: span(toYears) }),
            t('limit.slowValue', { value: cmPerYear, days: slow.minDays }),
          ]),
          [t('limit.lowest'), `P${lowestPercentile}`],
          [t('limit.offTarget'), t('limit.offTargetValue', { sd: offTarget.belowSd, from: offTarget.fromYears })],
        ]}
      />
      {[crossing.source, slow.source, offTarget.source].map((source) => (
        <p key={source} className="pb-hint">
          {shipped(source)}
        </p>
      ))}
    </Stack>
  )
}
