import { Status, useT } from '../../../platform/web/index.ts'
import type { TemplateDefinition, TemplateFinding } from '../contract/template.ts'
import { PreviewCard } from './preview-card.tsx'
import { TemplateWarnings } from './template-warnings.tsx'
import type { Preview } from './use-preview.ts'

export interface TemplatePreviewProps {
  definition: TemplateDefinition
  preview: Preview | undefined
  problem: Error | undefined
  /** Leads to the block a finding stands in. */
  onFind: (blockId: string) => void
}

/** As a fictitious person gets it, or as one of one's own people would, with what the check finds. */
export function TemplatePreview({ definition, preview, problem, onFind }: TemplatePreviewProps) {
  const t = useT('message')
  return (
    <PreviewCard mails={preview} definition={definition} problem={problem} heightPx={560}>
      {(language) => (
        <>
          <p className="pb-hint">
            {t('preview.hint')}
            {preview && ` ${t('preview.size', { kilobytes: kilobytes(preview.bytes[language]) })}`}
          </p>
          {preview && <Findings findings={preview.findings} definition={definition} onFind={onFind} />}
          {preview && <TemplateWarnings warnings={preview.warnings} />}
        </>
      )}
    </PreviewCard>
  )
}

const kilobytes = (bytes: number) => Math.max(0.1, Math.round(bytes / 102.4) / 10)

interface FindingsProps {
  findings: readonly TemplateFinding[]
  definition: TemplateDefinition
  onFind: (blockId: string) => void
}

function Findings({ findings, definition, onFind }: FindingsProps) {
  const t = useT('message')
  if (findings.length === 0) return <Status tone="good">{t('preview.fine')}</Status>
  const part = (finding: TemplateFinding) => {
    const [language = '', piece] = finding.part.split('.')
    const where = piece ? `${t(`part.${language}`)} ${t(`part.${piece}`)}` : t(`part.${finding.part}`)
    const at = definition.blocks.findIndex(
      (block) =>
        block.id === finding.block ||
        (block.kind === 'columns' && [...block.left, ...block.right].some(({ id }) => id === finding.block)),
    )
    return at < 0
      ? where
      : `${t(`part.${language}`)} ${t('blocks.numbered', { number: at + 1, kind: t(`blocks.kind.${definition.blocks[at]!.kind}`) })}`
  }
  const words = (finding: TemplateFinding) => {
    const what = finding.kind === 'personal-data' ? t(`reason.${finding.what}`) : finding.what
    const kind = t(`finding.${finding.kind}`)
    return what
      ? t('finding.line', { part: part(finding), kind, what })
      : t('finding.bare', { part: part(finding), kind })
  }
  return (
    <ul className="pb-plain-list" aria-label={t('preview.findings')}>
      {findings.map((finding) => (
        <li key={`${finding.part} ${finding.kind} ${finding.what} ${finding.block ?? ''}`}>
          <Status tone="danger">{words(finding)}</Status>
          {finding.block && (
            <button type="button" className="pb-link" onClick={() => onFind(finding.block!)}>
              {t('blocks.go')}
            </button>
          )}
          {finding.because && <div className="pb-hint">{finding.because}</div>}
        </li>
      ))}
    </ul>
  )
}
