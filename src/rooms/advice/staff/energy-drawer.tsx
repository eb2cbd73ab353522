import { Radio, Select } from 'antd'
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
import { Field, Stack, useT } from '../../../platform/web/index.ts'
import type { BodyView } from '../contract/advice.ts'
import { BodyDrawer } from './body-drawer.tsx'
import { BodyForm, mayBePregnant, NumberFields, withoutNulls, YesNo } from './body-form.tsx'
import { ComputedGive } from './computed-form.tsx'
import { energyText } from './computed-text.ts'
import { EnergyResult } from './energy-result.tsx'
import { RefusedPart } from './refused-part.tsx'
import type { Language } from './words.ts'

/** 能量与食物份数: from the body and a goal, with the formula named. `?energy=new` */
export function EnergyDrawer({ patientId, locale }: { patientId: string; locale: Language }) {
  return (
    <BodyDrawer patientId={patientId} name="energy">
      {(body, close) => <EnergyForm patientId={patientId} locale={locale} body={body} onDone={close} />}
    </BodyDrawer>
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
  return (
    <BodyForm<Values> name="energy" body={body} values={values} onChange={(all) => onChange(withoutNulls(all))}>
      <NumberFields
        required={['heightCm', 'weightKg']}
        of={[
          ['heightCm', 'cm', body.heightCm],
          ['weightKg', 'kg', body.weightKg],
          ['egfr', 'mL/min/1.73m²', body.egfr],
          ['uacr', 'mg/g', body.uacr],
        ]}
      />
      <Field name="activity" label={t('input.activity')} required>
        <Select
          style={{ maxWidth: 420 }}
          options={ACTIVITIES.map((value) => ({ value, label: t(`activity.${value}`) }))}
        />
      </Field>
      <Field name="goal" label={t('input.goal')} required>
        <Radio.Group options={ENERGY_GOALS.map((value) => ({ value, label: t(`goal.${value}`) }))} />
      </Field>
      {mayBePregnant(body) && (
        <>
          <YesNo name="pregnant" label={t('input.pregnant')} required />
          <YesNo name="breastfeeding" label={t('input.breastfeeding')} />
        </>
      )}
    </BodyForm>
  )
}
