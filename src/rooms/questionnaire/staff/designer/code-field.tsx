import { Input, Select, type SelectProps } from 'antd'
import { useChoices, useApi, useCan, useT, type Choice } from '../../../../platform/web/index.ts'
import type { Action } from '../../../../clinical/questionnaire/index.ts'
import { listRules } from '../../../tag/contract/tag.ts'
import { useDesign } from './context.ts'
import { inWords } from './scoring-words.ts'

/** Acts that name content of another room by its code. */
export const NAMED = { tag: 'tag', advice: 'card' } as const
export type NamedKind = keyof typeof NAMED

/**
 * What may be named. Tags stand before this room in the order of rooms and are asked for by their contract; advice cards
 * stand behind it, so their room offers them through the slot of choices.
 */
export function useNamed(): Record<NamedKind, readonly Choice[]> {
  const tag = useTags()
  const advice = useChoices('advice-cards')
  return { tag, advice }
}

/** Tags that are in force: another would be set by nobody. */
function useTags(): Choice[] {
  const allowed = useCan('tag.rule.read')
  const { data } = useApi(listRules, undefined, { enabled: allowed })
  return (data?.rules ?? []).flatMap(({ code, state, definition }) =>
    state === 'published' ? [{ code, name: definition.name }] : [],
  )
}

/** Chooses by name; where the list may not be read, the code is typed. */
export function CodeField({
  action,
  kind,
  choices,
  label,
  onChange,
}: {
  action: Action
  kind: NamedKind
  choices: readonly Choice[]
  label: string
  onChange: (change: (before: Action) => Action) => void
}) {
  const t = useT('questionnaire')
  const { words } = useDesign()
  const word = NAMED[kind]
  const name = `${t(`design.action.${word}`)} ${label}`
  const choose = (code: string) => {
    const found = choices.find((one) => one.code === code)
    onChange(({ text: _old, ...before }) => ({ ...before, code, ...(found ? { text: found.name } : {}) }))
  }
  if (choices.length === 0)
    return (
      <Input
        aria-label={name}
        placeholder={t(`design.action.${word}Code`)}
        value={action.code}
        onChange={({ target }) => choose(target.value)}
      />
    )
  const groups = [...Map.groupBy(choices, ({ group }) => group ?? '')].map(([group, members]) => ({
    label: group,
    options: members.map(({ code, name: said }) => ({ value: code, label: inWords(said, words.locale) })),
  }))
  const options: SelectProps['options'] = groups.length === 1 ? groups[0]!.options : groups
  return (
    <>
      <Select
        aria-label={name}
        placeholder={t(`design.action.${word}`)}
        showSearch={{ optionFilterProp: 'label' }}
        popupMatchSelectWidth={false}
        style={{ minWidth: 220 }}
        value={action.code || null}
        options={options}
        onChange={(code: string | null) => choose(code ?? '')}
      />
      {action.code !== '' && !choices.some(({ code }) => code === action.code) && (
        <small className="pb-due">{t(`design.action.${word}Unknown`)}</small>
      )}
    </>
  )
}
