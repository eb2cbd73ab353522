import { Select } from 'antd'
import { useState } from 'react'
import { useT } from '../language/use-t.ts'
import { useActing } from './acting.ts'
import { matches } from './matches.ts'
import type { Offered } from './pick-input.tsx'
import { newLeaf } from './tree.ts'
import { useAsking, useConditionChoices, useWords } from './use-asking.ts'

/** Fields whose choices are found at once, so that 收缩压 leads to the question about it. */
const SHORTCUTS = [
  { kind: 'indicator', field: 'code' },
  { kind: 'tag', field: 'code' },
  { kind: 'score', field: 'questionnaire' },
] as const

/** Adds a question: one types what one thinks of (血压, 标签, chatel …) and takes what is offered. */
export function AddQuestion({ groupId }: { groupId: string }) {
  const t = useT('web')
  const words = useWords()
  const acting = useActing()
  const { answer, kinds, purpose } = useAsking()
  const [typed, setTyped] = useState('')
  const named = useNamed(typed.trim() !== '')
  const groups = answer.groups.map(({ code, name }) => ({
    label: words(name),
    options: answer.kinds
      .filter((kind) => kind.group === code)
      .map((kind) => {
        const isBarred = purpose === 'audience' && kind.isBarred
        return {
          value: kind.code,
          label: isBarred ? t('condition.barredName', { name: words(kind.name) }) : words(kind.name),
          search: `${kind.search} ${words(name).toLowerCase()}`,
          disabled: isBarred,
        }
      }),
  }))
  const add = (value: string) => {
    const [code, field, chosen] = value.split('\n')
    const kind = kinds.get(code!)
    if (!kind) return
    const test = field ? { ...(kind.start as object), [field]: chosen } : structuredClone(kind.start)
    acting.add(groupId, newLeaf(code!, test))
    setTyped('')
  }
  return (
    <Select<string, Offered>
      aria-label={t('condition.add')}
      placeholder={t('condition.addPlaceholder')}
      value={null as never}
      onSelect={add}
      options={[...groups.filter(({ options }) => options.length > 0), ...named]}
      showSearch={{ filterOption: matches, searchValue: typed, onSearch: setTyped }}
      notFoundContent={t('condition.nothingFound')}
      listHeight={360}
      popupMatchSelectWidth={300}
      style={{ width: 260, maxWidth: '100%' }}
    />
  )
}

/** Indicators, tags and questionnaires by their own names, once something is typed. */
function useNamed(isTyping: boolean) {
  const t = useT('web')
  const words = useWords()
  const { kinds } = useAsking()
  const [indicators, tags, scores] = [useListOf(0, isTyping), useListOf(1, isTyping), useListOf(2, isTyping)]
  if (!isTyping) return []
  return [indicators, tags, scores].flatMap((choices, at) => {
    const { kind, field } = SHORTCUTS[at]!
    const form = kinds.get(kind)
    if (!form || choices.length === 0) return []
    const options = choices.map((one) => ({
      value: `${kind}\n${field}\n${one.code}`,
      label: one.isBarred ? t('condition.barredName', { name: words(one.name) }) : words(one.name),
      search: one.search,
      disabled: one.isBarred,
    }))
    return [{ label: words(form.name), options }]
  })
}

function useListOf(at: 0 | 1 | 2, isTyping: boolean) {
  const { kind, field } = SHORTCUTS[at]
  const { kinds } = useAsking()
  return useConditionChoices(kind, field, isTyping && kinds.has(kind) ? [] : ['']).choices
}
