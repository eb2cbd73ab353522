import { useState } from 'react'
import { Card, DateText, TabSet, useNarrow, useT, type T } from '../../../platform/web/index.ts'
import type { GrowthCourse, MeasureCourse } from '../contract/growth.ts'
import { Curve } from '../patient/curve.tsx'
import { PointsTable } from './points-table.tsx'
import { ageWords, placeWords, tenth, UNITS, useWords } from './words.ts'

/** The curve of one measure with the name of its reference, and every value below it. */
export function CurveCard({ course, patientId }: { course: GrowthCourse; patientId: string }) {
  const t = useT('growth')
  const shown = course.measures.filter(({ points }) => points.length > 0)
  const [chosen, choose] = useState(shown[0]!.measure)
  const one = shown.find(({ measure }) => measure === chosen) ?? shown[0]!
  return (
    <Card title={t('curve.title')}>
      <TabSet
        items={shown.map(({ measure }) => ({ key: measure, label: t(`measure.${measure}`) }))}
        active={one.measure}
        onChange={(key) => choose(key as MeasureCourse['measure'])}
      />
      <Measure key={one.measure} one={one} course={course} patientId={patientId} />
    </Card>
  )
}

function Measure({ one, course, patientId }: { one: MeasureCourse; course: GrowthCourse; patientId: string }) {
  const t = useT('growth')
  const narrow = useNarrow()
  const inWords = useWords()
  const last = one.points.at(-1)!
  const name = t(`measure.${one.measure}`)
  const unit = UNITS[one.measure]
  const { reference, profile } = course
  return (
    <div className="pb-stack pb-stack-tight" style={{ marginTop: 12 }}>
      <p style={{ margin: 0 }}>
        <strong style={{ fontSize: 20 }}>
          {tenth(last.value)} <span className="pb-hint">{unit}</span>
        </strong>{' '}
        <strong>{placeWords(last, t)}</strong>{' '}
        <span className="pb-hint">
          <DateText date={last.on} /> · {ageWords(last.ageYears, t)}
          {correctedWords(last, t)}
        </span>
      </p>
      <Curve
        course={one}
        heightPx={narrow ? 280 : 400}
        words={{
          label: t('curve.label', { name, count: one.points.length }),
          years: t('curve.years'),
          unit,
          value: (value) => tenth(value),
        }}
      />
      <p className="pb-hint">
        {t('curve.reference', {
          name: inWords(reference.title),
          code: `${reference.code}@${reference.version}`,
          licence: reference.licence,
        })}
        {profile.reference !== reference.code && ` ${t('curve.fallback', { code: profile.reference })}`}
      </p>
      <PointsTable one={one} patientId={patientId} canWrite={course.can.write} />
    </div>
  )
}

function correctedWords({ correctedYears }: MeasureCourse['points'][number], t: T): string {
  return correctedYears === null ? '' : ` ${t('curve.corrected', { age: ageWords(correctedYears, t) })}`
}
