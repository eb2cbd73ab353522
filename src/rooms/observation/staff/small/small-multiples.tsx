import { Card, Empty, useT } from '../../../../platform/web/index.ts'
import type { OutputOf } from '../../../../platform/contract/index.ts'
import type { listIndicators } from '../../contract/indicators.ts'
import { SmallCourse } from './small-course.tsx'
import { daysOf, isAbnormalNow } from './small-words.ts'
import './courses.css'

export type Panels = OutputOf<typeof listIndicators>['panels']

/** All indicators at a glance, by panel; the same years stand above each other in all pictures. */
export function SmallMultiples({ panels, only }: { panels: Panels; only: 'abnormal' | undefined }) {
  const t = useT('observation')
  const days = daysOf(panels.flatMap(({ indicators }) => indicators))
  const shown = panels
    .map((panel) => ({ ...panel, indicators: only ? panel.indicators.filter(isAbnormalNow) : panel.indicators }))
    .filter(({ indicators }) => indicators.length > 0)
  if (shown.length === 0) return <Empty title={t('indicators.noneOut')} hint={t('indicators.noneOutHint')} />
  return (
    <>
      {shown.map(({ code, name, indicators }) => (
        <Card
          key={code}
          title={name}
          extra={<span className="pb-hint">{t('indicators.count', { count: indicators.length })}</span>}
        >
          <div className="pb-smalls">
            {indicators.map((course) => (
              <SmallCourse key={course.code} course={course} days={days} />
            ))}
          </div>
        </Card>
      ))}
    </>
  )
}
