import { Alert } from 'antd'
import { useState } from 'react'
import { prescribeExercise, RED_FLAGS, type ExerciseInput } from '../../../clinical/advice/index.ts'
import { Stack, useT } from '../../../platform/web/index.ts'
import type { BodyView } from '../contract/advice.ts'
import { BodyDrawer } from './body-drawer.tsx'
import { BodyForm, mayBePregnant, NumberFields, withoutNulls, YesNo } from './body-form.tsx'
import { ComputedGive } from './computed-form.tsx'
import { exerciseText } from './computed-text.ts'
import { ExerciseResult } from './exercise-result.tsx'
import { RefusedPart } from './refused-part.tsx'
import type { Language } from './words.ts'

/** 运动处方: asked first, then frequency, intensity, time and type. `?exercise=new` */
export function ExerciseDrawer({ patientId, locale }: { patientId: string; locale: Language }) {
  return (
    <BodyDrawer patientId={patientId} name="exercise">
      {(body, close) => <ExerciseForm patientId={patientId} locale={locale} body={body} onDone={close} />}
    </BodyDrawer>
  )
}

type Values = Pick<ExerciseInput, 'sbp' | 'dbp' | 'restingHr' | 'glucose' | 'betaBlocker' | 'active' | 'pregnant'> & {
  redFlags: NonNullable<ExerciseInput['redFlags']>
}

interface ExerciseFormProps {
  patientId: string
  locale: Language
  body: BodyView
  onDone: () => void
}

function ExerciseForm({ patientId, locale, body, onDone }: ExerciseFormProps) {
  const t = useT('advice')
  const [values, setValues] = useState<Values>(() => ({
    sbp: body.sbp?.value,
    dbp: body.dbp?.value,
    restingHr: body.restingHr?.value,
    glucose: body.glucose?.value,
    ...(body.betaBlocker ? { betaBlocker: true } : body.medicinesKnown ? { betaBlocker: false } : {}),
    ...(body.pregnant ? { pregnant: true } : {}),
    redFlags: {},
  }))
  const ofRecord = {
    bmi: body.bmi?.value,
    hypoglycaemiaDrug: body.hypoglycaemiaDrug !== null,
    kneeOrHip: body.kneeOrHip !== null,
    osteoporosis: body.osteoporosis !== null,
    retinopathy: body.retinopathy !== null,
  }
  const exercise = prescribeExercise({
    ...values,
    ...ofRecord,
    diabetes: body.diabetes !== null,
    ageYears: body.ageYears ?? undefined,
  })
  return (
    <Stack>
      <ExerciseFields body={body} values={values} onChange={setValues} />
      {exercise.state === 'doctor-first' && (
        <Alert
          type="error"
          showIcon
          title={t('exercise.doctorFirst')}
          description={exercise.because.map((one) => t(`flag.${one}`)).join(t('list.separator'))}
        />
      )}
      {exercise.state === 'refused' && <RefusedPart {...exercise} />}
      {exercise.state === 'computed' && (
        <>
          <ExerciseResult exercise={exercise} />
          <ComputedGive
            patientId={patientId}
            locale={locale}
            input={{ basis: 'exercise', ...values, ...ofRecord }}
            text={exerciseText(exercise, locale)}
            onDone={onDone}
          />
        </>
      )}
    </Stack>
  )
}

interface FieldsProps {
  body: BodyView
  values: Values
  onChange: (values: Values) => void
}

function ExerciseFields({ body, values, onChange }: FieldsProps) {
  const t = useT('advice')
  return (
    <BodyForm<Values>
      name="exercise"
      body={body}
      values={values}
      onChange={(all) => onChange({ ...withoutNulls(all), redFlags: withoutNulls(all.redFlags ?? {}) })}
    >
      <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
        <legend>
          <strong>{t('exercise.askFirst')}</strong>
        </legend>
        {RED_FLAGS.map((flag) => (
          <YesNo key={flag} name={['redFlags', flag]} label={t(`flag.${flag}`)} required />
        ))}
      </fieldset>
      <NumberFields
        required={['sbp', 'dbp']}
        of={[
          ['sbp', 'mmHg', body.sbp],
          ['dbp', 'mmHg', body.dbp],
          ['restingHr', t('unit.bpm'), body.restingHr],
          ['glucose', 'mmol/L', body.glucose],
        ]}
      />
      <YesNo
        name="betaBlocker"
        label={t('input.betaBlocker')}
        required
        from={body.betaBlocker?.name}
        disabled={body.betaBlocker !== null}
      />
      <YesNo name="active" label={t('input.active')} required />
      {mayBePregnant(body) && <YesNo name="pregnant" label={t('input.pregnant')} />}
    </BodyForm>
  )
}
