import { Segmented } from 'antd'
import { useEffect, useState } from 'react'
import { call, Card, ProblemAlert, Status, useLocale, useT } from '../../../platform/web/index.ts'
import type { OutputOf } from '../../../platform/contract/index.ts'
import { previewTemplate, type TemplateDefinition } from '../contract/template.ts'
import { MailSheet } from './mail-sheet.tsx'

const TYPING_MS = 400

/** As a fictitious person gets it, with what the check finds, a moment after one stops typing. */
export function TemplatePreview({ definition }: { definition: TemplateDefinition }) {
  const t = useT('message')
  const [language, setLanguage] = useState<'zh' | 'en'>(useLocale() === 'en' ? 'en' : 'zh')
  const { preview, problem } = usePreview(definition)
  const content = preview?.[language]
  return (
    <Card
      title={t('preview.title')}
      extra={
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
      }
    >
      <p className="pb-hint">{t('preview.hint')}</p>
      <ProblemAlert problem={problem} />
      {preview && <Findings findings={preview.findings} />}
      {content ? (
        <MailSheet content={content} heightPx={560} />
      ) : (
        preview && <p className="pb-due">{t('preview.broken')}</p>
      )}
    </Card>
  )
}

type Preview = OutputOf<typeof previewTemplate>

function usePreview(definition: TemplateDefinition) {
  const [preview, setPreview] = useState<Preview>()
  const [problem, setProblem] = useState<Error>()
  useEffect(() => {
    const asked = new AbortController()
    const ask = async () => {
      try {
        setPreview(await call(previewTemplate, { body: { definition } }, { signal: asked.signal }))
        setProblem(undefined)
      } catch (error) {
        if (!asked.signal.aborted) setProblem(error as Error)
      }
    }
    const timer = setTimeout(() => void ask(), preview ? TYPING_MS : 0)
    return () => {
      clearTimeout(timer)
      asked.abort()
    }
  }, [definition])
  return { preview, problem }
}

function Findings({ findings }: { findings: Preview['findings'] }) {
  const t = useT('message')
  if (findings.length === 0) return <Status tone="good">{t('preview.fine')}</Status>
  const part = (name: string) => {
    const [language = '', piece] = name.split('.')
    return piece ? `${t(`part.${language}`)} ${t(`part.${piece}`)}` : t(`part.${name}`)
  }
  const what = (finding: Preview['findings'][number]) =>
    finding.kind === 'personal-data' ? t(`reason.${finding.what}`) : finding.what
  return (
    <ul className="pb-plain-list" aria-label={t('preview.findings')}>
      {findings.map((finding) => (
        <li key={`${finding.part} ${finding.kind} ${finding.what}`}>
          <Status tone="danger">
            {t('finding.line', { part: part(finding.part), kind: t(`finding.${finding.kind}`), what: what(finding) })}
          </Status>
          {finding.because && <div className="pb-hint">{finding.because}</div>}
        </li>
      ))}
    </ul>
  )
}
