import { SearchOutlined } from '@ant-design/icons'
import { useQueries } from '@tanstack/react-query'
import { Modal } from 'antd'
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { useT, useText } from '../language/use-t.ts'
import { useMe } from '../page/session.ts'
import { useSlot } from '../page/slots.ts'
import { useGo } from '../page/use-address.ts'
import type { RoomPage } from './nav.ts'
import { matchingCommands, matchingPages, stepChoice, type PaletteGroup } from './palette-items.ts'

/** One field for everything: people, pages, actions. Arrow keys choose, Enter opens. */
export function CommandPalette({ pages, onClose }: { pages: readonly RoomPage[]; onClose: () => void }) {
  const t = useT('web')
  const go = useGo()
  const id = useId()
  // The dialog takes the focus for itself as it opens, sometimes after the field has got it.
  const field = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState(0)
  const { groups, searching } = useGroups(pages, text)
  const items = groups.flatMap((group) => group.items)
  const at = Math.min(chosen, Math.max(0, items.length - 1))
  useEffect(() => {
    document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: 'nearest' })
  }, [id, at])
  const open = (index: number) => {
    const item = items[index]
    if (!item) return
    onClose()
    go(item.to)
  }
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter') return open(at)
    if (!['ArrowDown', 'ArrowUp'].includes(event.key)) return
    event.preventDefault()
    setChosen(stepChoice(at, items.length, event.key))
  }
  return (
    <Modal open onCancel={onClose} afterOpenChange={(isOpen) => isOpen && field.current?.focus()} footer={null} closable={false} width={620} className="pb-palette" title={<span className="pb-sr">{t('search.title')}</span>}>
      <div className="pb-palette-field">
        <SearchOutlined />
        <input
          ref={field}
          autoFocus
          role="combobox"
          aria-expanded
          aria-controls={id}
          aria-activedescendant={items.length > 0 ? `${id}-${at}` : undefined}
          aria-label={t('search.title')}
          placeholder={t('search.placeholder')}
          value={text}
          onChange={(event) => (setText(event.target.value), setChosen(0))}
          onKeyDown={press}
        />
      </div>
      <div className="pb-sr" role="status">
        {searching ? t('search.searching') : t('search.found', { count: items.length })}
      </div>
      <Results id={id} groups={groups} chosen={at} onOpen={open} />
      {items.length === 0 && !searching && <p className="pb-palette-nothing">{t('search.nothing', { text })}</p>}
      <p className="pb-palette-hint">{t('search.hint')}</p>
    </Modal>
  )
}

function Results({ id, groups, chosen, onOpen }: { id: string; groups: PaletteGroup[]; chosen: number; onOpen: (index: number) => void }) {
  let index = -1
  return (
    <div id={id} role="listbox" className="pb-palette-list" tabIndex={-1}>
      {groups.map((group) => (
        <div key={group.key} role="group" aria-label={group.label}>
          <div className="pb-palette-group" role="presentation">
            {group.label}
          </div>
          {group.items.map((item) => {
            const own = ++index
            return (
              <div key={item.key} id={`${id}-${own}`} role="option" aria-selected={own === chosen} className="pb-palette-item" onClick={() => onOpen(own)}>
                <span>{item.title}</span>
                {item.hint && <small>{item.hint}</small>}
              </div>
            )
          })}
        </div>
      ))}
    </div>
  )
}

function useGroups(pages: readonly RoomPage[], text: string): { groups: PaletteGroup[]; searching: boolean } {
  const t = useT('web')
  const me = useMe()
  const textOf = useText()
  const sources = useSlot('searchSources')
  const commands = useSlot('commands')
  const asked = useSettled(text.trim(), TYPING_MS)
  const answers = useQueries({
    queries: sources.map((source) => ({
      queryKey: ['palette', source.key, asked],
      queryFn: ({ signal }: { signal: AbortSignal }) => source.search(asked, signal),
      enabled: asked.length > 0,
      placeholderData: (before: unknown) => before as never,
    })),
  })
  const found = sources.map((source, i) => ({ key: source.key, label: source.label, items: asked ? (answers[i]?.data ?? []) : [] }))
  const own = useMemo(
    () => [
      { key: 'commands', label: t('search.commands'), items: matchingCommands(commands, text) },
      { key: 'pages', label: t('search.pages'), items: matchingPages(pages, me, text, textOf) },
    ],
    [commands, pages, me, text, t, textOf],
  )
  const groups = [...found, ...own].filter(({ items }) => items.length > 0)
  return { groups, searching: answers.some(({ isFetching }) => isFetching) }
}

const TYPING_MS = 180

/** A value once it has stood still: each question to a room may be a search over everybody, and is logged. */
function useSettled<Value>(value: Value, ms: number): Value {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms)
    return () => clearTimeout(timer)
  }, [value, ms])
  return settled
}
