import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Checkbox, Input, Select } from 'antd'
import { useState } from 'react'
import { Card, Empty, Row, Stack, TabSet, useApi, useT } from '../../../platform/web/index.ts'
import { useAudiences } from '../../message/staff/blocks/audience-field.tsx'
import { listArticles, type OfferedArticle } from '../contract/newsletter.ts'
import { ARTICLES_MOST, type Article, type IssueDefinition } from '../contract/words.ts'
import { monthWords, useLang } from './words.ts'

type Language = 'zh' | 'en'
interface Part {
  language: Language
  definition: IssueDefinition
  change: (next: IssueDefinition) => void
}

/** What one fills in of an issue: both languages, the articles, a word for some, the way to one's own pages. */
export function IssueForm({ definition, change }: Omit<Part, 'language'>) {
  const t = useT('newsletter')
  const [language, setLanguage] = useState<Language>(useLang())
  const part = { language, definition, change }
  const put = (key: 'title' | 'lead', value: string) =>
    change({ ...definition, [key]: { ...definition[key], [language]: value } })
  return (
    <Card title={t('form.title')}>
      <TabSet
        active={language}
        onChange={(key) => setLanguage(key as Language)}
        items={(['zh', 'en'] as const).map((key) => ({ key, label: t(key), content: null }))}
      />
      <Stack>
        <Words
          label={t('form.heading')}
          value={definition.title[language]}
          most={60}
          onChange={(v) => put('title', v)}
        />
        <Words
          label={t('form.lead')}
          value={definition.lead[language]}
          most={600}
          rows={3}
          onChange={(v) => put('lead', v)}
        />
        <Articles {...part} />
        <Aside {...part} />
        <Checkbox
          checked={definition.ownSteps}
          onChange={({ target }) => change({ ...definition, ownSteps: target.checked })}
        >
          {t('form.ownSteps')}
        </Checkbox>
      </Stack>
    </Card>
  )
}

function Words({
  label,
  value,
  most,
  rows,
  onChange,
}: {
  label: string
  value: string
  most: number
  rows?: number
  onChange: (value: string) => void
}) {
  const given = { 'aria-label': label, value, maxLength: most }
  return (
    <label className="pb-block-field">
      <span>{label}</span>
      {rows ? (
        <Input.TextArea
          {...given}
          autoSize={{ minRows: rows, maxRows: 12 }}
          onChange={(e) => onChange(e.target.value)}
        />
      ) : (
        <Input {...given} onChange={(e) => onChange(e.target.value)} />
      )}
    </label>
  )
}

function Articles({ language, definition, change }: Part) {
  const t = useT('newsletter')
  const { data } = useApi(listArticles)
  const { articles } = definition
  const set = (next: Article[]) => change({ ...definition, articles: next })
  const left = (data?.articles ?? []).filter(({ card }) => !articles.some((one) => one.card === card))
  const add = (card: string) => {
    const { kind: _kind, before: _before, ...chosen } = left.find((one) => one.card === card)!
    set([...articles, chosen])
  }
  return (
    <section aria-label={t('articles')}>
      <h3>{t('form.articles', { count: articles.length })}</h3>
      {articles.length === 0 && <Empty title={t('form.noArticles')} hint={t('form.noArticlesHint')} />}
      <Stack>
        {articles.map((one, at) => (
          <ArticleFields
            key={one.card}
            article={one}
            language={language}
            number={at + 1}
            isFirst={at === 0}
            isLast={at === articles.length - 1}
            onChange={(next) => set(articles.with(at, next))}
            onMove={(by) => set(articles.toSpliced(at, 1).toSpliced(at + by, 0, one))}
            onDrop={() => set(articles.toSpliced(at, 1))}
          />
        ))}
        <Select
          aria-label={t('form.addArticle')}
          placeholder={
            <>
              <PlusOutlined /> {t('form.addArticle')}
            </>
          }
          value={null}
          disabled={articles.length >= ARTICLES_MOST}
          showSearch={{ optionFilterProp: 'search' }}
          onChange={(card: string | null) => card && add(card)}
          options={left.map((one) => ({
            value: one.card,
            label: <Offered one={one} language={language} />,
            search: one.title[language],
          }))}
        />
      </Stack>
    </section>
  )
}

function Offered({ one, language }: { one: OfferedArticle; language: Language }) {
  const t = useT('newsletter')
  const last = one.before[0]
  return (
    <>
      {one.title[language]}{' '}
      <span className="pb-hint">{last && t('form.before', { month: monthWords(last, language) })}</span>
    </>
  )
}

interface ArticleProps {
  article: Article
  language: Language
  number: number
  isFirst: boolean
  isLast: boolean
  onChange: (next: Article) => void
  onMove: (by: -1 | 1) => void
  onDrop: () => void
}

/** Its words are those of its card until somebody shortens them. */
function ArticleFields({ article, language, number, isFirst, isLast, onChange, onMove, onDrop }: ArticleProps) {
  const t = useT('newsletter')
  const put = (key: 'title' | 'summary' | 'points' | 'source', value: string) =>
    onChange({ ...article, [key]: { ...article[key], [language]: value } })
  const named = { number }
  return (
    <section aria-label={t('form.article', named)} className="pb-block-open" style={{ padding: 12 }}>
      <Row>
        <strong>{t('form.article', named)}</strong>
        <Button
          size="small"
          type="text"
          icon={<ArrowUpOutlined />}
          aria-label={t('form.up', named)}
          disabled={isFirst}
          onClick={() => onMove(-1)}
        />
        <Button
          size="small"
          type="text"
          icon={<ArrowDownOutlined />}
          aria-label={t('form.down', named)}
          disabled={isLast}
          onClick={() => onMove(1)}
        />
        <Button
          size="small"
          type="text"
          icon={<DeleteOutlined />}
          aria-label={t('form.dropArticle', named)}
          onClick={onDrop}
        />
      </Row>
      <Stack tight>
        <Words
          label={t('form.articleTitle')}
          value={article.title[language]}
          most={80}
          onChange={(v) => put('title', v)}
        />
        <Words
          label={t('form.summary')}
          value={article.summary[language]}
          most={800}
          rows={2}
          onChange={(v) => put('summary', v)}
        />
        <Words
          label={t('form.points')}
          value={article.points[language]}
          most={1400}
          rows={3}
          onChange={(v) => put('points', v)}
        />
        <Words
          label={t('form.source')}
          value={article.source[language]}
          most={160}
          onChange={(v) => put('source', v)}
        />
        {language === 'en' && article.source.zh.trim() && !article.source.en.trim() && (
          <p className="pb-hint">{t('form.sourceWanted', { source: article.source.zh.trim() })}</p>
        )}
        <Words
          label={t('form.date')}
          value={article.date}
          most={10}
          onChange={(date) => onChange({ ...article, date })}
        />
      </Stack>
    </section>
  )
}

/** A word that only the people of one segment read. */
function Aside({ language, definition, change }: Part) {
  const t = useT('newsletter')
  const { audiences } = useAudiences()
  const { aside } = definition
  const empty = { zh: '', en: '' }
  const choose = (onlyFor: string | null) =>
    change({
      ...definition,
      aside: onlyFor ? { title: aside?.title ?? empty, words: aside?.words ?? empty, onlyFor } : null,
    })
  const put = (key: 'title' | 'words', value: string) =>
    aside && change({ ...definition, aside: { ...aside, [key]: { ...aside[key], [language]: value } } })
  const chosen = audiences.find(({ id }) => id === aside?.onlyFor)
  return (
    <section aria-label={t('form.aside')}>
      <h3>{t('form.aside')}</h3>
      <Stack tight>
        <Select
          aria-label={t('form.asideFor')}
          allowClear
          placeholder={t('form.asideNobody')}
          value={aside?.onlyFor ?? null}
          onChange={choose}
          options={audiences.map(({ id, name, isBarred }) => ({ value: id, label: name, disabled: isBarred }))}
        />
        {chosen && <small className="pb-hint">{t(chosen.behindLogin ? 'form.asideLogin' : 'form.asideOpen')}</small>}
        {aside && (
          <>
            <Words
              label={t('form.asideTitle')}
              value={aside.title[language]}
              most={60}
              onChange={(v) => put('title', v)}
            />
            <Words
              label={t('form.asideWords')}
              value={aside.words[language]}
              most={800}
              rows={2}
              onChange={(v) => put('words', v)}
            />
          </>
        )}
      </Stack>
    </section>
  )
}
