import './blocks.css'
import { PlusOutlined, RedoOutlined, UndoOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useEffect, useState, type KeyboardEvent } from 'react'
import { Empty, KeyHint, Row, useHistory, useT } from '../../../../platform/web/index.ts'
import { BLOCK_KINDS, BLOCKS_MAX, type Block, type BlockKind } from '../../contract/block.ts'
import type { TemplateFinding } from '../../contract/template.ts'
import { BlockRow } from './block-row.tsx'
import type { Value } from './insert-value.tsx'
import { moved, placed } from './moves.ts'
import { copyOf, newBlock } from './new-block.ts'

export interface BlockEditorProps {
  /** Given by the form. */
  value?: Block[]
  onChange?: (blocks: Block[]) => void
  language: 'zh' | 'en'
  values: readonly Value[]
  links: readonly Value[]
  findings: readonly TemplateFinding[]
  /** The block that is open; of columns, also one within. */
  opened: string | undefined
  onOpen: (id: string | undefined) => void
}

/** The body of a mail, block by block: added, dragged, moved by keys, and each step taken back. */
export function BlockEditor({ value = [], onChange, opened, onOpen, findings, ...rest }: BlockEditorProps) {
  const t = useT('message')
  const history = useHistory<Block[]>(value)
  const blocks = history.now
  const [dragged, setDragged] = useState<string>()
  useEffect(() => {
    if (blocks !== value) onChange?.(blocks)
    // What the form is given from outside comes in below.
  }, [blocks])
  useEffect(() => {
    if (value !== blocks && JSON.stringify(value) !== JSON.stringify(blocks)) history.edit(() => value)
  }, [value])
  const edit = (change: (before: Block[]) => Block[], key?: string) => history.edit(change, key)
  const add = (kind: BlockKind) => {
    const block = newBlock(kind)
    const at = blocks.findIndex((one) => one.id === opened)
    edit((before) => (at < 0 ? [...before, block] : before.toSpliced(at + 1, 0, block)))
    onOpen(block.id)
  }
  const keys = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return
    const key = event.key.toLowerCase()
    if (key !== 'z' && key !== 'y') return
    event.preventDefault()
    if (key === 'y' || event.shiftKey) history.redo()
    else history.undo()
  }
  const foundIn = (block: Block) => {
    const ids = new Set(block.kind === 'columns' ? [...block.left, ...block.right].map(({ id }) => id) : [])
    return findings.filter((one) => one.block === block.id || (one.block && ids.has(one.block))).length
  }
  const holds = (block: Block) =>
    block.id === opened || (block.kind === 'columns' && [...block.left, ...block.right].some(({ id }) => id === opened))
  return (
    <section aria-label={t('blocks.all')} onKeyDown={keys}>
      <Row>
        <Dropdown
          trigger={['click']}
          disabled={blocks.length >= BLOCKS_MAX}
          menu={{
            items: BLOCK_KINDS.map((kind) => ({ key: kind, label: t(`blocks.kind.${kind}`) })),
            onClick: ({ key }) => add(key as BlockKind),
          }}
        >
          <Button icon={<PlusOutlined />}>{t('blocks.add')}</Button>
        </Dropdown>
        <Button icon={<UndoOutlined />} disabled={!history.canUndo} onClick={history.undo}>
          {t('blocks.undo')}
        </Button>
        <Button icon={<RedoOutlined />} disabled={!history.canRedo} onClick={history.redo}>
          {t('blocks.redo')}
        </Button>
        <span className="pb-hint pb-block-keys">
          <KeyHint keys={['Alt', '↑', '↓']} /> {t('blocks.keys')}
        </span>
      </Row>
      {blocks.length === 0 ? (
        <Empty title={t('blocks.none')} hint={t('blocks.noneHint')} />
      ) : (
        <ol className="pb-blocks">
          {blocks.map((block, at) => (
            <BlockRow
              key={block.id}
              {...rest}
              block={block}
              number={at + 1}
              isOpen={holds(block)}
              isFirst={at === 0}
              isLast={at === blocks.length - 1}
              found={foundIn(block)}
              dragged={dragged}
              onOpen={onOpen}
              onChange={(next, key) => edit((before) => before.map((one) => (one.id === block.id ? next : one)), key)}
              onMove={(by) => edit((before) => moved(before, block.id, by))}
              onCopy={() => edit((before) => before.toSpliced(at + 1, 0, copyOf(block)))}
              onDrop={() => edit((before) => before.filter(({ id }) => id !== block.id))}
              onDrag={setDragged}
              onDropHere={(where) => edit((before) => placed(before, dragged, block.id, where))}
            />
          ))}
        </ol>
      )}
    </section>
  )
}
