import { Select } from 'antd'
import type { ConditionChoice, FieldForm } from '../../condition/contract.ts'
import { useT } from '../language/use-t.ts'
import { matches } from './matches.ts'
import { useConditionChoices, useWords } from './use-asking.ts'

export interface PickProps {
  id: string
  kind: string
  /** The field's path in the test. */
  path: string
  field: FieldForm
  /** Values that the list depends on. */
  of: readonly string[]
  value: unknown
  onChange: (value: unknown) => void
}

/** One or several of what is named by code: found by Chinese name, pinyin, short name or English. */
export function PickInput({ id, kind, path, field, of, value, onChange }: PickProps) {
  const t = useT('web')
  const words = useWords()
  const { choices, isAsking } = useConditionChoices(kind, path, field.isListed ? of : [''])
  const options = optionsOf(choices, words, (name) => t('condition.barredName', { name }))
  const shared = {
    id,
    options,
    showSearch: { filterOption: matches },
    loading: isAsking,
    popupMatchSelectWidth: false,
    notFoundContent: t(isAsking ? 'loading' : field.isFree ? 'condition.typeAndEnter' : 'condition.nothingFound'),
    style: { width: 'auto', minWidth: 200, maxWidth: '100%' },
  }
  if (field.type === 'pick')
    return <Select<string, Offered> {...shared} placeholder={t('condition.search')} value={typeof value === 'string' && value !== '' ? value : (null as never)} onChange={(next) => onChange(next ?? '')} />
  return (
    <Select<string[], Offered>
      {...shared}
      mode={field.isFree ? 'tags' : 'multiple'}
      placeholder={t(field.isFree && !field.isListed ? 'condition.typeAndEnter' : 'condition.search')}
      tokenSeparators={[' ', ',', '，', '、']}
      value={Array.isArray(value) ? (value as string[]) : []}
      onChange={(next) => onChange([...new Set(next.map((one) => one.trim()).filter(Boolean))])}
    />
  )
}

/** An option, or a heading with its options. */
export interface Offered {
  value?: string
  label: string
  search?: string
  disabled?: boolean
  options?: Offered[]
}

function optionsOf(choices: readonly ConditionChoice[], words: (text: { zh: string; en: string }) => string, barred: (name: string) => string): Offered[] {
  const one = (choice: ConditionChoice) => ({
    value: choice.code,
    label: choice.isBarred ? barred(words(choice.name)) : words(choice.name),
    search: choice.search,
    disabled: choice.isBarred,
  })
  const groups = [...Map.groupBy(choices, ({ group }) => (group ? words(group) : ''))]
  if (groups.length < 2) return choices.map(one)
  return groups.map(([label, of]) => ({ label: label || '…', options: of.map(one) }))
}
