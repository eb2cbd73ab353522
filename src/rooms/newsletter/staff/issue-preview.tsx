import { Segmented } from 'antd'
import { useState } from 'react'
import { Card, Loading, ProblemAlert, Row, Status, useCan, useT } from '../../../platform/web/index.ts'
import { AsPerson } from '../../message/staff/blocks/as-person.tsx'
import { MailSheet } from '../../message/staff/mail-sheet.tsx'
import type { IssuePreview } from './use-issue-preview.ts'
import { useLang } from './words.ts'

/** The letter as a fictitious person gets it, with what still stands in the way of handing it in. */
export function IssuePreviewCard({
  preview,
  problem,
  isOpen,
}: {
  preview: IssuePreview | undefined
  problem: Error | undefined
  /** It may still change. */
  isOpen: boolean
}) {
  const t = useT('newsletter')
  const [language, setLanguage] = useState<'zh' | 'en'>(useLang())
  const [width, setWidth] = useState<'phone' | 'desktop'>('phone')
  const mayBePerson = useCan('message.send')
  const look = { width, dark: false, heightPx: 620 }
  const content = preview?.[language]
  return (
    <Card title={t('preview.title')}>
      <Row>
        <Segmented
          size="small"
          value={language}
          onChange={setLanguage}
          aria-label={t('preview.language')}
          options={[
            { value: 'zh', label: t('zh') },
            { value: 'en', label: t('en') },
          ]}
        />
        <Segmented
          size="small"
          value={width}
          onChange={setWidth}
          aria-label={t('preview.width')}
          options={(['phone', 'desktop'] as const).map((value) => ({ value, label: t(`preview.${value}`) }))}
        />
      </Row>
      <ProblemAlert problem={problem} />
      {!preview && !problem && <Loading />}
      {preview && isOpen && <Lacking preview={preview} />}
      {content ? <MailSheet content={content} {...look} /> : preview && <p className="pb-due">{t('preview.broken')}</p>}
      {preview && mayBePerson && <AsPerson definition={preview.template} look={look} />}
    </Card>
  )
}

function Lacking({ preview: { faults, findings } }: { preview: IssuePreview }) {
  const t = useT('newsletter')
  const m = useT('message')
  if (faults.length + findings.length === 0) return <Status tone="good">{t('preview.fine')}</Status>
  const placeOf = (block: string | undefined) => {
    const article = /^a(\d)(head|text|list|source)$/.exec(block ?? '')?.[1]
    if (article) return t('fault.inArticle', { number: article })
    return block?.startsWith('aside') ? t('fault.inAside') : ''
  }
  return (
    <ul className="pb-plain-list" aria-label={t('preview.lacking')}>
      {faults.map(({ code, article }) => (
        <li key={`${code} ${article}`}>
          <Status tone="due">
            {article === null ? '' : t('fault.inArticle', { number: article })}
            {t(`fault.${code}`)}
          </Status>
        </li>
      ))}
      {findings.map((finding) => (
        <li key={`${finding.part} ${finding.kind} ${finding.what} ${finding.block ?? ''}`}>
          <Status tone="danger">
            {placeOf(finding.block)}
            {m(`finding.${finding.kind}`)}
            {finding.what && t('fault.what', { what: finding.what })}
          </Status>
        </li>
      ))}
    </ul>
  )
}
