import { Card, Loaded, Nothing, OwnPage, Term, useLocale, useOwn, useT } from '../../../platform/patient-web/index.ts'
import type { OutputOf } from '../../../platform/contract/endpoint.ts'
import { readMyGrowth } from '../contract/my.ts'
import { Curve } from './curve.tsx'
import { plainAge, plainDay, plainPlace, plainSpeed } from './plain-words.ts'
import { Decide, ProgrammeCard } from './programme-card.tsx'

type Mine = OutputOf<typeof readMyGrowth>
const UNITS = { height: 'cm', weight: 'kg', bmi: 'kg/m²', head: 'cm' } as const

/** 生长发育 for a family: what it means first, then the number, then the curve, then what comes next. */
export function GrowthPage() {
  const t = useT('growth')
  const mine = useOwn(readMyGrowth)
  return (
    <OwnPage title={t('my.title')}>
      <Loaded of={mine}>
        {(data) =>
          data.shown ? (
            <>
              {data.programme?.text && <Decide text={data.programme.text} onDone={mine.reload} />}
              <Heights mine={data} />
              <Next mine={data} />
              <Others mine={data} />
              {data.programme && <ProgrammeCard programme={data.programme} onLeft={mine.reload} />}
              <Source mine={data} />
            </>
          ) : (
            <Nothing>{t('my.none')}</Nothing>
          )
        }
      </Loaded>
    </OwnPage>
  )
}

function Heights({ mine }: { mine: Mine }) {
  const t = useT('growth')
  const course = mine.measures.find(({ measure }) => measure === 'height')
  const last = course?.points.at(-1)
  if (!course || !last) return null
  return (
    <Card title={t('my.measure.height')}>
      <p>{plainPlace('height', last, mine.sex, t)}</p>
      <p>
        <strong style={{ fontSize: '1.5rem' }}>{last.value.toFixed(1)}</strong> {t('my.cm')}{' '}
        <span className="pp-hint">
          {plainDay(last.on, t)} · {plainAge(last.ageYears, t)}
        </span>
      </p>
      <Curve
        course={course}
        heightPx={280}
        words={{
          label: t('my.curveLabel', { name: t('my.measure.height'), count: course.points.length }),
          years: t('my.yearsShort'),
          unit: 'cm',
          value: (value) => value.toFixed(1),
        }}
      />
      <p className="pp-hint">
        <Term meaning={t('my.linesMeaning')}>{t('my.lines')}</Term>
      </p>
      {mine.latestVelocity && (
        <>
          <p>{plainSpeed(mine.latestVelocity, t)}</p>
          <p className="pp-hint">{t('my.speed.hint')}</p>
        </>
      )}
      <p className="pp-hint">{t('my.notAhead')}</p>
    </Card>
  )
}

function Next({ mine }: { mine: Mine }) {
  const t = useT('growth')
  return (
    <Card title={t('my.next.title')}>
      <p>{mine.nextOn ? t('my.next.on', { on: plainDay(mine.nextOn, t) }) : t('my.next.any')}</p>
      <p className="pp-hint">{t('my.next.worry')}</p>
    </Card>
  )
}

function Others({ mine }: { mine: Mine }) {
  const t = useT('growth')
  const others = mine.measures.filter(({ measure }) => measure !== 'height')
  return others.map(({ measure, points }) => {
    const last = points.at(-1)!
    return (
      <Card key={measure} title={t(`my.measure.${measure}`)}>
        <p>{plainPlace(measure, last, mine.sex, t)}</p>
        <p>
          <strong style={{ fontSize: '1.5rem' }}>{last.value.toFixed(1)}</strong> {UNITS[measure]}{' '}
          <span className="pp-hint">{plainDay(last.on, t)}</span>
        </p>
      </Card>
    )
  })
}

/** By what the child was compared: it stands with every value (a table's own name, version and licence). */
function Source({ mine: { reference } }: { mine: Mine }) {
  const t = useT('growth')
  const locale = useLocale()
  const name = locale === 'en' ? reference.title.en : reference.title.zh
  return <p className="pp-hint">{t('my.source', { name, code: `${reference.code}@${reference.version}` })}</p>
}
