import { AutoComplete, Input, InputNumber, Select } from 'antd'
import type { OutputOf } from '../../../platform/contract/index.ts'
import { DateInput, Field, useT, type T } from '../../../platform/web/index.ts'
import type { entryChoices } from '../contract/readings.ts'
import {
  allergyFact,
  conditionFact,
  encounterFact,
  ENCOUNTER_CLASSES,
  familyHistoryFact,
  medicationFact,
  procedureFact,
  RELATIONS,
} from '../contract/record.ts'
import { MomentInput } from './moment-input.tsx'

export const FACT_SCHEMAS = {
  condition: conditionFact,
  procedure: procedureFact,
  encounter: encounterFact,
  medication: medicationFact,
  allergy: allergyFact,
  'family-history': familyHistoryFact,
} as const
type Kind = keyof typeof FACT_SCHEMAS

interface FieldsProps {
  choices: OutputOf<typeof entryChoices>
  t: T
}

/** The fields of one kind of fact. Names are offered as one types, and anything else may be typed. */
export function FactFields({ kind, choices }: { kind: Kind; choices: FieldsProps['choices'] }) {
  const t = useT('observation')
  const Fields = FIELDS[kind]
  return <Fields choices={choices} t={t} />
}

/** A list of suggestions; the code stands behind the name. */
function Suggest({
  names,
  ...rest
}: {
  names: readonly { name: string; code?: string }[]
  id?: string
  value?: string
  onChange?: (value: string) => void
}) {
  return (
    <AutoComplete
      {...rest}
      maxLength={120}
      options={names.map(({ name, code }) => ({ value: name, label: code ? `${name} ${code}` : name }))}
      showSearch={{
        filterOption: (typed, option) =>
          String(option?.label ?? '')
            .toLowerCase()
            .includes(typed.trim().toLowerCase()),
      }}
    />
  )
}

const options = (t: T, prefix: string, values: readonly string[]) =>
  values.map((value) => ({ value, label: t(`${prefix}.${value}`) }))

function Note({ t }: { t: T }) {
  return (
    <Field name="note" label={t('field.note')}>
      <Input.TextArea maxLength={1000} autoSize={{ minRows: 2 }} />
    </Field>
  )
}

const FIELDS: Readonly<Record<Kind, (props: FieldsProps) => React.ReactNode>> = {
  condition: ({ choices, t }) => (
    <>
      <Field name="name" label={t('field.condition')} required>
        <Suggest names={choices.conditions} />
      </Field>
      <Field name="onsetOn" label={t('field.onsetOn')}>
        <DateInput />
      </Field>
      <Field name="clinicalStatus" label={t('field.status')} initialValue="active">
        <Select options={options(t, 'status', ['active', 'remission', 'resolved'])} />
      </Field>
      <Field name="abatedOn" label={t('field.abatedOn')}>
        <DateInput />
      </Field>
      <Note t={t} />
    </>
  ),
  procedure: ({ choices, t }) => (
    <>
      <Field name="name" label={t('field.procedure')} required>
        <Suggest names={choices.procedures} />
      </Field>
      <Field name="kind" label={t('field.procedureKind')}>
        <Select allowClear options={options(t, 'procedureKind', ['surgery', 'endoscopy', 'other'])} />
      </Field>
      <Field name="performedOn" label={t('field.performedOn')}>
        <DateInput />
      </Field>
      <Note t={t} />
    </>
  ),
  encounter: ({ t }) => (
    <>
      <Field name="class" label={t('field.class')} required>
        <Select options={options(t, 'class', ENCOUNTER_CLASSES)} />
      </Field>
      <Field name="title" label={t('field.encounterTitle')}>
        <Input maxLength={120} />
      </Field>
      <Field name="department" label={t('field.department')}>
        <Input maxLength={60} />
      </Field>
      <Field name="startedAt" label={t('field.startedAt')} required>
        <MomentInput />
      </Field>
      <Field name="endedAt" label={t('field.endedAt')}>
        <MomentInput />
      </Field>
      <Note t={t} />
    </>
  ),
  medication: ({ choices, t }) => (
    <>
      <Field name="name" label={t('field.medication')} required>
        <Suggest names={choices.medications.map((name) => ({ name }))} />
      </Field>
      <Field name="dose" label={t('field.dose')}>
        <Input maxLength={120} placeholder={t('field.dosePlaceholder')} />
      </Field>
      <Field name="startedOn" label={t('field.startedOn')}>
        <DateInput />
      </Field>
      <Field name="endedOn" label={t('field.endedOn')}>
        <DateInput />
      </Field>
      <Note t={t} />
    </>
  ),
  allergy: ({ choices, t }) => (
    <>
      <Field name="substance" label={t('field.substance')} required>
        <Suggest names={choices.allergens.map((name) => ({ name }))} />
      </Field>
      <Field name="reaction" label={t('field.reaction')}>
        <Input maxLength={200} placeholder={t('field.reactionPlaceholder')} />
      </Field>
      <Field name="severity" label={t('field.severity')} initialValue="unknown">
        <Select options={options(t, 'severity', ['mild', 'moderate', 'severe', 'unknown'])} />
      </Field>
      <Field name="notedOn" label={t('field.notedOn')}>
        <DateInput />
      </Field>
    </>
  ),
  'family-history': ({ choices, t }) => (
    <>
      <Field name="relation" label={t('field.relation')} required>
        <Select options={options(t, 'relation', RELATIONS)} />
      </Field>
      <Field name="conditionName" label={t('field.condition')} required>
        <Suggest names={choices.conditions} />
      </Field>
      <Field name="onsetAge" label={t('field.onsetAge')}>
        <InputNumber style={{ width: '100%' }} min={0} max={120} />
      </Field>
    </>
  ),
}
