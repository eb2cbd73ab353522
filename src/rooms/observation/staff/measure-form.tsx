import { Form, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import type { OutputOf } from '../../../platform/contract/index.ts'
import { call, DraftForm, Field, Loading, Stack, useApi, useT } from '../../../platform/web/index.ts'
import { addReadings, entryChoices } from '../contract/readings.ts'
import type { MEASUREMENTS } from './entry-bar.tsx'
import { MomentInput } from './moment-input.tsx'
import { useSaved } from './use-saved.ts'

type Choice = OutputOf<typeof entryChoices>['indicators'][number]
type Measurement = (typeof MEASUREMENTS)[number]
interface Values {
  effectiveAt?: string
  method?: string
  readings?: { value?: number; text?: string; unit?: string }[]
}

/** Which indicators a form asks for; `indicator` and the kinds of glucose are chosen. */
const ASKED: Readonly<Record<Measurement, readonly string[]>> = {
  'blood-pressure': ['sbp', 'dbp', 'hr'],
  body: ['weight', 'height', 'waist'],
  glucose: ['fpg', 'ppg', 'rpg', 'ogtt2h'],
  indicator: [],
  lifestyle: ['local:peiban|smoking', 'local:peiban|alcohol', 'local:peiban|exercise'],
}

/** What was measured at one time: both pressures at once, any unit; refusals stand at their value. */
export function MeasureForm({
  patientId,
  entry,
  onDone,
}: {
  patientId: string
  entry: Measurement
  onDone: () => void
}) {
  const t = useT('observation')
  const saved = useSaved()
  const { data } = useApi(entryChoices)
  const chooses = entry === 'glucose' || entry === 'indicator'
  const [chosen, choose] = useState(entry === 'glucose' ? 'fpg' : undefined)
  if (!data) return <Loading lines={4} />
  const codes = chooses ? (chosen ? [chosen] : []) : ASKED[entry]
  const asked = codes.flatMap((code) => data.indicators.find((one) => one.code === code) ?? [])
  const choices =
    entry === 'glucose'
      ? data.indicators.filter(({ code }) => ASKED.glucose.includes(code))
      : data.indicators.filter(({ kind }) => kind !== 'choice')
  const send = async ({ readings, ...rest }: Values) => {
    const body = {
      ...rest,
      readings: asked.map(({ code, units }, at) => ({
        code,
        ...readings?.[at],
        ...(units.length > 0 ? { unit: readings?.[at]?.unit ?? units[0]!.unit } : {}),
      })),
    }
    await call(addReadings, { params: { patientId }, body })
    onDone()
    await saved()
  }
  return (
    <Stack>
      {chooses && (
        <Form layout="vertical" component="div">
          <Form.Item
            label={t(entry === 'glucose' ? 'measure.glucoseKind' : 'measure.indicator')}
            htmlFor="measured-indicator"
          >
            <Select
              id="measured-indicator"
              showSearch={{ optionFilterProp: 'label' }}
              value={chosen}
              onChange={choose}
              placeholder={t('measure.choose')}
              options={choices.map(({ code, name }) => ({ value: code, label: name }))}
            />
          </Form.Item>
        </Form>
      )}
      {asked.length > 0 && (
        <DraftForm<Values>
          key={chosen ?? entry}
          name={`measure-${entry}-${chosen ?? ''}-${patientId}`}
          schema={addReadings.body}
          submit={t('save')}
          onSubmit={send}
          onCancel={onDone}
        >
          {asked.map((choice, at) => (
            <Reading key={choice.code} choice={choice} at={at} required={isRequired(entry, at)} chooseUnit={chooses} />
          ))}
          {entry === 'blood-pressure' && (
            <Field name="method" label={t('measure.place')}>
              <Select
                allowClear
                placeholder={t('method.house')}
                options={['home', 'ambulatory'].map((value) => ({ value, label: t(`method.${value}`) }))}
              />
            </Field>
          )}
          <Field name="effectiveAt" label={t('measure.at')}>
            <MomentInput placeholder={t('measure.now')} />
          </Field>
        </DraftForm>
      )}
    </Stack>
  )
}

const isRequired = (entry: Measurement, at: number) =>
  entry === 'blood-pressure' ? at < 2 : entry === 'glucose' || entry === 'indicator'

/** One value with its unit behind it, or to be chosen. */
function Reading({
  choice: { name, kind, units, options },
  at,
  required,
  chooseUnit,
}: {
  choice: Choice
  at: number
  required: boolean
  chooseUnit: boolean
}) {
  const t = useT('observation')
  if (kind === 'choice')
    return (
      <Field name={['readings', at, 'text']} label={name} required={required}>
        <Select allowClear options={options.map(({ code, name: label }) => ({ value: code, label }))} />
      </Field>
    )
  if (kind === 'text')
    return (
      <Field name={['readings', at, 'text']} label={name} required={required}>
        <Input maxLength={60} placeholder={t('measure.textPlaceholder')} />
      </Field>
    )
  // Blood pressure is read in mmHg and weight in kg: nobody wants to be asked each time.
  const asks = chooseUnit && units.length > 1
  return (
    <>
      <Field name={['readings', at, 'value']} label={name} required={required}>
        <InputNumber
          style={{ width: '100%' }}
          inputMode="decimal"
          {...(asks ? {} : { suffix: units[0]?.printed })}
          autoFocus={at === 0}
        />
      </Field>
      {asks && (
        <Field name={['readings', at, 'unit']} label={t('measure.unit', { name })} initialValue={units[0]!.unit}>
          <Select options={units.map(({ unit, printed }) => ({ value: unit, label: printed }))} />
        </Field>
      )}
    </>
  )
}
