import { Segmented } from 'antd'
import { useState, type ReactNode } from 'react'
import { Card, ProblemAlert, Row, useCan, useLocale, useT } from '../../../platform/web/index.ts'
import type { TemplateDefinition } from '../contract/template.ts'
import { AsPerson } from './blocks/as-person.tsx'
import { MailSheet } from './mail-sheet.tsx'

type Language = 'zh' | 'en'
type Mail = Parameters<typeof MailSheet>[0]['content']

export interface PreviewCardProps {
  /** The mail in each language; null where it cannot be laid out. Undefined until it is known. */
  mails: Record<Language, Mail | null> | undefined
  /** What one of one's own people would be shown. */
  definition: TemplateDefinition | undefined
  problem: Error | undefined
  heightPx: number
  /** Between the choices and the mail: what the check finds. */
  children: (language: Language) => ReactNode
}

/** A mail as people get it: in either language, on a phone or a computer, by day or in the dark, and as one of one's own people. */
export function PreviewCard({ mails, definition, problem, heightPx, children }: PreviewCardProps) {
  const t = useT('message')
  const [language, setLanguage] = useState<Language>(useLocale() === 'en' ? 'en' : 'zh')
  const [width, setWidth] = useState<'phone' | 'desktop'>('phone')
  const [light, setLight] = useState<'light' | 'dark'>('light')
  const mayBePerson = useCan('message.send')
  const look = { width, dark: light === 'dark', heightPx }
  const content = mails?.[language]
  return (
    <Card title={t('preview.title')}>
      <Row>
        <Segmented
          size="small"
          value={language}
          onChange={setLanguage}
          aria-label={t('preview.language')}
          options={[
            { value: 'zh', label: t('part.zh') },
            { value: 'en', label: t('part.en') },
          ]}
        />
        <Segmented
          size="small"
          value={width}
          onChange={setWidth}
          aria-label={t('preview.width')}
          options={(['phone', 'desktop'] as const).map((value) => ({ value, label: t(`preview.${value}`) }))}
        />
        <Segmented
          size="small"
          value={light}
          onChange={setLight}
          aria-label={t('preview.light')}
          options={[
            { value: 'light', label: t('preview.bright') },
            { value: 'dark', label: t('preview.dark') },
          ]}
        />
      </Row>
      <ProblemAlert problem={problem} />
      {children(language)}
      {content ? <MailSheet content={content} {...look} /> : mails && <p className="pb-due">{t('preview.broken')}</p>}
      {definition && mayBePerson && <AsPerson definition={definition} look={look} />}
    </Card>
  )
}
