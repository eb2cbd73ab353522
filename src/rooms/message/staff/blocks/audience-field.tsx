import { Select } from 'antd'
import { Status, useApi, useLocale, useT } from '../../../../platform/web/index.ts'
import type { Block } from '../../contract/block.ts'
import { listBlockAudiences } from '../../contract/block-mail.ts'

/** All segments a block can be for; asked once for the whole editor. */
export function useAudiences() {
  const { data } = useApi(listBlockAudiences, {})
  const language = useLocale() === 'en' ? 'en' : 'zh'
  return {
    isKnown: data !== undefined,
    audiences: (data?.audiences ?? []).map((one) => ({
      ...one,
      name: one.name[language],
      sentence: one.sentence[language],
    })),
  }
}

/** Whom the block is for: everybody, or only who is in one segment when the message goes. */
export function AudienceField({ block, onChange }: { block: Block; onChange: (next: Block, key: string) => void }) {
  const t = useT('message')
  const { audiences, isKnown } = useAudiences()
  const chosen = audiences.find(({ id }) => id === block.onlyFor)
  const put = (segment: string | undefined) => {
    const { onlyFor: _before, ...rest } = block
    onChange((segment ? { ...rest, onlyFor: segment } : rest) as Block, `${block.id} audience`)
  }
  return (
    <div className="pb-block-field">
      <span className="pb-block-label">{t('audience.label')}</span>
      <Select
        aria-label={t('audience.label')}
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        placeholder={t('audience.everybody')}
        value={block.onlyFor ?? null}
        onChange={(segment: string | null) => put(segment ?? undefined)}
        notFoundContent={t('audience.none')}
        options={[
          ...audiences.map(({ id, name, isBarred }) => ({ value: id, label: name, disabled: isBarred })),
          ...(block.onlyFor && isKnown && !chosen ? [{ value: block.onlyFor, label: t('audience.gone') }] : []),
        ]}
      />
      {chosen && <small className="pb-hint">{t('audience.finds', { who: chosen.sentence })}</small>}
      {chosen?.behindLogin && <Status tone="low">{t('audience.login')}</Status>}
      {block.onlyFor && isKnown && !chosen && <Status tone="due">{t('audience.goneHint')}</Status>}
    </div>
  )
}

/** In the line of a closed block. */
export function AudienceMark({ segment }: { segment: string }) {
  const t = useT('message')
  const { audiences, isKnown } = useAudiences()
  if (!isKnown) return null
  const name = audiences.find(({ id }) => id === segment)?.name ?? t('audience.gone')
  return <span className="pb-block-for">{t('audience.only', { name })}</span>
}
