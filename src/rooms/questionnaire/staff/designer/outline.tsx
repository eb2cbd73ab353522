import { useCallback, useMemo, useState, type KeyboardEvent } from 'react'
import { useSay, useT } from '../../../../platform/web/index.ts'
import { AddItem } from './add-item.tsx'
import { useDesign } from './context.ts'
import { itemsOf } from './draft.ts'
import { OutlineRow, type Drop } from './outline-row.tsx'
import { flatRows } from './outline-rows.ts'
import { moveItem, removeItem, stepItem, type Step, type Where } from './tree.ts'

const STEPS: Record<string, Step> = { ArrowUp: 'up', ArrowDown: 'down', ArrowRight: 'in', ArrowLeft: 'out' }

/** All items in their order. Drag them, or hold Alt and press an arrow; Delete takes one out, and one step back brings it again. */
export function Outline() {
  const t = useT('questionnaire')
  const say = useSay()
  const { definition, editDefinition, selected, select, numbers, faults, base, words } = useDesign()
  const [dragged, setDragged] = useState<string>()
  const faulty = useMemo(
    () => new Set(faults.flatMap((one) => ('linkIds' in one ? one.linkIds : 'linkId' in one ? [one.linkId] : []))),
    [faults],
  )
  const rows = useMemo(
    () => flatRows(definition, { language: words.locale === 'en' ? 'en' : 'zh', base }),
    [definition, words.locale, base],
  )
  const move = useCallback(
    (linkId: string, where: Where) => editDefinition((before) => moveItem(before, linkId, where)),
    [editDefinition],
  )
  const drop = useCallback(
    ({ from, where }: Drop) => {
      setDragged(undefined)
      move(from, where)
    },
    [move],
  )
  const step = useCallback(
    (linkId: string, way: Step) => editDefinition((before) => stepItem(before, linkId, way)),
    [editDefinition],
  )
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const linkId = (event.target as HTMLElement).dataset['linkId']
    if (linkId === undefined) return
    const way = event.altKey ? STEPS[event.key] : undefined
    if (way) {
      step(linkId, way)
      // The row is the same element wherever it stands, but moving it takes the focus away.
      const row = event.target as HTMLElement
      requestAnimationFrame(() => row.focus())
    } else if (event.key === 'Delete') {
      editDefinition((before) => removeItem(before, linkId))
      say.done(t('design.removed'))
    } else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      const all = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-link-id]')]
      all[all.indexOf(event.target as HTMLElement) + (event.key === 'ArrowUp' ? -1 : 1)]?.focus()
    } else return
    event.preventDefault()
  }
  return (
    <div className="pb-design-outline">
      <AddItem />
      {itemsOf(definition).length === 0 ? (
        <p className="pb-hint">{t('design.outline.empty')}</p>
      ) : (
        <>
          {/* Arrows go along the rows, which are buttons themselves. */}
          <ol onKeyDown={onKeyDown} className="pb-design-rows">
            {rows.map((row) => (
              <OutlineRow
                key={row.linkId}
                {...row}
                number={numbers.get(row.linkId)}
                isSelected={row.linkId === selected}
                isFaulty={faulty.has(row.linkId)}
                dragged={dragged}
                onDrag={setDragged}
                onDrop={drop}
                onSelect={select}
                onStep={step}
              />
            ))}
          </ol>
          <p className="pb-hint">{t('design.outline.keys')}</p>
        </>
      )}
    </div>
  )
}
