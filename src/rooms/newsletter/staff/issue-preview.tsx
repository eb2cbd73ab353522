import { Loading, Status, useT } from '../../../platform/web/index.ts'
import { PreviewCard } from '../../message/staff/preview-card.tsx'
import type { IssuePreview } from './use-issue-preview.ts'

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
  return (
    <PreviewCard mails={preview} definition={preview?.template} problem={problem} heightPx={620}>
      {() => (
        <>
          {!preview && !problem && <Loading />}
          {preview && isOpen && <Lacking preview={preview} />}
        </>
      )}
    </PreviewCard>
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
