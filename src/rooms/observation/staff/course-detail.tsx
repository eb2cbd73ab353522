import { Button } from 'antd'
import { Card, Loading, ProblemAlert, Row, Stack, TrendChart, useApi, useT } from '../../../platform/web/index.ts'
import { getCourses, type IndicatorCourse } from '../contract/indicators.ts'
import { CourseWords } from './course-card.tsx'
import { chartSeries, PAIRED } from './course-words.ts'
import { useValueWords } from './use-value-words.ts'
import { ValueList } from './value-list.tsx'

export interface CourseDetailProps {
  patientId: string
  /** One code, or several for one picture. */
  codes: string
  onClose: () => void
}

/** One indicator, large, with diseases, drugs and operations on the axis, and every value with where it is from. */
export function CourseDetail({ patientId, codes, onClose }: CourseDetailProps) {
  const t = useT('observation')
  const words = useValueWords()
  const whole = PAIRED.find((pair) => (pair as readonly string[]).includes(codes)) ?? [codes]
  const { data, error, refetch } = useApi(getCourses, { params: { patientId }, query: { codes: whole.join(',') } })
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading lines={6} />
  const numbers = data.indicators.filter(({ kind }) => kind === 'number')
  const name = data.indicators.map((one) => one.name).join(' / ')
  const events = eventsWithin(data.indicators, data.events)
  return (
    <Card title={name} extra={<Button onClick={onClose}>{t('indicators.close')}</Button>}>
      <Stack>
        {data.indicators.length === 1 && <p className="pb-hint">{data.indicators[0]!.meaning}</p>}
        {numbers.length > 0 && (
          <TrendChart
            title=""
            name={name}
            unit={numbers[0]!.unitPrinted}
            series={numbers.flatMap((course) => chartSeries(course, numbers.length > 1, words))}
            events={events.map(({ on, title }) => ({ at: on, label: title }))}
            heightPx={320}
          />
        )}
        {events.length > 0 && (
          <Row>
            {events.map(({ id, on, kind, title }) => (
              <span key={id} className="pb-hint">
                {on} {t(`kind.${kind}`)} {title}
              </span>
            ))}
          </Row>
        )}
        {data.indicators.map((course) => (
          <Stack key={course.code} tight>
            <CourseWords course={course} />
            <ValueList patientId={patientId} course={course} titled={data.indicators.length > 1} />
          </Stack>
        ))}
      </Stack>
    </Card>
  )
}

/** Events of the time that the values span; a long life would crowd the axis. */
function eventsWithin<E extends { on: string }>(courses: readonly IndicatorCourse[], events: readonly E[]): E[] {
  const days = courses
    .flatMap(({ series }) => series.flatMap(({ points }) => points.map(({ at }) => at.slice(0, 10))))
    .toSorted()
  const [first, last] = [days[0], days.at(-1)]
  return first && last ? events.filter(({ on }) => on >= first && on <= last).slice(-8) : []
}
