import { InputNumber, Select } from 'antd'
import { useT } from '../../../platform/web/index.ts'
import type { Span } from '../contract/condition.ts'

export interface SpanInputProps {
  label: string
  value: Span | undefined
  /** Whether there may be no limit of time at all. */
  optional?: boolean
  onChange: (span: Span | undefined) => void
}

/** A distance in days or calendar months. */
export function SpanInput({ label, value, optional = false, onChange }: SpanInputProps) {
  const t = useT('tag')
  const unit = value === undefined ? 'none' : value.days === undefined ? 'months' : 'days'
  const count = value?.days ?? value?.months ?? 12
  const change = (nextUnit: string, next: number) =>
    onChange(nextUnit === 'none' ? undefined : nextUnit === 'days' ? { days: next } : { months: next })
  return (
    <span className="pb-nowrap">
      {unit !== 'none' && (
        <InputNumber
          aria-label={label}
          min={1}
          max={unit === 'days' ? 36500 : 1200}
          precision={0}
          value={count}
          onChange={(next) => change(unit, next ?? 1)}
          style={{ width: 72 }}
        />
      )}{' '}
      <Select
        aria-label={label}
        value={unit}
        onChange={(next) => change(next, count)}
        options={[
          { value: 'months', label: t('field.unitMonths') },
          { value: 'days', label: t('field.unitDays') },
          ...(optional ? [{ value: 'none', label: t('field.always') }] : []),
        ]}
        popupMatchSelectWidth={false}
        style={{ width: 'auto', minWidth: 84 }}
      />
    </span>
  )
}

/** Codes typed one by one; a code also means all below it. */
export function CodesInput({
  label,
  codes,
  onChange,
}: {
  label: string
  codes: readonly string[]
  onChange: (codes: string[]) => void
}) {
  const t = useT('tag')
  return (
    <Select
      mode="tags"
      aria-label={label}
      placeholder={t('field.codesPlaceholder')}
      value={[...codes]}
      onChange={(next: string[]) =>
        onChange([...new Set(next.map((code) => code.trim().toUpperCase()).filter(Boolean))])
      }
      tokenSeparators={[' ', ',', '，', '、']}
      open={false}
      suffixIcon={null}
      style={{ width: 'auto', minWidth: 220, maxWidth: 360 }}
    />
  )
}
