import { PlusOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useT } from '../../../../platform/web/index.ts'
import { useDesign } from './context.ts'
import { findItem, freeLinkId, linkIdsOf } from './draft.ts'
import { KINDS, newItem, type Kind } from './kind.ts'
import { insertItem, type Where } from './tree.ts'

/** A new item below the chosen one; into it where that is a group. */
export function AddItem() {
  const t = useT('questionnaire')
  const { definition, editDefinition, selected, select } = useDesign()
  const add = (kind: Kind) => {
    const taken = linkIdsOf(definition)
    const next = () => {
      const linkId = freeLinkId(taken)
      taken.add(linkId)
      return linkId
    }
    const item = newItem(kind, next, { option: (n) => t('design.option.default', { n }) })
    editDefinition((before) => insertItem(before, item, placeFor(before)))
    select(item.linkId)
  }
  const placeFor = (before: typeof definition): Where => {
    const chosen = selected === undefined ? undefined : findItem(before, selected)
    if (!chosen) return 'end'
    return chosen.type === 'group' ? { into: chosen.linkId } : { after: chosen.linkId }
  }
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: KINDS.map((key) => ({ key, label: t(`design.kind.${key}`) })),
        onClick: ({ key }) => add(key as Kind),
      }}
    >
      <Button block icon={<PlusOutlined />}>
        {t('design.add')}
      </Button>
    </Dropdown>
  )
}
