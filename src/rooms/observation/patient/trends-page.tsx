import {
  Loaded,
  Nothing,
  OwnPage,
  Rows,
  useOwn,
  useT,
  type ListRow,
  useWhose,
} from '../../../platform/patient-web/index.ts'
import { listOwnIndicators, type OwnIndicator } from '../contract/own.ts'
import { flagWord, inWords, isOut, useDay } from './own-words.ts'

/** 我的指标: the newest of everything; first what lies outside of its interval, then all by group. */
export function TrendsPage() {
  const t = useT('observation')
  const whose = useWhose()
  const own = useOwn(listOwnIndicators)
  return (
    <OwnPage title={t(whose ? 'my.trends.theirs' : 'my.trends.title')}>
      <Loaded of={own}>
        {({ panels }) => {
          if (panels.length === 0) return <Nothing>{t('my.trends.none')}</Nothing>
          const out = panels.flatMap(({ indicators }) => indicators).filter(({ newest }) => isOut(newest.flag))
          return (
            <>
              <p className="pp-hint">{t('my.trends.hint')}</p>
              {out.length > 0 && (
                <section>
                  <h2 className="pp-section">{t('my.trends.out')}</h2>
                  <IndicatorRows label={t('my.trends.out')} indicators={out} />
                </section>
              )}
              <h2 className="pp-section">{t('my.trends.all')}</h2>
              {panels.map((panel) => (
                <details key={panel.code} className="pp-group">
                  <summary>
                    {panel.name}
                    <span className="pp-row-hint"> {t('my.trends.count', { count: panel.indicators.length })}</span>
                  </summary>
                  <IndicatorRows label={panel.name} indicators={panel.indicators} />
                </details>
              ))}
            </>
          )
        }}
      </Loaded>
    </OwnPage>
  )
}

function IndicatorRows({ indicators, label }: { indicators: readonly OwnIndicator[]; label: string }) {
  const t = useT('observation')
  const day = useDay()
  const rows = indicators.map(({ code, name, unitPrinted, decimals, newest, course }): ListRow => ({
    key: code,
    to: `/my/trend/${encodeURIComponent(code)}`,
    title: name,
    // Where it goes, without how much: that stands on its own page.
    hint: [day(newest.on), course?.split(/[，。,.]/)[0]].filter(Boolean).join(' · '),
    end: (
      <>
        <strong>{inWords(newest, { decimals, unit: unitPrinted })}</strong>
        {isOut(newest.flag) && (
          <>
            <br />
            <span className="pp-out">{flagWord(newest.flag, t)}</span>
          </>
        )}
      </>
    ),
  }))
  return <Rows label={label} rows={rows} />
}
