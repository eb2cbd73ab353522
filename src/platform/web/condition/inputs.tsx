import { Checkbox, InputNumber, Select } from 'antd'
import { useState } from 'react'
import type { ConditionChoice, FieldForm } from '../../condition/contract.ts'
import { useT } from '../language/use-t.ts'
import { isValues } from './test-form.ts'
import { storedOf, typedOf, type TypedUnit } from './typed-unit.ts'
import { useWords } from './use-asking.ts'

/** Single values of a question; each is handed its id, so that its label can point to it. */
export interface InputProps<T> {
  id: string
  /** For a second control of the same field. */
  label: string
  value: T
  onChange: (value: T) => void
}

const AUTO = { width: 'auto', minWidth: 104 }

export function ChoiceInput({ id, value, onChange, field }: InputProps<unknown> & { field: FieldForm }) {
  const words = useWords()
  const t = useT('web')
  return (
    <Select
      id={id}
      value={typeof value === 'string' ? value : null}
      onChange={(next) => onChange(next)}
      options={field.options.map((one) => ({
        value: one.value,
        label: one.isBarred ? t('condition.barredName', { name: words(one.name) }) : words(one.name),
        disabled: one.isBarred,
      }))}
      popupMatchSelectWidth={false}
      style={AUTO}
    />
  )
}

export function ChoicesInput({ id, value, onChange, field }: InputProps<unknown> & { field: FieldForm }) {
  const words = useWords()
  const t = useT('web')
  return (
    <Select<string[]>
      id={id}
      mode="multiple"
      placeholder={t('condition.choose')}
      value={Array.isArray(value) ? (value as string[]) : []}
      onChange={onChange}
      options={field.options.map((one) => ({ value: one.value, label: words(one.name), disabled: one.isBarred }))}
      optionFilterProp="label"
      popupMatchSelectWidth={false}
      style={{ width: 'auto', minWidth: 180, maxWidth: '100%' }}
    />
  )
}

export function NumberInput({ id, label, value, onChange, field, unit }: InputProps<unknown> & { field: FieldForm; unit?: string }) {
  return (
    <span className="pb-nowrap">
      <InputNumber
        id={id}
        aria-label={label}
        value={typeof value === 'number' ? value : null}
        onChange={(next) => onChange(next)}
        {...(field.min === null ? {} : { min: field.min })}
        {...(field.max === null ? {} : { max: field.max })}
        {...(field.isWhole ? { precision: 0 } : {})}
        style={{ width: 88 }}
      />
      {unit && <span className="pb-condition-unit">{unit}</span>}
    </span>
  )
}

export function FlagInput({ id, value, onChange, field }: InputProps<unknown> & { field: FieldForm }) {
  const words = useWords()
  return (
    <Checkbox id={id} checked={value === true} onChange={({ target }) => onChange(field.isOptional && !target.checked ? undefined : target.checked)}>
      {words(field.name)}
    </Checkbox>
  )
}

const UNITS = ['days', 'months', 'years'] as const
type SpanUnit = (typeof UNITS)[number]

/** So many days, calendar months or years. */
export function SpanInput({ id, label, value, onChange }: InputProps<unknown>) {
  const t = useT('web')
  const span = isValues(value) ? (value as { days?: number | null; months?: number | null }) : {}
  const inDays = 'days' in span
  const [inYears, setInYears] = useState(!inDays && (span.months ?? 0) >= 24 && (span.months ?? 0) % 12 === 0)
  const unit: SpanUnit = inDays ? 'days' : inYears && (span.months ?? 12) % 12 === 0 ? 'years' : 'months'
  const stored = inDays ? span.days : span.months
  const count = typeof stored === 'number' ? (unit === 'years' ? stored / 12 : stored) : null
  const say = (next: number | null, of: SpanUnit) => {
    setInYears(of === 'years')
    onChange(of === 'days' ? { days: next } : { months: next === null ? null : of === 'years' ? next * 12 : next })
  }
  return (
    <span className="pb-nowrap">
      <InputNumber id={id} aria-label={label} min={1} max={unit === 'days' ? 36500 : unit === 'years' ? 100 : 1200} precision={0} value={count} onChange={(next) => say(next, unit)} style={{ width: 72 }} />{' '}
      <Select<SpanUnit>
        aria-label={t('condition.unitOf', { field: label })}
        value={unit}
        onChange={(of) => say(count, of)}
        options={UNITS.map((one) => ({ value: one, label: t(`condition.unit.${one}`) }))}
        popupMatchSelectWidth={false}
        style={{ width: 'auto', minWidth: 84 }}
      />
    </span>
  )
}

const OPERATORS = ['>=', '>', '<', '<=', '='] as const
const FLAGS = ['L', 'H', 'LL', 'HH', 'A'] as const

export interface MeasureProps extends InputProps<unknown> {
  field: FieldForm
  units: ConditionChoice['units']
}

/** A number and what it is compared with, in a unit that may be chosen; of a limit also a range, or the laboratory's flag. */
export function MeasureInput({ id, label, value, onChange, field, units }: MeasureProps) {
  const t = useT('web')
  const isDifference = field.type === 'measure'
  const said = isValues(value) ? value : {}
  const [chosen, setChosen] = useState('')
  const unit: TypedUnit = units.find(({ name }) => name === chosen) ?? units[0] ?? { name: '', factor: 1, offset: 0 }
  const how = 'flagged' in said ? 'flagged' : 'from' in said ? 'between' : String(said['op'] ?? '>=')
  const typed = (key: string) => (typeof said[key] === 'number' ? typedOf(said[key], unit, isDifference) : null)
  const stored = (next: number | null) => (next === null ? null : storedOf(next, unit, isDifference))
  const known = 'value' in said ? said['value'] : 'from' in said ? said['from'] : null
  const turn = (next: string) => {
    if (next === 'between') onChange({ from: known, below: said['below'] ?? null })
    else if (next === 'flagged') onChange({ flagged: ['H', 'HH'] })
    else onChange({ op: next, value: known })
  }
  const amount = (key: string, name: string, own?: string) => (
    <InputNumber {...(own ? { id: own } : {})} aria-label={name} value={typed(key)} onChange={(next) => onChange({ ...said, [key]: stored(next) })} {...limitsOf(field, isDifference)} style={{ width: 92 }} />
  )
  return (
    <span className="pb-condition-parts">
      <Select
        aria-label={t('condition.compared', { field: label })}
        value={how}
        onChange={turn}
        options={[...OPERATORS, ...(field.type === 'limit' ? ['between', 'flagged'] : [])].map((one) => ({ value: one, label: t(`condition.operator.${one}`) }))}
        popupMatchSelectWidth={false}
        style={{ width: 'auto', minWidth: 92 }}
      />
      {how === 'flagged' ? (
        <Select<string[]> id={id} mode="multiple" aria-label={t('condition.flags')} value={said['flagged'] as string[]} onChange={(flagged) => onChange({ flagged })} options={FLAGS.map((one) => ({ value: one, label: t(`condition.flag.${one}`) }))} style={{ width: 'auto', minWidth: 160 }} />
      ) : how === 'between' ? (
        <>
          {amount('from', t('condition.from'), id)}
          {amount('below', t('condition.below'))}
        </>
      ) : (
        amount('value', label, id)
      )}
      {how !== 'flagged' && units.length > 1 && (
        <Select aria-label={t('condition.unitOf', { field: label })} value={unit.name} onChange={setChosen} options={units.map(({ name }) => ({ value: name, label: name || '1' }))} popupMatchSelectWidth={false} style={{ width: 'auto', minWidth: 96 }} />
      )}
      {how !== 'flagged' && units.length === 1 && unit.name && <span className="pb-condition-unit">{unit.name}</span>}
      {how !== 'flagged' && unit !== units[0] && units[0] && typeof known === 'number' && (
        <span className="pb-hint">{t('condition.inOwnUnit', { value: typedOf(known, units[0], true), unit: units[0].name })}</span>
      )}
    </span>
  )
}

function limitsOf({ min, max, isWhole }: FieldForm, plain: boolean) {
  return plain ? { ...(min === null ? {} : { min }), ...(max === null ? {} : { max }), ...(isWhole ? { precision: 0 } : {}) } : {}
}
