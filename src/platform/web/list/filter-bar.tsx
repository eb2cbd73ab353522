import { FilterOutlined } from '@ant-design/icons'
import { Button, Checkbox, DatePicker, Input, Select } from 'antd'
import dayjs from 'dayjs'
import { useEffect, useRef, useState } from 'react'
import { useT } from '../language/use-t.ts'
import { useNarrow } from '../look/media.ts'
import { cleared, countSet, isFiltered, type FilterField, type FilterState } from './filter-field.ts'

export interface FilterBarProps {
  fields: readonly FilterField[]
  /** Both from `useAddress`. */
  state: FilterState
  change: (change: never) => void
}

/** Filters above a list, kept in the address. On a phone all but the text wait behind a button. */
export function FilterBar({ fields, state, change }: FilterBarProps) {
  const t = useT('web')
  const narrow = useNarrow()
  const [open, setOpen] = useState(false)
  const apply = change as (change: FilterState) => void
  const others = fields.filter(({ kind }) => kind !== 'text')
  const count = countSet(fields, state)
  return (
    <div className="pb-filters" role="search">
      {fields.map((field) => field.kind === 'text' && <TextFilter key={field.key} field={field} state={state} apply={apply} />)}
      {narrow && others.length > 0 && (
        <Button icon={<FilterOutlined />} aria-expanded={open} onClick={() => setOpen(!open)}>
          {count > 0 ? t('list.filtersSet', { count }) : t('list.filters')}
        </Button>
      )}
      {(!narrow || open) && others.map((field) => <Filter key={field.label} field={field} state={state} apply={apply} />)}
      {isFiltered(fields, state) && (
        <button type="button" className="pb-link" onClick={() => apply(cleared(fields))}>
          {t('list.clearFilters')}
        </button>
      )}
    </div>
  )
}

interface FilterProps<F extends FilterField> {
  field: F
  state: FilterState
  apply: (change: FilterState) => void
}

function Filter({ field, state, apply }: FilterProps<FilterField>) {
  const t = useT('web')
  if (field.kind === 'text') return null
  if (field.kind === 'flag') {
    return (
      <Checkbox checked={Boolean(state[field.key])} onChange={({ target }) => apply({ [field.key]: target.checked || undefined })}>
        {field.label}
      </Checkbox>
    )
  }
  if (field.kind === 'dates') {
    const [from, to] = [state[field.from], state[field.to]] as (string | undefined)[]
    return (
      <DatePicker.RangePicker
        aria-label={field.label}
        placeholder={[field.label, t('list.until')]}
        allowEmpty={[true, true]}
        value={[from ? dayjs(from) : null, to ? dayjs(to) : null]}
        onChange={(range) => apply({ [field.from]: range?.[0]?.format('YYYY-MM-DD'), [field.to]: range?.[1]?.format('YYYY-MM-DD') })}
      />
    )
  }
  return (
    <Select
      allowClear
      aria-label={field.label}
      placeholder={field.label}
      mode={field.multiple ? 'multiple' : undefined}
      maxTagCount={2}
      className="pb-filter-choice"
      popupMatchSelectWidth={false}
      options={[...field.options]}
      showSearch={field.options.length > 8 ? { optionFilterProp: 'label' } : false}
      value={state[field.key] as string | string[] | undefined}
      onChange={(value: string | string[] | undefined) => apply({ [field.key]: value?.length ? value : undefined })}
    />
  )
}

const TYPING_MS = 300

/** Asks once typing has paused; Chinese input that is still being composed does not count. */
function TextFilter({ field, state, apply }: FilterProps<Extract<FilterField, { kind: 'text' }>>) {
  const given = (state[field.key] as string | undefined) ?? ''
  const [text, setText] = useState(given)
  const [composing, setComposing] = useState(false)
  const sent = useRef(given)
  useEffect(() => {
    // The address has changed from elsewhere: back, or all filters taken away.
    if (given !== sent.current) setText((sent.current = given))
  }, [given])
  useEffect(() => {
    if (text === sent.current || composing) return
    const timer = setTimeout(() => apply({ [field.key]: (sent.current = text.trim()) || undefined }), TYPING_MS)
    return () => clearTimeout(timer)
  }, [text, composing, apply, field.key])
  return (
    <Input
      allowClear
      className="pb-filter-text"
      aria-label={field.label}
      placeholder={field.placeholder ?? field.label}
      value={text}
      onChange={({ target }) => setText(target.value)}
      onCompositionStart={() => setComposing(true)}
      onCompositionEnd={() => setComposing(false)}
    />
  )
}
