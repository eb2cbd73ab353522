import { DeleteOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import type { ReactNode } from 'react'
import { Row, useT } from '../../../../platform/web/index.ts'
import { INNER_KINDS, type Block, type InnerBlock } from '../../contract/block.ts'
import { newInner } from './new-block.ts'

type Columns = Extract<Block, { kind: 'columns' }>

const MOST = 4

/** What stands left and what stands right; on a phone the right comes below the left. */
export function ColumnFields({
  block,
  onChange,
  fields,
}: {
  block: Columns
  onChange: (next: Columns, key: string) => void
  /** The fields of a block within. */
  fields: (inner: InnerBlock, put: (next: InnerBlock, key: string) => void) => ReactNode
}) {
  const t = useT('message')
  const put = (side: 'left' | 'right', next: InnerBlock[], key: string) => onChange({ ...block, [side]: next }, key)
  return (
    <div className="pb-block-columns">
      {(['left', 'right'] as const).map((side) => (
        <section key={side} aria-label={t(`blocks.${side}`)}>
          <p className="pb-hint">{t(`blocks.${side}`)}</p>
          {block[side].map((inner) => (
            <div key={inner.id} className="pb-block-inner">
              <Row>
                <strong>{t(`blocks.kind.${inner.kind}`)}</strong>
                <Button
                  size="small"
                  type="text"
                  icon={<DeleteOutlined />}
                  onClick={() =>
                    put(
                      side,
                      block[side].filter(({ id }) => id !== inner.id),
                      `${block.id} drop`,
                    )
                  }
                >
                  {t('blocks.drop')}
                </Button>
              </Row>
              {fields(inner, (next, key) =>
                put(
                  side,
                  block[side].map((one) => (one.id === inner.id ? next : one)),
                  key,
                ),
              )}
            </div>
          ))}
          {block[side].length < MOST && (
            <Select<InnerBlock['kind']>
              aria-label={t('blocks.addTo', { side: t(`blocks.${side}`) })}
              value={null as never}
              placeholder={t('blocks.add')}
              style={{ width: '100%' }}
              onChange={(kind) => put(side, [...block[side], newInner(kind)], `${block.id} add`)}
              options={INNER_KINDS.map((value) => ({ value, label: t(`blocks.kind.${value}`) }))}
            />
          )}
        </section>
      ))}
    </div>
  )
}
