import { useState } from 'react'
import { DateText, useNarrow, useT, type T } from '../../../platform/web/index.ts'
import type { GrowthPoint, MeasureCourse } from '../contract/growth.ts'
import { CorrectDrawer } from './correct-drawer.tsx'
import { ageWords, placeWords, tenth, UNITS } from './words.ts'

const SHOWN = 8
const WIDE = ['on', 'age', 'value', 'place', 'z', 'how'] as const
/** On a phone age and origin stand below the day. */
const NARROW = ['on', 'value', 'place'] as const

/** Every value, newest first: its place with the reference beside it, how it was measured, and the way to correct it. */
export function PointsTable({
  one,
  patientId,
  canWrite,
}: {
  one: MeasureCourse
  patientId: string
  canWrite: boolean
}) {
  const t = useT('growth')
  const [all, setAll] = useState(false)
  const [correcting, correct] = useState<GrowthPoint>()
  const narrow = useNarrow()
  const columns = narrow ? NARROW : WIDE
  const newest = one.points.toReversed()
  const caption = t(`measure.${one.measure}`)
  return (
    <>
      <div style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label={caption}>
        <table className="pb-chart-table">
          <caption className="pb-sr">{caption}</caption>
          <thead>
            <tr>
              {columns.map((key) => (
                <th key={key} scope="col">
                  {key === 'value' ? `${caption} (${UNITS[one.measure]})` : t(`table.${key}`)}
                </th>
              ))}
              {canWrite && (
                <th scope="col" className="pb-unprinted">
                  <span className="pb-sr">{t('table.act')}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {(all ? newest : newest.slice(0, SHOWN)).map((point, n) => (
              <PointRow
                key={`${point.id ?? point.on} ${n}`}
                point={point}
                narrow={narrow}
                onCorrect={canWrite ? () => correct(point) : undefined}
              />
            ))}
          </tbody>
        </table>
      </div>
      {newest.length > SHOWN && !all && (
        <button type="button" className="pb-link" onClick={() => setAll(true)}>
          {t('table.all', { count: newest.length })}
        </button>
      )}
      <CorrectDrawer
        patientId={patientId}
        measure={one.measure}
        point={correcting}
        onClose={() => correct(undefined)}
      />
    </>
  )
}

function PointRow({
  point,
  narrow,
  onCorrect,
}: {
  point: GrowthPoint
  narrow: boolean
  onCorrect: (() => void) | undefined
}) {
  const t = useT('growth')
  const how = originWords(point, t)
  const age = ageWords(point.ageYears, t)
  return (
    <tr>
      <th scope="row" className="pb-nowrap">
        <DateText date={point.on} />
        {narrow && (
          <div className="pb-hint" style={{ whiteSpace: 'normal' }}>
            {age} · {how}
          </div>
        )}
      </th>
      {!narrow && <td className="pb-nowrap">{age}</td>}
      <td className="pb-number">{tenth(point.value)}</td>
      <td className={narrow ? '' : 'pb-nowrap'}>{placeWords(point, t)}</td>
      {!narrow && <td className="pb-number">{point.z === null ? '—' : point.z.toFixed(2)}</td>}
      {!narrow && <td className="pb-hint">{how}</td>}
      {onCorrect && (
        <td className="pb-unprinted pb-nowrap">
          {point.id && (
            <button type="button" className="pb-link" onClick={onCorrect}>
              {t('table.correct')}
              <span className="pb-sr">{point.on}</span>
            </button>
          )}
        </td>
      )}
    </tr>
  )
}

/** How it was measured, by whom, and what has to be known with it. */
function originWords({ position, source, caveats }: GrowthPoint, t: T): string {
  const known = ['patient', 'staff', 'derived'].includes(source)
  return [
    position && t(`position.${position}`),
    known ? t(`source.${source}`) : t('source.other'),
    ...caveats.map((caveat) => t(`caveat.${caveat}`)),
  ]
    .filter(Boolean)
    .join(' · ')
}
