import { ArrowDownOutlined, ArrowUpOutlined, CopyOutlined, DeleteOutlined, HolderOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useEffect, useRef, useState, type DragEvent, type KeyboardEvent } from 'react'
import { useT } from '../../../../platform/web/index.ts'
import type { Block } from '../../contract/block.ts'
import { AudienceField, AudienceMark } from './audience-field.tsx'
import { BlockFields, type BlockFieldsProps } from './block-fields.tsx'
import type { Value } from './insert-value.tsx'

export interface BlockRowProps extends BlockFieldsProps {
  number: number
  isOpen: boolean
  isFirst: boolean
  isLast: boolean
  /** So many things the check found in it. */
  found: number
  dragged: string | undefined
  onOpen: (id: string | undefined) => void
  onMove: (by: -1 | 1) => void
  onCopy: () => void
  onDrop: () => void
  onDrag: (id: string | undefined) => void
  onDropHere: (where: 'before' | 'after') => void
}

/** A block: closed a line that says what it is, open its fields. Dragged by the handle, or moved by Alt and an arrow. */
export function BlockRow(row: BlockRowProps) {
  const t = useT('message')
  const { block, language, number, isOpen, dragged } = row
  const self = useRef<HTMLLIElement>(null)
  const [edge, setEdge] = useState<'before' | 'after'>()
  const name = t('blocks.numbered', { number, kind: t(`blocks.kind.${block.kind}`) })
  useEffect(() => {
    if (isOpen) self.current?.scrollIntoView({ block: 'nearest' })
  }, [isOpen])
  const over = (event: DragEvent<HTMLElement>) => {
    if (dragged === undefined || dragged === block.id) return
    event.preventDefault()
    const { top, height } = event.currentTarget.getBoundingClientRect()
    setEdge(event.clientY - top < height / 2 ? 'before' : 'after')
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    if (edge) row.onDropHere(edge)
    setEdge(undefined)
  }
  const keys = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    row.onMove(event.key === 'ArrowUp' ? -1 : 1)
  }
  return (
    <li
      ref={self}
      className={`pb-block${isOpen ? ' pb-block-open' : ''}${edge ? ` pb-block-${edge}` : ''}`}
      aria-label={name}
      onDragOver={over}
      onDragLeave={() => setEdge(undefined)}
      onDrop={drop}
      onKeyDown={keys}
    >
      <div className="pb-block-head">
        <span
          className="pb-block-handle"
          draggable
          aria-hidden="true"
          onDragStart={(event) => {
            event.dataTransfer.effectAllowed = 'move'
            event.dataTransfer.setData('text/plain', block.id)
            row.onDrag(block.id)
          }}
          onDragEnd={() => row.onDrag(undefined)}
        >
          <HolderOutlined />
        </span>
        <button
          type="button"
          className="pb-block-name"
          aria-expanded={isOpen}
          onClick={() => row.onOpen(isOpen ? undefined : block.id)}
        >
          <strong>{t(`blocks.kind.${block.kind}`)}</strong> {block.onlyFor && <AudienceMark segment={block.onlyFor} />}
          <span className="pb-hint">{summaryOf(block, language, row.values)}</span>
          {row.found > 0 && <span className="pb-block-bad">{t('blocks.found', { count: row.found })}</span>}
        </button>
        <span className="pb-block-acts">
          <Button
            size="small"
            type="text"
            icon={<ArrowUpOutlined />}
            aria-label={t('blocks.up', { name })}
            title={t('blocks.upKey')}
            disabled={row.isFirst}
            onClick={() => row.onMove(-1)}
          />
          <Button
            size="small"
            type="text"
            icon={<ArrowDownOutlined />}
            aria-label={t('blocks.down', { name })}
            title={t('blocks.downKey')}
            disabled={row.isLast}
            onClick={() => row.onMove(1)}
          />
          <Button
            size="small"
            type="text"
            icon={<CopyOutlined />}
            aria-label={t('blocks.copy', { name })}
            title={t('blocks.copyShort')}
            onClick={row.onCopy}
          />
          <Button
            size="small"
            type="text"
            icon={<DeleteOutlined />}
            aria-label={t('blocks.dropNamed', { name })}
            title={t('blocks.drop')}
            onClick={row.onDrop}
          />
        </span>
      </div>
      {isOpen && (
        <div className="pb-block-body">
          <BlockFields
            block={block}
            language={language}
            values={row.values}
            links={row.links}
            onChange={row.onChange}
          />
          <AudienceField block={block} onChange={row.onChange} />
        </div>
      )}
    </li>
  )
}

/** What one sees of a closed block: without stars, and values by what people call them. */
function summaryOf(block: Block, language: 'zh' | 'en', values: readonly Value[]): string {
  const label = (name: string) => values.find((value) => value.name === name)?.label ?? name
  return saidBy(block, language)
    .replaceAll('**', '')
    .replaceAll(/\{\{\s*(\w+)[^}]*\}\}/g, (_whole, name: string) => `〔${label(name)}〕`)
}

function saidBy(block: Block, language: 'zh' | 'en'): string {
  if (block.kind === 'divider') return ''
  if (block.kind === 'columns') return [...block.left, ...block.right].map(({ words }) => words[language]).join(' ｜ ')
  return block.kind === 'notice' ? `${block.title[language]} ${block.words[language]}` : block.words[language]
}
