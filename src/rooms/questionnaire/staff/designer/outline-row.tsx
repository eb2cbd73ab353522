import { ArrowDownOutlined, ArrowUpOutlined, HolderOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { memo, useState, type DragEvent } from 'react'
import { useT } from '../../../../platform/web/index.ts'
import type { OutlineLine } from './outline-rows.ts'
import type { Step, Where } from './tree.ts'

export interface Drop {
  from: string
  where: Where
}

type Edge = 'before' | 'after' | 'into'

export interface OutlineRowProps extends OutlineLine {
  number: number | undefined
  isSelected: boolean
  isFaulty: boolean
  dragged: string | undefined
  onDrag: (linkId: string | undefined) => void
  onDrop: (drop: Drop) => void
  onSelect: (linkId: string) => void
  onStep: (linkId: string, step: Step) => void
}

/** One item of the outline: dragged by its whole width, moved by its buttons, chosen by a click. */
export const OutlineRow = memo(function OutlineRow(row: OutlineRowProps) {
  const t = useT('questionnaire')
  const { linkId, number, text, kind, isSelected, dragged } = row
  const [edge, setEdge] = useState<Edge>()
  const name = text || t('design.outline.untitled')
  const over = (event: DragEvent<HTMLElement>) => {
    if (dragged === undefined || dragged === linkId) return
    event.preventDefault()
    const { top, height } = event.currentTarget.getBoundingClientRect()
    const share = (event.clientY - top) / height
    const next = row.isGroup && share > 0.3 && share < 0.7 ? 'into' : share < 0.5 ? 'before' : 'after'
    if (next !== edge) setEdge(next)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    if (dragged !== undefined && edge) row.onDrop({ from: dragged, where: { [edge]: linkId } as unknown as Where })
    setEdge(undefined)
  }
  return (
    <li
      className={`pb-design-row${isSelected ? ' pb-design-chosen' : ''}${edge ? ` pb-design-${edge}` : ''}`}
      style={{ paddingInlineStart: 4 + row.depth * 16 }}
      draggable
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = 'move'
        event.dataTransfer.setData('text/plain', linkId)
        row.onDrag(linkId)
      }}
      onDragEnd={() => row.onDrag(undefined)}
      onDragOver={over}
      onDragLeave={() => setEdge(undefined)}
      onDrop={drop}
    >
      <HolderOutlined aria-hidden="true" className="pb-design-handle" />
      <button
        type="button"
        className="pb-design-name"
        data-link-id={linkId}
        aria-current={isSelected || undefined}
        onClick={() => row.onSelect(linkId)}
      >
        {number !== undefined && <span className="pb-number">{number}</span>}
        <span className={text ? 'pb-design-text' : 'pb-design-text pb-hint'}>{name}</span>
        {row.isRequired && <span title={t('design.item.required')}>*</span>}
        {row.isFaulty && <span className="pb-design-bad">{t('design.outline.faulty')}</span>}
        <small className="pb-hint">
          {kind ? t(`design.kind.${kind}`) : t('design.kind.other')}
          {row.hasLogic && ` · ${t('design.outline.logic')}`}
          {row.isHidden && ` · ${t('design.outline.hidden')}`}
        </small>
      </button>
      {isSelected && (
        <span className="pb-design-moves">
          <Button
            size="small"
            type="text"
            icon={<ArrowUpOutlined />}
            aria-label={t('design.move.up', { name })}
            onClick={() => row.onStep(linkId, 'up')}
          />
          <Button
            size="small"
            type="text"
            icon={<ArrowDownOutlined />}
            aria-label={t('design.move.down', { name })}
            onClick={() => row.onStep(linkId, 'down')}
          />
        </span>
      )}
    </li>
  )
})
