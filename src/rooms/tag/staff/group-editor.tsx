import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Dropdown, Select } from 'antd'
import type { CSSProperties } from 'react'
import { Row, Stack, useT } from '../../../platform/web/index.ts'
import type { RuleView } from '../contract/tag.ts'
import { LEAF_KINDS, newLeaf, type LeafKind, type TreeGroup, type TreeNode } from './condition-tree.ts'
import { LeafEditor } from './leaf-editor.tsx'

/** As deep as a colleague still understands; the contract allows more, and shows it. */
const LEVELS = 4
const FRAME: CSSProperties = { borderInlineStart: '2px solid var(--pb-line)', paddingInlineStart: 12 }

export interface GroupEditorProps {
  group: TreeGroup
  rules: readonly RuleView[]
  level: number
  onChange: (group: TreeGroup) => void
  onRemove?: () => void
}

/** A group of questions: how it counts, its lines, and the ways to add one. */
export function GroupEditor({ group, rules, level, onChange, onRemove }: GroupEditorProps) {
  const t = useT('tag')
  const replace = (at: number, node: TreeNode) =>
    onChange({ ...group, items: group.items.map((one, n) => (n === at ? node : one)) })
  const drop = (at: number) => onChange({ ...group, items: group.items.filter((_one, n) => n !== at) })
  const add = (node: TreeNode) => onChange({ ...group, items: [...group.items, node] })
  return (
    <div role="group" aria-label={t('group.level', { level })} style={FRAME}>
      <Stack tight>
        <Row>
          <Select<TreeGroup['mode']>
            aria-label={t('group.mode')}
            value={group.mode}
            onChange={(mode) => onChange({ ...group, mode })}
            options={(['all', 'any', 'none'] as const).map((value) => ({ value, label: t(`group.${value}`) }))}
            style={{ width: 150 }}
          />
          {onRemove && (
            <Button type="text" icon={<DeleteOutlined />} onClick={onRemove}>
              {t('group.removeGroup')}
            </Button>
          )}
        </Row>
        {group.items.map((node, at) =>
          // Lines have no name of their own; each is controlled, so that its place is enough.
          node.kind === 'group' ? (
            <GroupEditor
              key={at}
              group={node}
              rules={rules}
              level={level + 1}
              onChange={(next) => replace(at, next)}
              onRemove={() => drop(at)}
            />
          ) : (
            <LeafEditor
              key={at}
              leaf={node.leaf}
              rules={rules}
              onChange={(leaf) => replace(at, { kind: 'leaf', leaf })}
              onRemove={() => drop(at)}
            />
          ),
        )}
        <Row>
          <Dropdown
            trigger={['click']}
            menu={{
              items: LEAF_KINDS.map((key) => ({ key, label: t(`leaf.${key}`) })),
              onClick: ({ key }) => add({ kind: 'leaf', leaf: newLeaf(key as LeafKind) }),
            }}
          >
            <Button icon={<PlusOutlined />}>{t('group.add')}</Button>
          </Dropdown>
          {level < LEVELS && (
            <Button type="text" icon={<PlusOutlined />} onClick={() => add({ kind: 'group', mode: 'any', items: [] })}>
              {t('group.addGroup')}
            </Button>
          )}
        </Row>
      </Stack>
    </div>
  )
}
