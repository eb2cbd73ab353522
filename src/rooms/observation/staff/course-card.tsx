import { Card, Go, Stack, TrendChart, useT } from '../../../platform/web/index.ts'
import type { IndicatorCourse } from '../contract/indicators.ts'
import { chartSeries, slopeWords, usesOurs } from './course-words.ts'
import { usePatientAddress } from './patient-address.ts'
import { useValueWords } from './use-value-words.ts'
import { ValueText } from './value-text.tsx'

/** One indicator, small: its course and what can be said of it. */
export function CourseCard({ course }: { course: IndicatorCourse }) {
  const words = useValueWords()
  const to = usePatientAddress()
  const title = (
    <Go to={to(`tab=indicators&panel=${course.panel}&code=${encodeURIComponent(course.code)}`)}>{course.name}</Go>
  )
  return (
    <Card>
      <Stack tight>
        {course.kind === 'number' ? (
          <TrendChart
            title={title}
            name={course.name}
            unit={course.unitPrinted}
            series={chartSeries(course, false, words)}
            heightPx={150}
          />
        ) : (
          <TextCourse course={course} title={title} />
        )}
        <CourseWords course={course} />
      </Stack>
    </Card>
  )
}

function TextCourse({ course, title }: { course: IndicatorCourse; title: React.ReactNode }) {
  const words = useValueWords()
  const points = course.series.flatMap(({ points: all }) => all).toReversed()
  return (
    <Stack tight>
      <h3>{title}</h3>
      <table className="pb-chart-table">
        <tbody>
          {points.slice(0, 8).map((point) => (
            <tr key={point.id}>
              <td className="pb-hint">{words.day(point.at)}</td>
              <td>
                <ValueText shown={point} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Stack>
  )
}

/** What a course says in words: up or down only where the whole interval of the slope lies on one side. */
export function CourseWords({ course }: { course: IndicatorCourse }) {
  const t = useT('observation')
  const main = course.series[0]
  const slope = main && slopeWords(main, course.decimals)
  const said = [
    slope && t(`course.${slope.word}`, { slope: slope.slope, unit: course.unitPrinted }),
    course.firstAbnormalOn && t('course.firstAbnormal', { date: course.firstAbnormalOn }),
    course.series.filter(({ points }) => points[0]?.value !== null).length > 1 && t('course.methods'),
    usesOurs(course) && t('course.ours', { source: course.ours?.source ?? '' }),
    course.shortened && t('course.shortened'),
  ].filter(Boolean)
  return said.length > 0 ? <p className="pb-hint">{said.join(t('course.between'))}</p> : null
}
