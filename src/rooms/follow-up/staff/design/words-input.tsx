import { Input, InputNumber, Select } from 'antd'
import type { Bilingual } from '../../../../platform/contract/index.ts'
import { useT } from '../../../../platform/web/index.ts'
import { Labelled } from '../../../questionnaire/staff/designer/labelled.tsx'
import type { Interval, Margin } from '../../contract/protocol.ts'

/** One text in both languages. English follows the Chinese until somebody writes it. */
export function WordsInput({
  label,
  value,
  onChange,
  multiline = false,
}: {
  label: string
  value: Bilingual | undefined
  onChange: (value: Bilingual | undefined) => void
  multiline?: boolean
}) {
  const t = useT('follow-up')
  const { zh, en } = value ?? { zh: '', en: '' }
  const give = (next: Bilingual) => onChange(next.zh === '' && next.en === '' ? undefined : next)
  const Control = multiline ? Input.TextArea : Input
  const size = multiline ? { autoSize: { minRows: 2, maxRows: 6 } } : {}
  return (
    <div className="pb-path-words">
      <Labelled label={t('design.words.zh', { label })}>
        <Control
          {...(size as object)}
          lang="zh-CN"
          maxLength={500}
          value={zh}
          onChange={({ target }) => give({ zh: target.value, en: en === '' || en === zh ? target.value : en })}
        />
      </Labelled>
      <Labelled label={t('design.words.en', { label })}>
        <Control
          {...(size as object)}
          lang="en"
          maxLength={500}
          placeholder={t('design.words.same')}
          value={en === zh ? '' : en}
          onChange={({ target }) => give({ zh, en: target.value === '' ? zh : target.value })}
        />
      </Labelled>
    </div>
  )
}

/** The same for what a definition cannot be without. */
export function NeededWords(props: {
  label: string
  value: Bilingual
  onChange: (value: Bilingual) => void
  multiline?: boolean
}) {
  return <WordsInput {...props} onChange={(value) => props.onChange(value ?? { zh: '', en: '' })} />
}

/** Several sentences, one a line. */
export function LinesInput({
  label,
  value,
  onChange,
  most,
}: {
  label: string
  value: readonly Bilingual[] | undefined
  onChange: (value: Bilingual[] | undefined) => void
  most: number
}) {
  const t = useT('follow-up')
  const zh = (value ?? []).map((line) => line.zh)
  const en = (value ?? []).map((line) => (line.en === line.zh ? '' : line.en))
  const give = (chinese: string[], english: string[]) => {
    const lines = chinese.slice(0, most).map((line, at) => ({ zh: line, en: english[at] || line }))
    onChange(lines.length === 0 || (lines.length === 1 && lines[0]!.zh === '') ? undefined : lines)
  }
  const size = { minRows: 2, maxRows: 8 }
  return (
    <div className="pb-path-words">
      <Labelled label={t('design.words.zhLines', { label })}>
        <Input.TextArea
          autoSize={size}
          value={zh.join('\n')}
          onChange={({ target }) => give(target.value.split('\n'), en)}
        />
      </Labelled>
      <Labelled label={t('design.words.enLines', { label })}>
        <Input.TextArea
          autoSize={size}
          lang="en"
          placeholder={t('design.words.same')}
          value={en.some(Boolean) ? en.join('\n') : ''}
          onChange={({ target }) => give(zh, target.value.split('\n'))}
        />
      </Labelled>
    </div>
  )
}

/** A distance: so many days, or so many months. */
export function IntervalInput({
  label,
  value,
  onChange,
  least = 0,
}: {
  label: string
  value: Interval
  onChange: (value: Interval) => void
  least?: number
}) {
  const t = useT('follow-up')
  const isMonths = value.months !== undefined
  const count = value.months ?? value.days ?? 0
  return (
    <div className="pb-path-interval">
      <Labelled label={label}>
        <InputNumber
          min={isMonths ? 1 : least}
          max={isMonths ? 120 : 3660}
          precision={0}
          value={count}
          onChange={(next) => next !== null && onChange(isMonths ? { months: next } : { days: next })}
        />
      </Labelled>
      <Select
        aria-label={t('design.unitOf', { label })}
        value={isMonths ? 'months' : 'days'}
        options={(['days', 'months'] as const).map((unit) => ({ value: unit, label: t(`design.unit.${unit}`) }))}
        onChange={(unit) =>
          onChange(unit === 'months' ? { months: Math.max(1, Math.round(count / 30)) } : { days: count * 30 })
        }
      />
    </div>
  )
}

/** How wide the window is at one side: days, or a share of the distance. */
export function MarginInput({
  label,
  value,
  onChange,
}: {
  label: string
  value: Margin
  onChange: (value: Margin) => void
}) {
  const t = useT('follow-up')
  const isDays = 'days' in value
  return (
    <div className="pb-path-interval">
      <Labelled label={label}>
        <InputNumber
          min={0}
          max={isDays ? 366 : 100}
          precision={0}
          value={isDays ? value.days : value.percent}
          onChange={(next) => next !== null && onChange(isDays ? { days: next } : { percent: next })}
        />
      </Labelled>
      <Select
        aria-label={t('design.unitOf', { label })}
        value={isDays ? 'days' : 'percent'}
        options={(['days', 'percent'] as const).map((unit) => ({ value: unit, label: t(`design.unit.${unit}`) }))}
        onChange={(unit) => onChange(unit === 'days' ? { days: 7 } : { percent: 20 })}
      />
    </div>
  )
}

/** One of a few, by name. */
export function PickInput<V extends string>({
  label,
  value,
  options,
  onChange,
  hint,
}: {
  label: string
  value: V | null | undefined
  options: readonly { value: V; label: string }[]
  onChange: (value: V) => void
  hint?: string
}) {
  return (
    <Labelled label={label} {...(hint ? { hint } : {})}>
      <Select
        showSearch={options.length > 8 ? { optionFilterProp: 'label' } : false}
        value={value ?? null}
        options={[...options]}
        onChange={(next: V) => onChange(next)}
      />
    </Labelled>
  )
}
