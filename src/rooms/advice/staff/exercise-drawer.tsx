import { Alert, Form, InputNumber, Radio } from 'antd'
import { useState } from 'react'
import { prescribeExercise, RED_FLAGS, type ExerciseInput } from '../../../clinical/advice/index.ts'
import {
  Field,
  Loading,
  ProblemAlert,
  SideDrawer,
  Stack,
  useApi,
  useOpened,
  useT,
} from '../../../platform/web/index.ts'
import { readBody, type BodyView } from '../contract/advice.ts'
import { ComputedGive } from './computed-form.tsx'
import { exerciseText } from './computed-text.ts'
import { ExerciseResult } from './exercise-result.tsx'
import { useFromRecord } from './known-value.ts'
import { RefusedPart } from './refused-part.tsx'
import type { Language } from './words.ts'

/** 运动处方: asked first, then frequency, intensity, time and type. `?exercise=new` */
export function ExerciseDrawer({ patientId, locale }: { patientId: string; locale: Language }) {
  const t = useT('advice')
  const { id, close } = useOpened('exercise')
  const { data, error } = useApi(readBody, { params: { patientId: patientId as never } }, { enabled: id !== undefined })
  return (
    <SideDrawer title={t('exercise.title')} open={id !== undefined} onClose={close} widthPx={680}>
      <ProblemAlert problem={error} />
      {!data && !error && <Loading lines={5} />}
      {data && <ExerciseForm patientId={patientId} locale={locale} body={data} onDone={close} />}
    </SideDrawer>
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
  const from = useFromRecord()
  const numbers = [
    ['sbp', 'mmHg', body.sbp],
    ['dbp', 'mmHg', body.dbp],
    ['restingHr', t('unit.bpm'), body.restingHr],
    ['glucose', 'mmol/L', body.glucose],
  ] as const
  const yesNo = [true, false].map((value) => ({ value, label: t(value ? 'yes' : 'no') }))
  const isWoman = body.sex === 'female' && (body.ageYears ?? 30) <= 50
  return (
    <Form<Values>
      layout="vertical"
      className="pb-form"
      name="advice-exercise"
      initialValues={values}
      onValuesChange={(_changed, all) => onChange({ ...withoutNulls(all), redFlags: withoutNulls(all.redFlags ?? {}) })}
    >
      <p className="pb-hint">
        {t('compute.who', { sex: t(`sex.${body.sex}`), age: body.ageYears ?? t('compute.ageUnknown') })}
      </p>
      <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
        <legend>
          <strong>{t('exercise.askFirst')}</strong>
        </legend>
        {RED_FLAGS.map((flag) => (
          <Field key={flag} name={['redFlags', flag]} label={t(`flag.${flag}`)} required>
            <Radio.Group options={yesNo} />
          </Field>
        ))}
      </fieldset>
      <div className="pb-row">
        {numbers.map(([name, unit, known]) => (
          <Field
            key={name}
            name={name}
            label={t(`input.${name}`)}
            required={name === 'sbp' || name === 'dbp'}
            from={from(known)}
          >
            <InputNumber suffix={unit} style={{ width: 190 }} inputMode="decimal" />
          </Field>
        ))}
      </div>
      <Field
        name="betaBlocker"
        label={t('input.betaBlocker')}
        required
        from={body.betaBlocker ? body.betaBlocker.name : undefined}
      >
        <Radio.Group options={yesNo} disabled={body.betaBlocker !== null} />
      </Field>
      <Field name="active" label={t('input.active')} required>
        <Radio.Group options={yesNo} />
      </Field>
      {isWoman && (
        <Field name="pregnant" label={t('input.pregnant')}>
          <Radio.Group options={yesNo} />
        </Field>
      )}
    </Form>
  )
}

/** An emptied number is none. */
function withoutNulls<V extends object>(values: V): V {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined)) as V
}
