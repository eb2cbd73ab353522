import './designer.css'
import { useCallback, useDeferredValue, useEffect, useMemo, useState, type KeyboardEvent, type ReactNode } from 'react'
import { read, type Questionnaire } from '../../../../clinical/questionnaire/index.ts'
import { TabSet, useHistory, useLocale, useNarrow, useT, useToday } from '../../../../platform/web/index.ts'
import { faultsInDefinition } from '../../contract/faults.ts'
import { numbersOf } from '../../contract/question-words.ts'
import { languageOf } from './bilingual.ts'
import { Conflict } from './conflict.tsx'
import { DesignContext, type Designing } from './context.ts'
import { changeItem, everyItem, itemsOf, type Draft } from './draft.ts'
import { FaultList } from './fault-list.tsx'
import { ItemEditor } from './item-editor.tsx'
import { localCopy, type LocalCopy } from './local-copy.ts'
import { Outline } from './outline.tsx'
import { Preview } from './preview.tsx'
import { ScoringEditor } from './scoring-editor.tsx'
import { SettingsEditor } from './settings-editor.tsx'
import { Toolbar } from './toolbar.tsx'
import { useAutosave } from './use-autosave.ts'

export interface DesignerProps {
  code: string
  /** As the server has it. */
  given: Draft
  /** Of the server's draft; 0 where there is none yet. */
  revision: number
  /** What this tab still had of an earlier visit. */
  left?: LocalCopy
}

type Part = 'items' | 'edit' | 'scoring' | 'settings' | 'preview'

/** The desk of whoever designs: the outline, what is chosen, and the phone beside it. */
export function Designer({ code, given, revision, left }: DesignerProps) {
  const t = useT('questionnaire')
  const narrow = useNarrow()
  const history = useHistory(left?.draft ?? given)
  const draft = history.now
  // What was left is sent on the revision it was based on, so that nothing of others is written over.
  const autosave = useAutosave(code, draft, { revision: left?.revision ?? revision, saved: given })
  const design = useDesigning(code, draft, history.edit)
  const [part, setPart] = useState<Part>(narrow ? 'items' : 'edit')
  const shown = narrow || (part !== 'items' && part !== 'preview') ? part : 'edit'
  const onKeyDown = (event: KeyboardEvent) => {
    // The phone of the preview is a document of its own.
    if ((event.target as Node).ownerDocument !== document || !(event.ctrlKey || event.metaKey)) return
    const key = event.key.toLowerCase()
    if (key === 's') void autosave.sendNow()
    else if (key === 'y' || (key === 'z' && event.shiftKey)) history.redo()
    else if (key === 'z') history.undo()
    else return
    event.preventDefault()
  }
  const { select } = design
  const choose = useCallback(
    (linkId: string | undefined) => {
      select(linkId)
      if (linkId !== undefined) setPart('edit')
    },
    [select],
  )
  const parts: Part[] = narrow ? ['items', 'edit', 'scoring', 'settings', 'preview'] : ['edit', 'scoring', 'settings']
  const content: Record<Part, ReactNode> = {
    items: <Outline />,
    edit: <ItemEditor />,
    scoring: <ScoringEditor />,
    settings: <SettingsEditor />,
    preview: <Preview />,
  }
  return (
    <DesignContext value={{ ...design, select: choose }}>
      {/* Keys of the whole desk; every act has a button too. */}
      <div className="pb-design" role="group" aria-label={t('design.title')} onKeyDown={onKeyDown}>
        <Toolbar history={history} saving={autosave.saving} left={left !== undefined} />
        {autosave.saving === 'conflict' && (
          <Conflict
            onTheirs={(theirs) => {
              history.edit(() => theirs.draft)
              localCopy.drop(code)
              autosave.settle(theirs, theirs.draft)
            }}
            onMine={(theirs) => autosave.settle(theirs, draft)}
          />
        )}
        <FaultList />
        <div className="pb-design-desk" data-whole={shown === 'edit' || shown === 'items' ? undefined : ''}>
          {!narrow && (
            <aside className="pb-design-side" aria-label={t('design.part.items')}>
              <Outline />
            </aside>
          )}
          <div className="pb-design-middle">
            <TabSet
              active={shown}
              onChange={(key) => setPart(key as Part)}
              items={parts.map((key) => ({ key, label: t(`design.part.${key}`), content: content[key] }))}
            />
          </div>
          {!narrow && (
            <aside className="pb-design-phone" aria-label={t('design.part.preview')}>
              <Preview />
            </aside>
          )}
        </div>
      </div>
    </DesignContext>
  )
}

function useDesigning(code: string, draft: Draft, edit: Designing['edit']): Designing {
  const t = useT('questionnaire')
  const locale = useLocale()
  const today = useToday()
  const { definition } = draft
  // Reading a long form takes some milliseconds: the letter one types stands first.
  const settled = useSettled(useDeferredValue(definition))
  const reading = useMemo(() => read(settled), [settled])
  const faults = useMemo(() => faultsInDefinition(reading, today), [reading, today])
  const numbers = useMemo(() => numbersOf(reading.form), [reading])
  const words = useMemo(() => ({ t, locale }), [t, locale])
  const [selected, select] = useState<string | undefined>(() => itemsOf(definition)[0]?.linkId)
  const editDefinition = useCallback<Designing['editDefinition']>(
    (change, key) =>
      edit((before) => {
        const next = change(before.definition)
        return next === before.definition ? before : { ...before, definition: next }
      }, key),
    [edit],
  )
  const editItem = useCallback<Designing['editItem']>(
    (linkId, change, key) => editDefinition((before) => changeItem(before, linkId, change), key && `${linkId} ${key}`),
    [editDefinition],
  )
  const stands = useMemo(() => {
    for (const item of everyItem(itemsOf(definition))) if (item.linkId === selected) return true
    return false
  }, [definition, selected])
  return {
    code,
    draft,
    definition,
    form: reading.form,
    faults,
    numbers,
    words,
    base: languageOf(definition),
    edit,
    editDefinition,
    editItem,
    selected: stands ? selected : undefined,
    select,
  }
}

/** Items from which on reading waits for a pause in typing: 800 take a tenth of a second. */
const LONG = 150
const PAUSE_MS = 350

function useSettled(definition: Questionnaire): Questionnaire {
  const [settled, settle] = useState(definition)
  const isLong = useMemo(() => [...everyItem(itemsOf(definition))].length > LONG, [definition])
  useEffect(() => {
    if (!isLong) return
    const timer = setTimeout(() => settle(definition), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [definition, isLong])
  return isLong ? settled : definition
}
