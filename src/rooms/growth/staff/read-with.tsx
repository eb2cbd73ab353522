import { Card, Columns, DateText, Facts, useT } from '../../../platform/web/index.ts'
import type { GrowthCourse } from '../contract/growth.ts'
import { Velocities } from '../patient/velocities.tsx'
import { ageWords, tenth } from './words.ts'

/** What a curve is read with: the speed, the parents' heights and bone ages, each with what it can say. */
export function ReadWith({ course }: { course: GrowthCourse }) {
  const t = useT('growth')
  const { velocities, latestVelocity, target, profile, boneAges } = course
  return (
    <Columns minPx={340}>
      <Card title={t('velocity.title')}>
        {velocities.length === 0 ? (
          <p className="pb-hint">{t('velocity.none')}</p>
        ) : (
          <div className="pb-stack pb-stack-tight">
            {latestVelocity && (
              <p style={{ margin: 0 }}>
                {t('velocity.latest', {
                  months: Math.round(latestVelocity.days / 30.4375),
                  value: tenth(latestVelocity.cmPerYear),
                  plusMinus: tenth(latestVelocity.plusMinus),
                })}
              </p>
            )}
            <Velocities
              velocities={velocities}
              words={({ cmPerYear, plusMinus }) =>
                t('velocity.value', { value: tenth(cmPerYear), plusMinus: tenth(plusMinus) })
              }
            />
            <p className="pb-hint">{t('velocity.hint')}</p>
          </div>
        )}
      </Card>
      <Card title={t('read.title')}>
        <Facts
          items={[
            [t('profile.father'), profile.fatherCm && `${tenth(profile.fatherCm)} cm`],
            [t('profile.mother'), profile.motherCm && `${tenth(profile.motherCm)} cm`],
            [
              t('target.name'),
              target &&
                t('target.value', {
                  low: tenth(target.lowCm),
                  high: tenth(target.highCm),
                  middle: tenth(target.targetCm),
                }),
            ],
            [t('profile.weeks'), profile.gestationWeeks],
          ]}
        />
        <p className="pb-hint" style={{ marginTop: 8 }}>
          {target ? t('target.hint') : t('target.none')}
          {target && !profile.parentsMeasured && ` ${t('target.told')}`}
        </p>
        {boneAges.map((one) => (
          <p key={one.id} style={{ margin: '8px 0 0' }}>
            <DateText date={one.filmOn} />{' '}
            {t('boneAge.line', { bone: tenth(one.boneYears), age: ageWords(one.ageYears, t) })}{' '}
            <span className="pb-hint">
              {t(`boneMethod.${one.method}`)} · {one.reader}
              {one.note && ` · ${one.note}`}
            </span>
          </p>
        ))}
      </Card>
    </Columns>
  )
}
