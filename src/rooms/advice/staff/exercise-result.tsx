import { EXERCISE_SOURCES, type Exercise } from '../../../clinical/advice/index.ts'
import { Facts, Stack, Status, useT } from '../../../platform/web/index.ts'

/** Frequency, intensity, time, type: with the formula behind the heart rate. */
export function ExerciseResult({ exercise }: { exercise: Exercise }) {
  const t = useT('advice')
  const { intensity, steps, strength, weeklyMinutes, balanceDaysPerWeek, warnings, kind } = exercise
  return (
    <Stack tight>
      <h3>{t('exercise.result')}</h3>
      <Facts
        items={[
          [t('exercise.type'), t(`exercise.kind.${kind}`)],
          [
            t('exercise.frequency'),
            steps
              .map(({ fromWeek, toWeek, daysPerWeek, minutes }) =>
                t(toWeek === null ? 'exercise.lastStep' : 'exercise.step', {
                  from: fromWeek,
                  to: toWeek ?? 0,
                  days: daysPerWeek,
                  minutes,
                }),
              )
              .join(t('list.separator')),
          ],
          [
            t('exercise.intensity'),
            intensity.by === 'heart-rate'
              ? t('exercise.rate', {
                  ...intensity,
                  shareFrom: Math.round(intensity.shareFrom * 100),
                  shareTo: Math.round(intensity.shareTo * 100),
                })
              : t('exercise.effort', {
                  from: intensity.from,
                  to: intensity.to,
                  because: t(`exercise.because.${intensity.because}`),
                }),
          ],
          [
            t('exercise.strength'),
            t(strength.gentle ? 'exercise.strengthGentle' : 'exercise.strengthValue', {
              daysPerWeek: strength.daysPerWeek,
              sets: strength.sets,
              repetitions: strength.repetitions,
            }),
          ],
          [
            t('exercise.balance'),
            balanceDaysPerWeek > 0 ? t('exercise.balanceValue', { days: balanceDaysPerWeek }) : null,
          ],
          [t('exercise.weekly'), t('exercise.weeklyValue', weeklyMinutes)],
          [
            t('card.source'),
            intensity.by === 'heart-rate'
              ? `${EXERCISE_SOURCES.maximum}；${EXERCISE_SOURCES.reserve}；${EXERCISE_SOURCES.amount}`
              : `${EXERCISE_SOURCES.effort}；${EXERCISE_SOURCES.amount}`,
          ],
        ]}
      />
      {warnings.map((one) => (
        <Status key={one} tone="due">
          {t(`warning.${one}`)}
        </Status>
      ))}
    </Stack>
  )
}
