import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Checkbox, Input, InputNumber, Radio, Select } from 'antd'
import { DateInput, useT, useShipped } from '../../../platform/web/index.ts'
import type { FormQuestion, MedicationLine } from '../contract/form.ts'
import { useSaid } from './words.ts'

export interface QuestionInputProps {
  question: FormQuestion
  id?: string
  value?: unknown
  onChange?: (value: unknown) => void
}

/** Up to so many options stand side by side; more fold into a list. */
const SIDE_BY_SIDE_MAX = 5

/** The control of one question; antd's form hands in id, value and onChange. */
export function QuestionInput({ question, id, value, onChange }: QuestionInputProps) {
  const t = useT('follow-up')
  const shipped = useShipped()
  const said = useSaid()
  const label = said(question.text)
  switch (question.type) {
    case 'integer':
    case 'decimal':
      return (
        <InputNumber
          {...(id ? { id } : {})}
          style={{ width: '100%' }}
          inputMode={question.type === 'integer' ? 'numeric' : 'decimal'}
          value={(value as number | undefined) ?? null}
          onChange={(number) => onChange?.(number ?? undefined)}
          suffix={shipped(question.unit) || undefined}
          readOnly={question.derive !== undefined}
          placeholder={question.derive ? t('form.derived') : ''}
        />
      )
    case 'date':
      return <DateInput {...(id ? { id } : {})} value={value as string} onChange={(date) => onChange?.(date)} />
    case 'boolean':
      return (
        <Checkbox
          {...(id ? { id } : {})}
          checked={value === true}
          onChange={({ target }) => onChange?.(target.checked || undefined)}
        >
          {label}
        </Checkbox>
      )
    case 'string':
      return (
        <Input
          {...(id ? { id } : {})}
          value={(value as string) ?? ''}
          maxLength={question.max}
          onChange={({ target }) => onChange?.(target.value)}
        />
      )
    case 'text':
      return (
        <Input.TextArea
          {...(id ? { id } : {})}
          value={(value as string) ?? ''}
          maxLength={question.max}
          autoSize={{ minRows: 2, maxRows: 6 }}
          onChange={({ target }) => onChange?.(target.value)}
        />
      )
    case 'choice':
      return (
        <Choice
          question={question}
          label={label}
          {...(id ? { id } : {})}
          value={value}
          {...(onChange ? { onChange } : {})}
        />
      )
    case 'medications':
      return (
        <Medications
          max={question.max}
          value={(value as MedicationLine[]) ?? []}
          onChange={(lines) => onChange?.(lines.length > 0 ? lines : undefined)}
        />
      )
    case 'display':
      return <p>{label}</p>
  }
}

function Choice({
  question,
  label,
  id,
  value,
  onChange,
}: {
  question: Extract<FormQuestion, { type: 'choice' }>
  label: string
  id?: string
  value?: unknown
  onChange?: (value: unknown) => void
}) {
  const said = useSaid()
  const options = question.options.map((option) => ({ value: option.code, label: said(option.text) }))
  if (question.repeats) {
    const exclusive = new Set(question.options.filter((option) => option.exclusive).map((option) => option.code))
    const before = (value as string[] | undefined) ?? []
    // 无症状 excludes the others, and any other takes it away.
    const choose = (chosen: string[]) => {
      const added = chosen.find((code) => !before.includes(code))
      onChange?.(added && exclusive.has(added) ? [added] : chosen.filter((code) => !exclusive.has(code)))
    }
    return (
      <Checkbox.Group
        aria-label={label}
        options={options}
        value={before}
        onChange={(chosen) => choose(chosen as string[])}
      />
    )
  }
  if (options.length <= SIDE_BY_SIDE_MAX && question.options.every((option) => said(option.text).length <= 20))
    return (
      <Radio.Group
        aria-label={label}
        options={options}
        value={value}
        onChange={({ target }) => onChange?.(target.value)}
      />
    )
  return (
    <Select
      {...(id ? { id } : {})}
      allowClear
      options={options}
      value={value as string}
      onChange={(chosen) => onChange?.(chosen ?? undefined)}
    />
  )
}

function Medications({
  max,
  value,
  onChange,
}: {
  max: number
  value: MedicationLine[]
  onChange: (lines: MedicationLine[]) => void
}) {
  const t = useT('follow-up')
  const put = (index: number, line: Partial<MedicationLine>) =>
    onChange(value.map((one, at) => (at === index ? { ...one, ...line } : one)))
  return (
    <div>
      {value.map((line, index) => (
        // Lines have no name of their own until it is typed.
        <div className="pb-medication" key={index}>
          <Input
            aria-label={t('medication.name')}
            placeholder={t('medication.name')}
            value={line.name}
            onChange={({ target }) => put(index, { name: target.value })}
          />
          <InputNumber
            aria-label={t('medication.times')}
            placeholder={t('medication.times')}
            suffix={t('medication.perDay')}
            value={line.timesADay}
            min={0}
            max={24}
            style={{ width: '100%' }}
            onChange={(timesADay) => put(index, { timesADay })}
          />
          <Input
            aria-label={t('medication.dose')}
            placeholder={t('medication.dose')}
            value={line.dose}
            onChange={({ target }) => put(index, { dose: target.value })}
          />
          <Button
            type="text"
            icon={<DeleteOutlined />}
            aria-label={t('medication.remove', { name: line.name || index + 1 })}
            onClick={() => onChange(value.filter((_one, at) => at !== index))}
          />
        </div>
      ))}
      {value.length < max && (
        <Button
          size="small"
          icon={<PlusOutlined />}
          onClick={() => onChange([...value, { name: '', timesADay: null, dose: '' }])}
        >
          {t('medication.add')}
        </Button>
      )}
    </div>
  )
}
