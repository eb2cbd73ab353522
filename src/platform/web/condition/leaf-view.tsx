import { DeleteOutlined, HolderOutlined, MoreOutlined } from '@ant-design/icons'
import { Button, Checkbox, Dropdown } from 'antd'
import { useEffect, useRef, type KeyboardEvent } from 'react'
import { useT } from '../language/use-t.ts'
import { useActing } from './acting.ts'
import { FieldInput, Fields } from './field-input.tsx'
import { isValues } from './test-form.ts'
import type { Direction, TreeLeaf } from './tree.ts'
import { useAsking, useWords } from './use-asking.ts'

/** One question: as a sentence, and opened as its inputs. */
export function LeafView({ leaf }: { leaf: TreeLeaf }) {
  const t = useT('web')
  const words = useWords()
  const acting = useActing()
  const { kinds } = useAsking()
  const kind = kinds.get(leaf.code)
  const name = kind ? words(kind.name) : leaf.code
  const reading = acting.reading.get(leaf.id)
  const isOpen = acting.openId === leaf.id && !acting.readOnly
  const isUnfinished = (reading?.missing.length ?? 0) > 0
  const sentence = reading?.sentence && !isUnfinished ? words(reading.sentence) : undefined
  const said = sentence ?? (isUnfinished ? t('condition.unfinished', { name }) : name)
  const faults = reading?.faults ?? []
  const text = (
    <>
      {sentence && <span className="pb-condition-kind">{name}</span>}
      <span className={isUnfinished ? 'pb-condition-open' : ''}>{said}</span>
    </>
  )
  if (acting.readOnly)
    return (
      <div className="pb-condition-line">
        <div className="pb-condition-say">{text}</div>
      </div>
    )
  return (
    <div className={`pb-condition-leaf${isOpen ? ' pb-condition-leaf-open' : ''}${faults.length > 0 ? ' pb-condition-leaf-wrong' : ''}`}>
      <div className="pb-condition-line">
        <Handle id={leaf.id} />
        <button
          type="button"
          className="pb-condition-say"
          data-node={leaf.id}
          aria-expanded={isOpen}
          onClick={() => acting.open(isOpen ? undefined : leaf.id)}
          onKeyDown={(event) => onKey(event, leaf.id, acting)}
        >
          {text}
        </button>
        <NodeMenu id={leaf.id} name={said} />
      </div>
      {isOpen && <LeafInputs leaf={leaf} name={name} />}
      {faults.map((fault) => (
        <p key={`${fault.code} ${fault.value}`} className="pb-condition-wrong" role="alert">
          {words(fault.text)}
        </p>
      ))}
    </div>
  )
}

function LeafInputs({ leaf, name }: { leaf: TreeLeaf; name: string }) {
  const t = useT('web')
  const acting = useActing()
  const { kinds } = useAsking()
  const inputs = useRef<HTMLDivElement>(null)
  const kind = kinds.get(leaf.code)
  const missing = acting.reading.get(leaf.id)?.missing ?? []
  // What is opened is what one wants to type into.
  useEffect(() => inputs.current?.querySelector<HTMLElement>('input')?.focus(), [])
  const set = (test: unknown, path: string) => acting.setTest(leaf.id, test, path)
  const whole = kind?.fields.length === 1 && kind.fields[0]!.key === '' ? kind.fields[0]! : undefined
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Escape closes what Enter has opened
    <div
      ref={inputs}
      className="pb-condition-inputs"
      role="group"
      aria-label={name}
      onKeyDown={(event) => {
        // Enter in a number would send the form that all this stands in.
        const isNumber = event.target instanceof HTMLElement && event.target.getAttribute('role') === 'spinbutton'
        if (event.defaultPrevented || !(event.key === 'Escape' || (event.key === 'Enter' && isNumber))) return
        event.preventDefault()
        event.stopPropagation()
        acting.open(undefined)
      }}
    >
      {!kind ? (
        // Of a pack, or of a newer Peiban: it is kept as it is.
        <code>{JSON.stringify(leaf.test)}</code>
      ) : whole ? (
        <FieldInput kind={leaf.code} field={whole} path="" values={{ value: leaf.test }} units={[]} missing={missing} onChange={(test) => set(test, '')} />
      ) : (
        isValues(leaf.test) && <Fields kind={leaf.code} fields={kind.fields} values={leaf.test} missing={missing} onChange={set} />
      )}
      <div className="pb-condition-foot">
        <Checkbox checked={leaf.not} onChange={() => acting.turnRound(leaf.id)}>
          {t('condition.otherWay')}
        </Checkbox>
        <Button size="small" onClick={() => acting.open(undefined)}>
          {t('condition.done')}
        </Button>
      </div>
    </div>
  )
}

/** By the mouse; the keyboard and a finger have the menu. */
export function Handle({ id }: { id: string }) {
  const { drag } = useActing()
  return (
    <span
      className="pb-condition-handle"
      aria-hidden="true"
      draggable
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = 'move'
        event.dataTransfer.setData('text/plain', id)
        drag(id)
      }}
      onDragEnd={() => drag(undefined)}
    >
      <HolderOutlined />
    </span>
  )
}

/** Everything that the keys do as well, in words. */
export function NodeMenu({ id, name }: { id: string; name: string }) {
  const t = useT('web')
  const acting = useActing()
  const acts = { up: 'Alt ↑', down: 'Alt ↓', in: 'Alt →', out: 'Alt ←' } as const
  return (
    <span className="pb-condition-acts">
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            ...Object.entries(acts).map(([key, keys]) => ({ key, label: t(`condition.move.${key}`), extra: keys })),
            { key: 'copy', label: t('condition.copy'), extra: 'Ctrl D' },
          ],
          onClick: ({ key }) => (key === 'copy' ? acting.copy(id) : acting.step(id, key as Direction)),
        }}
      >
        <Button type="text" size="small" icon={<MoreOutlined />} aria-label={t('condition.moveOrCopy', { name })} />
      </Dropdown>
      <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t('condition.remove', { name })} onClick={() => acting.remove(id)} />
    </span>
  )
}

const STEPS: Record<string, Direction> = { ArrowUp: 'up', ArrowDown: 'down', ArrowRight: 'in', ArrowLeft: 'out' }

/** Alt and an arrow moves, Ctrl D copies, Delete takes away; an arrow alone goes to the next line. */
export function onKey(event: KeyboardEvent<HTMLElement>, id: string, acting: Pick<ReturnType<typeof useActing>, 'step' | 'copy' | 'remove'>) {
  const direction = STEPS[event.key]
  if (direction && event.altKey) acting.step(id, direction)
  else if (event.key === 'Delete') acting.remove(id)
  else if (event.key.toLowerCase() === 'd' && (event.ctrlKey || event.metaKey)) acting.copy(id)
  else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') focusBeside(event.currentTarget, event.key === 'ArrowUp' ? -1 : 1)
  else return
  event.preventDefault()
  event.stopPropagation()
}

function focusBeside(from: HTMLElement, by: 1 | -1) {
  const lines = [...(from.closest('.pb-condition')?.querySelectorAll<HTMLElement>('[data-node]') ?? [])]
  lines[lines.indexOf(from) + by]?.focus()
}
