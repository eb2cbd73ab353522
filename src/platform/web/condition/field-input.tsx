import { Button } from 'antd'
import { PlusOutlined } from '@ant-design/icons'
import { useId, type ReactNode } from 'react'
import type { ConditionChoice, FieldForm } from '../../condition/contract.ts'
import { useT } from '../language/use-t.ts'
import { ChoiceInput, ChoicesInput, FlagInput, MeasureInput, NumberInput, SpanInput } from './inputs.tsx'
import { PickInput } from './pick-input.tsx'
import { firstValue, firstValues, furtherFields, isValues, shownFields, withField, type Values } from './test-form.ts'
import { useConditionChoices, useWords } from './use-asking.ts'

export interface FieldsProps {
  kind: string
  fields: readonly FieldForm[]
  values: Values
  /** Of the test: `or.`; empty at the top. */
  before?: string
  /** Paths that are to be marked as not filled in. */
  missing: readonly string[]
  /** @param stroke changes in one field are taken back together */
  onChange: (values: Values, stroke: string) => void
}

/** The inputs of a question, and what could be said besides as buttons that add it. */
export function Fields({ kind, fields, values, before = '', missing, onChange }: FieldsProps) {
  const t = useT('web')
  const words = useWords()
  const units = useUnits(kind, fields, values, before)
  const set = (key: string, value: unknown) => onChange(withField(fields, values, key, value), before + key)
  return (
    <div className="pb-condition-fields">
      {shownFields(fields, values).map((field) => (
        <FieldInput
          key={field.key}
          kind={kind}
          field={field}
          path={before + field.key}
          values={values}
          units={unitsFor(field, values, units)}
          missing={missing}
          onChange={(value) => set(field.key, value)}
        />
      ))}
      {furtherFields(fields, values).map((field) => (
        <Button key={field.key} size="small" type="dashed" icon={<PlusOutlined />} onClick={() => set(field.key, firstValue(field))}>
          {t('condition.further', { name: words(field.name) })}
        </Button>
      ))}
    </div>
  )
}

interface FieldInputProps {
  kind: string
  field: FieldForm
  path: string
  /** All that is said beside it. */
  values: Values
  units: ConditionChoice['units']
  missing: readonly string[]
  onChange: (value: unknown) => void
}

export function FieldInput({ kind, field, path, values, units, missing, onChange }: FieldInputProps) {
  const t = useT('web')
  const words = useWords()
  const id = useId()
  const label = words(field.name)
  const value = field.key === '' ? values['value'] : values[field.key]
  const isMissing = missing.includes(path)
  const away = field.isOptional && (
    <button type="button" className="pb-link" onClick={() => onChange(undefined)} aria-label={t('condition.without', { name: label })}>
      {t('condition.away')}
    </button>
  )
  if (field.type === 'flag')
    return (
      <div className="pb-condition-field">
        <FlagInput id={id} label={label} value={value} onChange={onChange} field={field} />
      </div>
    )
  if (field.type === 'group' || field.type === 'list') return <Several {...{ kind, field, path, value, missing, onChange, away, label }} />
  const shared = { id, label, value, onChange }
  return (
    <div className={`pb-condition-field${isMissing ? ' pb-condition-missing' : ''}`}>
      <span className="pb-condition-label">
        <label htmlFor={id}>{label}</label>
        {away}
      </span>
      {field.type === 'choice' && <ChoiceInput {...shared} field={field} />}
      {field.type === 'choices' && <ChoicesInput {...shared} field={field} />}
      {field.type === 'number' && <NumberInput {...shared} field={field} unit={field.unit ? words(field.unit) : ''} />}
      {field.type === 'span' && <SpanInput {...shared} />}
      {(field.type === 'measure' || field.type === 'limit') && <MeasureInput {...shared} field={field} units={units} />}
      {(field.type === 'pick' || field.type === 'picks') && (
        <PickInput id={id} kind={kind} path={pathOfKind(path)} field={field} of={field.of.map((key) => String(values[key] ?? ''))} value={value} onChange={onChange} />
      )}
      {isMissing && <span className="pb-condition-wrong">{t('condition.fillIn')}</span>}
    </div>
  )
}

interface SeveralProps {
  kind: string
  field: FieldForm
  path: string
  value: unknown
  missing: readonly string[]
  onChange: (value: unknown) => void
  away: ReactNode
  label: string
}

/** Fields that belong together: for how long already; or other indicators that count as well. */
function Several({ kind, field, path, value, missing, onChange, away, label }: SeveralProps) {
  const t = useT('web')
  const rows = field.type === 'list' ? (value as Values[]) : [isValues(value) ? value : {}]
  const set = (at: number, next: Values) => onChange(field.type === 'list' ? rows.map((row, n) => (n === at ? next : row)) : next)
  return (
    <fieldset className="pb-condition-field pb-condition-several">
      <legend className="pb-condition-label">
        {label} {away}
      </legend>
      {rows.map((row, at) => (
        // Rows have no name of their own; each is controlled, so that its place is enough.
        <div key={at} className="pb-condition-parts">
          <Fields kind={kind} fields={field.fields} values={row} before={field.type === 'list' ? `${path}.${at}.` : `${path}.`} missing={missing} onChange={(next) => set(at, next)} />
          {field.type === 'list' && rows.length > 1 && (
            <button type="button" className="pb-link" onClick={() => onChange(rows.filter((_row, n) => n !== at))}>
              {t('condition.away')}
            </button>
          )}
        </div>
      ))}
      {field.type === 'list' && rows.length < 8 && (
        <Button size="small" type="dashed" icon={<PlusOutlined />} onClick={() => onChange([...rows, firstValues(field.fields)])}>
          {t('condition.oneMore')}
        </Button>
      )}
    </fieldset>
  )
}

/** As the form of the kind names it: without the places of a list. */
const pathOfKind = (path: string) => path.replace(/\.\d+\./g, '.')

/** Units of what is measured: of the one thing that the question names by code. */
function useUnits(kind: string, fields: readonly FieldForm[], values: Values, before: string): ConditionChoice['units'] {
  const named = fields.find(({ type, isListed, of }) => type === 'pick' && isListed && of.length === 0)
  const isMeasured = fields.some(({ type }) => type === 'limit' || type === 'measure')
  const { choices } = useConditionChoices(kind, named ? pathOfKind(before + named.key) : '', named && isMeasured ? [] : [''])
  return choices.find(({ code }) => named && code === values[named.key])?.units ?? []
}

const PERCENT = [{ name: '%', factor: 1, offset: 0 }]

/** A change may be counted in percent. */
function unitsFor(field: FieldForm, values: Values, units: ConditionChoice['units']): ConditionChoice['units'] {
  return field.type === 'measure' && values['unit'] === 'percent' ? PERCENT : units
}
