import { useT } from '../../../platform/web/index.ts'
import type { IndicatorCourse } from '../contract/indicators.ts'
import { useValueWords } from './use-value-words.ts'
import { ValueText } from './value-text.tsx'
import { rangeWords } from './value-words.ts'

/** Days that fit on a page; the latest. */
const DAYS_MOST = 10

/** Items down, days across, each cell with its flag: for reading, comparing and print. */
export function SeriesTable({ courses }: { courses: readonly IndicatorCourse[] }) {
  const t = useT('observation')
  const words = useValueWords()
  const rows = courses.map((course) => ({ course, points: course.series.flatMap(({ points }) => points) }))
  const days = [...new Set(rows.flatMap(({ points }) => points.map(({ at }) => words.day(at))))]
    .toSorted()
    .slice(-DAYS_MOST)
  return (
    <div
      style={{ overflowX: 'auto', position: 'relative' }}
      tabIndex={0}
      role="region"
      aria-label={t('indicators.table')}
    >
      <table className="pb-chart-table">
        <thead>
          <tr>
            <th scope="col">{t('value.item')}</th>
            {days.map((day) => (
              <th key={day} scope="col" className="pb-nowrap">
                {day}
              </th>
            ))}
            <th scope="col">{t('value.lastRange')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ course, points }) => (
            <tr key={course.code}>
              <th scope="row">
                {course.name} <span className="pb-unit">{course.unitPrinted}</span>
              </th>
              {days.map((day) => {
                const point = points.findLast(({ at }) => words.day(at) === day)
                return <td key={day}>{point && <ValueText shown={point} unit={false} />}</td>
              })}
              <td className="pb-hint pb-nowrap">
                {lastRange(points) || (course.ours ? `${rangeWords(course.ours)} ${t('value.ours')}` : '')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function lastRange(points: IndicatorCourse['series'][number]['points']): string {
  const last = points.findLast((point) => rangeWords(point) !== '')
  return last ? rangeWords(last) : ''
}
