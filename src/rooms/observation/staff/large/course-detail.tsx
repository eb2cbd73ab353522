import { Checkbox } from 'antd'
import { useMemo } from 'react'
import { z } from 'zod'
import {
  Card,
  DateText,
  listOf,
  Loading,
  ProblemAlert,
  Row,
  Stack,
  useAddress,
  useApi,
  useT,
} from '../../../../platform/web/index.ts'
import { getCourses, type IndicatorCourse } from '../../contract/indicators.ts'
import { dayOf } from '../figure/scale.ts'
import { useValueWords } from '../use-value-words.ts'
import { ValueList } from '../value-list.tsx'
import { CourseFigure } from './course-figure.tsx'
import { EVENT_KINDS, eventsWithin, recordEvent, type AxisEvent } from './events.ts'
import { largePoints, PAIRED, usesOurs } from './large-point.ts'
import { useCareEvents } from './use-care-events.ts'
import '../small/courses.css'
import './large.css'

const address = z.object({ hide: listOf(z.enum(EVENT_KINDS)) })

/** One indicator, large: its course with what happened on the axis, what can be said of it, and every value. */
export function CourseDetail({ patientId, codes, bar }: { patientId: string; codes: string; bar: React.ReactNode }) {
  const words = useValueWords()
  const whole = PAIRED.find((pair) => (pair as readonly string[]).includes(codes)) ?? [codes]
  const { data, error, refetch } = useApi(getCourses, { params: { patientId }, query: { codes: whole.join(',') } })
  const care = useCareEvents(patientId)
  const numbers = useMemo(() => data?.indicators.filter(({ kind }) => kind === 'number') ?? [], [data])
  const points = useMemo(() => largePoints(numbers, words.day), [numbers, words])
  const days = useMemo(() => {
    const [first, last] = [points[0]?.day ?? 0, points.at(-1)?.day ?? 1]
    const air = Math.max((last - first) * 0.02, 15)
    return { min: first - air, max: last + air }
  }, [points])
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading lines={8} />
  const name = data.indicators.map((one) => one.name).join(' / ')
  const known = [...data.events.map(recordEvent), ...care]
  const [first, last] = [points[0], points.at(-1)]
  const events = first && last ? eventsWithin(known, words.day(first.shown.at), words.day(last.shown.at)) : []
  return (
    <Card title={name} extra={bar}>
      <Stack>
        {data.indicators.map((course) => (
          <CourseWords key={course.code} course={course} titled={data.indicators.length > 1} />
        ))}
        {points.length > 0 && (
          <Pictured
            name={name}
            names={numbers.map((one) => one.name)}
            points={points}
            events={events}
            brokenOn={numbers.flatMap(({ brokenOn }) => brokenOn).filter((on) => dayOf(on) > days.min)}
            days={days}
          />
        )}
        {data.indicators.map((course) => (
          <ValueList key={course.code} patientId={patientId} course={course} titled={data.indicators.length > 1} />
        ))}
      </Stack>
    </Card>
  )
}

/** The picture, what may be shown beside the values, and the same to be read. */
function Pictured({ events, ...figure }: React.ComponentProps<typeof CourseFigure>) {
  const t = useT('observation')
  const [{ hide = [] }, change] = useAddress(address)
  const kinds = EVENT_KINDS.filter((kind) => events.some((one) => one.kind === kind))
  const shown = useMemo(() => events.filter(({ kind }) => !hide.includes(kind)), [events, hide])
  return (
    <Stack tight>
      {kinds.length > 0 && (
        <Row>
          <span className="pb-hint">{t('event.beside')}</span>
          <Checkbox.Group
            options={kinds.map((kind) => ({ value: kind, label: t(`event.kind.${kind}`) }))}
            value={kinds.filter((kind) => !hide.includes(kind))}
            onChange={(chosen) => change({ hide: kinds.filter((kind) => !chosen.includes(kind)) })}
          />
        </Row>
      )}
      <CourseFigure {...figure} events={shown} />
      {shown.length > 0 && <EventList events={shown} />}
    </Stack>
  )
}

function EventList({ events }: { events: readonly AxisEvent[] }) {
  const t = useT('observation')
  return (
    <details className="pb-event-list">
      <summary>{t('event.list', { count: events.length })}</summary>
      <ul>
        {events.toReversed().map(({ id, kind, on, endedOn, title }) => (
          <li key={`${kind} ${id}`}>
            <DateText date={on} /> <span className="pb-hint">{t(`event.kind.${kind}`)}</span> {title}
            {endedOn && <span className="pb-hint"> {t('event.until', { date: endedOn })}</span>}
          </li>
        ))}
      </ul>
    </details>
  )
}

/** What an indicator means and what its course says. */
function CourseWords({ course, titled }: { course: IndicatorCourse; titled: boolean }) {
  const t = useT('observation')
  const { variation } = course
  const percents = variation && { up: variation.upPercent.toFixed(0), down: variation.downPercent.toFixed(0) }
  return (
    <div>
      <p>
        {titled && <strong>{course.name} </strong>}
        {course.meaning}
      </p>
      <p>{course.words.join('')}</p>
      <p className="pb-hint">
        {[
          course.firstAbnormalOn && t('course.firstAbnormal', { date: course.firstAbnormalOn }),
          percents && variation && t('course.variation', { ...percents, source: variation.source }),
          usesOurs(course) && t('course.ours', { source: course.ours?.source ?? '' }),
          course.shortened && t('course.shortened'),
        ]
          .filter(Boolean)
          .join(t('course.between'))}
      </p>
    </div>
  )
}
