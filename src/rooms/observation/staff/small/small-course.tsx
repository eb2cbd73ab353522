import { Popover } from 'antd'
import { Go, useT } from '../../../../platform/web/index.ts'
import type { SmallCourse as Course } from '../../contract/indicators.ts'
import { figurePoint } from '../figure/figure-point.ts'
import type { Extent } from '../figure/scale.ts'
import { usePatientAddress } from '../patient-address.ts'
import { ValueText } from '../value-text.tsx'
import { SmallFigure } from './small-figure.tsx'
import { latestOf, outOf, shownOf } from './small-words.ts'

/** One indicator, small: its name tells what it means, its picture leads to the large one. */
export function SmallCourse({ course, days }: { course: Course; days: Extent }) {
  const t = useT('observation')
  const to = usePatientAddress()
  const latest = latestOf(course)
  const address = to(`tab=indicators&code=${encodeURIComponent(course.code)}`)
  const out = outOf(course)
  const opens = t('indicators.open', { name: course.name })
  return (
    <article className={`pb-small${course.apart ? ' pb-apart' : ''}`} aria-label={course.name} data-code={course.code}>
      <header>
        <IndicatorName name={course.name} meaning={course.meaning} />
        {latest && <ValueText shown={shownOf(latest, course)} />}
      </header>
      <Go to={address} className="pb-small-open" {...(course.kind === 'number' ? { 'aria-label': opens } : {})}>
        {course.kind === 'number' ? (
          <SmallFigure
            points={course.points.flatMap(([day, value, flag, low, high, , , line]) =>
              value === null ? [] : [figurePoint(day, { value, flag, low, high }, course.ours, line)],
            )}
            days={days}
            label={t('indicators.pictured', { name: course.name, count: course.count, out })}
          />
        ) : (
          <span className="pb-small-words">
            <span className="pb-sr">{opens}</span>
            {course.points.map(([day, , flag, , , , text]) => (
              <span key={`${day} ${text}`}>
                <span className="pb-hint">{day.slice(0, 7)}</span>{' '}
                <span className={flag !== null && flag !== 'N' ? 'pb-high' : undefined}>{text}</span>
              </span>
            ))}
          </span>
        )}
      </Go>
      <footer className="pb-hint">
        {course.course && <span>{course.course}</span>}{' '}
        {course.firstAbnormalOn && (
          <span className="pb-nowrap">
            {t('indicators.firstAbnormal', { month: course.firstAbnormalOn.slice(0, 7) })}
          </span>
        )}
        {!course.course && !course.firstAbnormalOn && latest && <span>{latest[0]}</span>}
      </footer>
    </article>
  )
}

/** A name that tells on demand what the item is looked at for. */
export function IndicatorName({ name, meaning }: { name: string; meaning: string }) {
  const t = useT('observation')
  if (!meaning) return <span className="pb-small-name">{name}</span>
  return (
    <Popover
      trigger="click"
      title={t('indicators.meaning')}
      content={<span className="pb-small-meaning">{meaning}</span>}
    >
      <button type="button" className="pb-small-name pb-small-ask" aria-label={t('indicators.ask', { name })}>
        {name}
      </button>
    </Popover>
  )
}
