import { Form, InputNumber, Radio, Select } from 'antd'
import { useState } from 'react'
import {
  ACTIVITIES,
  ENERGY_GOALS,
  energyNeed,
  portionsFor,
  proteinNeed,
  type Activity,
  type EnergyGoal,
} from '../../../clinical/advice/index.ts'
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
import { energyText } from './computed-text.ts'
import { EnergyResult } from './energy-result.tsx'
import { useFromRecord } from './known-value.ts'
import { RefusedPart } from './refused-part.tsx'
import type { Language } from './words.ts'

/** 能量与食物份数: from the body and a goal, with the formula named. `?energy=new` */
export function EnergyDrawer({ patientId, locale }: { patientId: string; locale: Language }) {
  const t = useT('advice')
  const { id, close } = useOpened('energy')
  const { data, error } = useApi(readBody, { params: { patientId: patientId as never } }, { enabled: id !== undefined })
  return (
    <SideDrawer title={t('energy.title')} open={id !== undefined} onClose={close} widthPx={680}>
      <ProblemAlert problem={error} />
      {!data && !error && <Loading lines={5} />}
      {data && <EnergyForm patientId={patientId} locale={locale} body={data} onDone={close} />}
    </SideDrawer>
  )
}

interface Values {
  heightCm?: number
  weightKg?: number
  activity: Activity
  goal: EnergyGoal
  pregnant?: boolean
  breastfeeding?: boolean
  egfr?: number
  uacr?: number
}

interface EnergyFormProps {
  patientId: string
  locale: Language
  body: BodyView
  onDone: () => void
}

function EnergyForm({ patientId, locale, body, onDone }: EnergyFormProps) {
  const [values, setValues] = useState<Values>(() => ({
    heightCm: body.heightCm?.value,
    weightKg: body.weightKg?.value,
    activity: 'light',
    goal: 'keep',
    egfr: body.egfr?.value,
    uacr: body.uacr?.value,
    ...(body.pregnant ? { pregnant: true } : {}),
  }))
  const energy = energyNeed({
    ...values,
    sex: body.sex === 'male' || body.sex === 'female' ? body.sex : undefined,
    ageYears: body.ageYears ?? undefined,
    eatingDisorder: body.eatingDisorder !== null,
  })
  const isComputed = energy.state === 'computed'
  const { heightCm = 0, weightKg = 0, egfr, uacr } = values
  const protein = proteinNeed({
    heightCm,
    weightKg,
    ageYears: body.ageYears ?? 0,
    egfr,
    uacr,
    dialysis: body.dialysis !== null,
  })
  const portions = isComputed ? portionsFor(energy.targetKcal, protein) : undefined
  return (
    <Stack>
      <EnergyFields body={body} values={values} onChange={setValues} />
      {!isComputed && <RefusedPart {...energy} />}
      {isComputed && (
        <>
          <EnergyResult energy={energy} protein={protein} portions={portions} />
          <ComputedGive
            patientId={patientId}
            locale={locale}
            input={{ basis: 'energy', ...values, dialysis: body.dialysis !== null }}
            text={energyText({ energy, protein, portions, goal: values.goal }, locale)}
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

function EnergyFields({ body, values, onChange }: FieldsProps) {
  const t = useT('advice')
  const from = useFromRecord()
  const isWoman = body.sex === 'female' && (body.ageYears ?? 30) <= 50
  const numbers = [
    ['heightCm', 'cm', body.heightCm],
    ['weightKg', 'kg', body.weightKg],
    ['egfr', 'mL/min/1.73m²', body.egfr],
    ['uacr', 'mg/g', body.uacr],
  ] as const
  return (
    <Form<Values>
      layout="vertical"
      className="pb-form"
      name="advice-energy"
      initialValues={values}
      onValuesChange={(_changed, all) => onChange(withoutNulls(all))}
    >
      <p className="pb-hint">
        {t('compute.who', { sex: t(`sex.${body.sex}`), age: body.ageYears ?? t('compute.ageUnknown') })}
      </p>
      <div className="pb-row">
        {numbers.map(([name, unit, known]) => (
          <Field
            key={name}
            name={name}
            label={t(`input.${name}`)}
            required={name === 'heightCm' || name === 'weightKg'}
            from={from(known)}
          >
            <InputNumber suffix={unit} style={{ width: 190 }} inputMode="decimal" />
          </Field>
        ))}
      </div>
      <Field name="activity" label={t('input.activity')} required>
        <Select
          style={{ maxWidth: 420 }}
          options={ACTIVITIES.map((value) => ({ value, label: t(`activity.${value}`) }))}
        />
      </Field>
      <Field name="goal" label={t('input.goal')} required>
        <Radio.Group options={ENERGY_GOALS.map((value) => ({ value, label: t(`goal.${value}`) }))} />
      </Field>
      {isWoman &&
        (['pregnant', 'breastfeeding'] as const).map((name) => (
          <Field key={name} name={name} label={t(`input.${name}`)} required={name === 'pregnant'}>
            <Radio.Group options={[true, false].map((value) => ({ value, label: t(value ? 'yes' : 'no') }))} />
          </Field>
        ))}
    </Form>
  )
}

/** An emptied number is none. */
function withoutNulls(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== null && value !== undefined),
  ) as unknown as Values
}
