import { Radio } from 'antd'
import type { CSSProperties } from 'react'
import { useT, type T } from '../../../platform/web/index.ts'
import type { OutputOf } from '../../../platform/contract/index.ts'
import type { MergeField, previewMerge, Side } from '../contract/merge.ts'

type FieldPair = OutputOf<typeof previewMerge>['fields'][number]

const LINE: CSSProperties = {
  display: 'grid',
  gridTemplateColumns: 'minmax(72px, 1fr) 2fr 2fr',
  gap: 8,
  padding: '8px 0',
  fontSize: 14,
  borderTop: '1px solid var(--pb-line)',
}

export interface MergeFieldsProps {
  fields: readonly FieldPair[]
  chosen: Partial<Record<MergeField, Side>>
  onChoose: (field: MergeField, side: Side) => void
}

/** Both sides of each field. First what differs, to be chosen; then, in one line, what is the same. */
export function MergeFields({ fields, chosen, onChoose }: MergeFieldsProps) {
  const t = useT('patient')
  const differing = fields.filter(({ same }) => !same)
  const alike = fields.filter(({ same, left }) => same && left)
  return (
    <div>
      <div style={{ ...LINE, borderTop: 0 }} aria-hidden="true" className="pb-hint">
        <span>{t('merge.field')}</span>
        <span>{t('merge.side.left')}</span>
        <span>{t('merge.side.right')}</span>
      </div>
      {differing.map((pair) => (
        <Radio.Group
          key={pair.field}
          style={{ ...LINE, width: '100%' }}
          aria-label={t(`field.${pair.field}`)}
          value={chosen[pair.field]}
          onChange={({ target }) => onChoose(pair.field, target.value as Side)}
        >
          <span style={{ fontSize: 14 }}>{t(`field.${pair.field}`)}</span>
          {(['left', 'right'] as const).map((side) => (
            <Radio key={side} value={side}>
              <span className="pb-number" style={{ overflowWrap: 'anywhere' }}>
                {shown(t, pair.field, pair[side])}
              </span>{' '}
              {pair.suggested === side && <span className="pb-hint">{t('merge.suggested')}</span>}
            </Radio>
          ))}
        </Radio.Group>
      ))}
      <p className="pb-hint" style={{ borderTop: '1px solid var(--pb-line)', paddingTop: 8 }}>
        {t('merge.same')}：
        {alike.map(({ field, left }) => `${t(`field.${field}`)} ${shown(t, field, left)}`).join(' · ')}
      </p>
    </div>
  )
}

/** Codes in words; numbers as they come, masked. */
function shown(t: T, field: MergeField, value: string | null): string {
  if (value === null) return t('merge.none')
  if (field === 'sex' || field === 'level' || field === 'source') return t(`words.${field}.${value}`)
  if (field === 'locale') return value === 'en' ? 'English' : '中文'
  if (field === 'paper') return value.replace(/^\S+/, (kind) => t(`words.paper.${kind}`))
  return value
}
