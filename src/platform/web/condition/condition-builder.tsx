import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent, type RefObject } from 'react'
import type { Condition } from '../../condition/contract.ts'
import type { Purpose } from '../../condition/fact.ts'
import { Loading } from '../feedback/loading.tsx'
import { ProblemAlert } from '../feedback/problem-alert.tsx'
import { useT } from '../language/use-t.ts'
import { ActingContext, type Acting, type LeafReading } from './acting.ts'
import './condition.css'
import { beginWith, edit, redo, undo, type Edits } from './edits.ts'
import { GroupView } from './group-view.tsx'
import { ReadingPanel, UndoRedo, type Count } from './reading-panel.tsx'
import { missingIn } from './test-form.ts'
import { besides, change, conditionOf, copy, insert, keepLeaves, leavesOf, moveTo, neighbourOf, nodesOf, remove, step, treeOf, type TreeGroup } from './tree.ts'
import { AskingContext, useKinds, useReading, type Asking } from './use-asking.ts'

export interface ConditionBuilderProps {
  /** Given by a form, or by hand. */
  value?: Condition | undefined
  onChange?: (condition: Condition, state: { isWhole: boolean }) => void
  /** For an audience what tells of mind and mood is not offered, and says why (R2). */
  purpose: Purpose
  readOnly?: boolean
  /** For how many it holds now; asked while one types. Without it no number is shown. */
  count?: Count | undefined
  /** The id that a form's label points to. */
  id?: string
}

/** A condition put together from groups and questions, with its sentence and its count beside it. */
export function ConditionBuilder(props: ConditionBuilderProps) {
  const { asking, error } = useKinds(props.purpose)
  if (error) return <ProblemAlert problem={error} />
  if (!asking) return <Loading lines={3} />
  return (
    <AskingContext value={asking}>
      <Builder {...props} asking={asking} />
    </AskingContext>
  )
}

function Builder({ value, onChange, readOnly = false, count, id, asking }: ConditionBuilderProps & { asking: Asking }) {
  const t = useT('web')
  const name = useId()
  const frame = useRef<HTMLDivElement>(null)
  const [edits, set] = useEdits(value, asking, onChange)
  const [openId, setOpen] = useState<string>()
  const [dragged, drag] = useState<string>()
  const [told, tell] = useState('')
  const focus = useFocus(frame)
  const { now } = edits
  const state = useRead(now, asking)
  const acting: Acting = {
    readOnly,
    openId,
    open: (next) => {
      // What was open is where one goes on from.
      if (next === undefined && openId) focus(openId)
      setOpen(next)
    },
    dragged,
    drag,
    reading: state.byLeaf,
    add: (groupId, node) => {
      set(edit(edits, insert(now, groupId, node)))
      if (node.type === 'leaf') setOpen(node.id)
      focus(node.id)
    },
    setTest: (leafId, test, stroke) => set(edit(edits, change(now, leafId, (node) => ({ ...node, test }) as typeof node), `${leafId} ${stroke}`)),
    setMode: (groupId, mode) => set(edit(edits, change(now, groupId, (node) => (node.type === 'group' ? { ...node, mode } : node)))),
    besides: () => {
      const root = besides(now)
      set(edit(edits, root))
      setOpen(undefined)
      focus(`${root.id} add`)
    },
    turnRound: (leafId) => set(edit(edits, change(now, leafId, (node) => (node.type === 'leaf' ? { ...node, not: !node.not } : node)))),
    remove: (nodeId) => {
      focus(neighbourOf(now, nodeId))
      set(edit(edits, remove(now, nodeId)))
      tell(t('condition.told.removed'))
    },
    copy: (nodeId) => {
      const { root, copied } = copy(now, nodeId)
      set(edit(edits, root))
      focus(copied)
      tell(t('condition.told.copied'))
    },
    step: (nodeId, direction) => {
      const next = step(now, nodeId, direction)
      set(edit(edits, next))
      focus(nodeId)
      tell(t(next === now ? 'condition.told.stays' : 'condition.told.moved'))
    },
    moveTo: (nodeId, groupId, at) => {
      set(edit(edits, moveTo(now, nodeId, groupId, at)))
      focus(nodeId)
    },
  }
  const goBack = (to: Edits) => {
    set(to)
    tell(t('condition.told.back'))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const key = event.key.toLowerCase()
    if (readOnly || !(event.ctrlKey || event.metaKey) || !(key === 'z' || key === 'y')) return
    // In a field the browser takes back what was typed there.
    if (event.target instanceof HTMLInputElement && event.target.value !== '') return
    event.preventDefault()
    goBack(key === 'y' || event.shiftKey ? redo(edits) : undo(edits))
  }
  return (
    <ActingContext value={acting}>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys that bubble from the lines within */}
      <div id={id} ref={frame} tabIndex={-1} className={`pb-condition${readOnly ? ' pb-condition-readonly' : ''}`} onKeyDown={onKeyDown}>
        <div className="pb-condition-tree">
          <GroupView group={now} level={1} />
          {!readOnly && <UndoRedo canUndo={edits.past.length > 0} canRedo={edits.future.length > 0} onUndo={() => goBack(undo(edits))} onRedo={() => goBack(redo(edits))} />}
          <span className="pb-sr" role="status">
            {told}
          </span>
        </div>
        <ReadingPanel
          name={name}
          sentence={state.sentence}
          faults={state.faults}
          unfinished={state.unfinished}
          wrong={state.wrong}
          isFresh={state.isFresh}
          problem={state.problem}
          count={count}
          countable={state.unfinished === 0 && state.wrong === 0 && state.isWhole ? conditionOf(now) : undefined}
        />
      </div>
    </ActingContext>
  )
}

/** How it reads and what it lacks. What lacks is known here at once, the words come from the house a moment later. */
function useRead(tree: TreeGroup, { kinds, purpose }: Asking) {
  const missing = useMemo(() => new Map(leavesOf(tree).map((leaf) => [leaf.id, missingOf(leaf, kinds)])), [tree, kinds])
  const whole = keepLeaves(tree, (leaf) => missing.get(leaf.id)!.length === 0)
  const { data, error, isFresh } = useReading(whole && conditionOf(whole), purpose)
  const asked = whole ? leavesOf(whole) : []
  // Sentences stay by the text of their question while the next answer is on its way.
  const known = useRef(new Map<string, LeafReading>())
  if (data && isFresh)
    for (const [at, leaf] of asked.entries()) {
      const question = data.questions[at]
      if (question) known.current.set(keyOf(leaf), { sentence: leaf.not ? question.denied : question.sentence, faults: question.faults, missing: [] })
    }
  const byLeaf = new Map(leavesOf(tree).map((leaf) => [leaf.id, { ...(known.current.get(keyOf(leaf)) ?? { sentence: undefined, faults: [] }), missing: missing.get(leaf.id)! }]))
  const readings = [...byLeaf.values()]
  return {
    byLeaf,
    sentence: whole ? data?.sentence : undefined,
    faults: whole ? (data?.faults ?? []) : [],
    unfinished: readings.filter((one) => one.missing.length > 0).length,
    wrong: readings.filter((one) => one.missing.length === 0 && one.faults.length > 0).length,
    isWhole: isWhole(tree),
    isFresh,
    problem: error,
  }
}

const keyOf = ({ code, test, not }: { code: string; test: unknown; not: boolean }) => JSON.stringify([code, test, not])

function missingOf({ code, test }: { code: string; test: unknown }, kinds: Asking['kinds']): readonly string[] {
  const kind = kinds.get(code)
  return kind ? missingIn(kind, test) : []
}

/** Every group asks something. */
const isWhole = (tree: TreeGroup) => nodesOf(tree).every((node) => node.type === 'leaf' || node.items.length > 0)

/** The tree, which keeps what a condition cannot say yet; begun anew when another condition is handed in. */
function useEdits(value: Condition | undefined, { kinds }: Asking, onChange: ConditionBuilderProps['onChange']) {
  const [edits, setEdits] = useState(() => beginWith(treeOf(value)))
  const last = useRef(JSON.stringify(value))
  const given = JSON.stringify(value)
  useEffect(() => {
    if (given === last.current) return
    last.current = given
    setEdits(beginWith(treeOf(given === undefined ? undefined : (JSON.parse(given) as Condition))))
  }, [given])
  const set = (next: Edits) => {
    if (next === edits) return
    setEdits(next)
    const condition = conditionOf(next.now)
    last.current = JSON.stringify(condition)
    onChange?.(condition, { isWhole: isWhole(next.now) && leavesOf(next.now).every((leaf) => missingOf(leaf, kinds).length === 0) })
  }
  return [edits, set] as const
}

/** Brings the focus to a node once it has been drawn at its new place. */
function useFocus(frame: RefObject<HTMLDivElement | null>) {
  const wanted = useRef<string>(undefined)
  useEffect(() => {
    const id = wanted.current
    if (!id) return
    wanted.current = undefined
    const line = frame.current?.querySelector<HTMLElement>(`[data-node="${id}"]`)
    const target = line?.matches('button') ? line : (line?.querySelector<HTMLElement>('input') ?? line)
    // What has been opened meanwhile has the focus already.
    if (target && !target.closest('.pb-condition-leaf')?.querySelector('.pb-condition-inputs')) target.focus()
  })
  return (id: string | undefined) => {
    wanted.current = id
  }
}
