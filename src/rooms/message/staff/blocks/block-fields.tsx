import { Checkbox, Input, Segmented, Select } from 'antd'
import { useT } from '../../../../platform/web/index.ts'
import type { Block, InnerBlock } from '../../contract/block.ts'
import { ColumnFields } from './column-fields.tsx'
import { WordsField, type Value } from './insert-value.tsx'
import { PictureField } from './picture-field.tsx'

export interface BlockFieldsProps {
  block: Block
  language: 'zh' | 'en'
  values: readonly Value[]
  /** Variables a button may lead to. */
  links: readonly Value[]
  /** `key` joins what is typed in one field into one step back. */
  onChange: (next: Block, key: string) => void
}

/** What one fills in of a block. */
export function BlockFields({ block, language, values, links, onChange }: BlockFieldsProps) {
  const t = useT('message')
  const put = (change: Partial<Block>, part = 'words') =>
    onChange({ ...block, ...change } as Block, `${block.id} ${part} ${language}`)
  if (block.kind === 'divider') return <p className="pb-hint">{t('blocks.dividerHint')}</p>
  if (block.kind === 'columns')
    return (
      <ColumnFields
        block={block}
        onChange={onChange}
        fields={(inner, put) => (
          <BlockFields
            block={inner}
            language={language}
            values={values}
            links={links}
            onChange={(next, key) => put(next as InnerBlock, key)}
          />
        )}
      />
    )
  const words = (label: string, most: number, rows?: number, hint?: string) => (
    <WordsField
      label={label}
      value={block.words[language]}
      most={most}
      {...(rows ? { rows, values } : {})}
      {...(hint ? { hint } : {})}
      onChange={(text) => put({ words: { ...block.words, [language]: text } } as Partial<Block>)}
    />
  )
  switch (block.kind) {
    case 'heading':
      return (
        <>
          {words(t('blocks.words'), 80)}
          <Segmented<1 | 2>
            aria-label={t('blocks.level')}
            value={block.level}
            onChange={(level) => put({ level }, 'level')}
            options={[
              { value: 1, label: t('blocks.level1') },
              { value: 2, label: t('blocks.level2') },
            ]}
          />
        </>
      )
    case 'list':
      return (
        <>
          {words(t('blocks.items'), 1500, 3, t('blocks.itemsHint'))}
          <Checkbox checked={block.ordered} onChange={(event) => put({ ordered: event.target.checked }, 'ordered')}>
            {t('blocks.ordered')}
          </Checkbox>
        </>
      )
    case 'button':
      return (
        <>
          {words(t('blocks.label'), 40, undefined, t('blocks.labelHint'))}
          <label className="pb-block-field">
            <span className="pb-block-label">{t('blocks.to')}</span>
            <Select
              aria-label={t('blocks.to')}
              value={block.to.startsWith('https://') ? 'https://' : block.to}
              onChange={(to: string) => put({ to }, 'to')}
              options={[
                ...links.map(({ name, label }) => ({ value: name, label })),
                { value: 'https://', label: t('blocks.address') },
              ]}
            />
          </label>
          {block.to.startsWith('https://') && (
            <Input
              aria-label={t('blocks.address')}
              value={block.to}
              maxLength={300}
              onChange={(event) =>
                put(
                  { to: `https://${event.target.value.replace(/^(https?:\/{0,2})+/, '').replace(/[\s"'<>{}]/g, '')}` },
                  'to',
                )
              }
            />
          )}
        </>
      )
    case 'picture':
      return (
        <>
          <PictureField block={block} onChange={(picture) => put(picture, 'picture')} />
          {words(t('blocks.alt'), 200, undefined, t('blocks.altHint'))}
        </>
      )
    case 'quote':
      return (
        <>
          {words(t('blocks.quoted'), 600, 3)}
          <WordsField
            label={t('blocks.source')}
            value={block.source[language]}
            most={160}
            hint={t('blocks.sourceHint')}
            onChange={(text) => put({ source: { ...block.source, [language]: text } }, 'source')}
          />
          <label className="pb-block-field">
            <span className="pb-block-label">{t('blocks.date')}</span>
            <Input
              aria-label={t('blocks.date')}
              placeholder="2024-06"
              maxLength={10}
              style={{ maxWidth: 160 }}
              value={block.date}
              onChange={(event) => put({ date: event.target.value.replace(/[^\d-]/g, '') }, 'date')}
            />
          </label>
        </>
      )
    case 'notice':
      return (
        <>
          <WordsField
            label={t('blocks.title')}
            value={block.title[language]}
            most={40}
            onChange={(text) => put({ title: { ...block.title, [language]: text } }, 'title')}
          />
          {words(t('blocks.words'), 600, 3)}
        </>
      )
    default:
      return words(
        t('blocks.words'),
        block.kind === 'contact' ? 200 : 2000,
        block.kind === 'contact' ? 2 : 4,
        t('blocks.boldHint'),
      )
  }
}
