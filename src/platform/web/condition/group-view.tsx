import { PlusOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { Fragment, useState, type DragEvent } from 'react'
import { useT } from '../language/use-t.ts'
import { useActing } from './acting.ts'
import { AddQuestion } from './add-question.tsx'
import { Handle, LeafView, NodeMenu, onKey } from './leaf-view.tsx'
import { LEVELS_MOST, MODES, newGroup, type GroupMode, type TreeGroup } from './tree.ts'

/** A group of questions: how they count together, its lines, and the ways to add one. */
export function GroupView({ group, level }: { group: TreeGroup; level: number }) {
  const t = useT('web')
  const acting = useActing()
  const [over, setOver] = useState<number>()
  const join = t(group.mode === 'all' || group.mode === 'notAll' ? 'condition.and' : 'condition.or')
  const name = t(`condition.mode.${group.mode}`)
  const isRoot = level === 1
  const drop = (event: DragEvent) => {
    event.preventDefault()
    event.stopPropagation()
    if (acting.dragged && over !== undefined) acting.moveTo(acting.dragged, group.id, over)
    setOver(undefined)
    acting.drag(undefined)
  }
  const hover = (event: DragEvent, at: number) => {
    if (!acting.dragged) return
    event.preventDefault()
    event.stopPropagation()
    setOver(at)
  }
  /** Above the middle of a line is before it, below is behind. */
  const half = (event: DragEvent<HTMLElement>) => {
    const { top, height } = event.currentTarget.getBoundingClientRect()
    return event.clientY < top + height / 2 ? 0 : 1
  }
  const leave = (event: DragEvent) => {
    if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(undefined)
  }
  const place = (at: number) => (
    <div className={`pb-condition-place${over === at ? ' pb-condition-here' : ''}`} onDragOver={(event) => hover(event, at)}>
      {at > 0 && at < group.items.length && <span className="pb-condition-join">{join}</span>}
    </div>
  )
  return (
    <div role="group" aria-label={t('condition.group', { level, mode: name })} className={`pb-condition-group pb-condition-${group.mode}`} onDrop={drop} onDragLeave={leave}>
      <div className="pb-condition-head">
        {!isRoot && !acting.readOnly && <Handle id={group.id} />}
        {acting.readOnly ? (
          <strong>{name}</strong>
        ) : (
          // The group's own line: keys reach it here, as they reach a question at its sentence.
          // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys that bubble from the select within
          <span onKeyDown={(event) => !isRoot && event.altKey && onKey(event, group.id, acting)}>
            <Select<GroupMode>
              data-node={group.id}
              aria-label={t('condition.howItCounts')}
              value={group.mode}
              onChange={(mode) => acting.setMode(group.id, mode)}
              options={MODES.map((value) => ({ value, label: t(`condition.mode.${value}`) }))}
              popupMatchSelectWidth={false}
              style={{ width: 'auto', minWidth: 132 }}
            />
          </span>
        )}
        {!isRoot && !acting.readOnly && <NodeMenu id={group.id} name={name} />}
      </div>
      {group.items.map((node, at) => (
        <Fragment key={node.id}>
          {place(at)}
          <div onDragOver={(event) => hover(event, at + half(event))}>{node.type === 'group' ? <GroupView group={node} level={level + 1} /> : <LeafView leaf={node} />}</div>
        </Fragment>
      ))}
      {place(group.items.length)}
      {group.items.length === 0 && <p className="pb-hint pb-condition-empty">{t(isRoot ? 'condition.emptyRoot' : 'condition.emptyGroup')}</p>}
      {!acting.readOnly && (
        <div className="pb-condition-add">
          <span data-node={`${group.id} add`}>
            <AddQuestion groupId={group.id} />
          </span>
          {level < LEVELS_MOST && (
            <Button type="text" icon={<PlusOutlined />} onClick={() => acting.add(group.id, newGroup(group.mode === 'any' ? 'all' : 'any'))}>
              {t('condition.addGroup')}
            </Button>
          )}
          {isRoot && group.mode === 'all' && group.items.length > 0 && (
            <Button type="text" icon={<PlusOutlined />} onClick={acting.besides}>
              {t('condition.besides')}
            </Button>
          )}
        </div>
      )}
    </div>
  )
}
