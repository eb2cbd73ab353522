import '../../message/staff/message.css'
import { useState } from 'react'
import {
  Loading,
  Page,
  ProblemAlert,
  Row,
  Stack,
  Status,
  useApi,
  usePathParam,
  useT,
} from '../../../platform/web/index.ts'
import { readIssue, type IssueShown } from '../contract/newsletter.ts'
import type { IssueDefinition } from '../contract/words.ts'
import { DecideCard, IssueActs } from './issue-acts.tsx'
import { IssueForm } from './issue-form.tsx'
import { IssuePreviewCard } from './issue-preview.tsx'
import { IssueStanding } from './issue-standing.tsx'
import { useIssuePreview } from './use-issue-preview.ts'
import { monthWords, TONES, useLang } from './words.ts'

/** One issue: put together at the left, seen as the letter it becomes at the right; later who approved it and what came of it. */
export function IssuePage() {
  const t = useT('newsletter')
  const issueId = usePathParam('issueId')
  const { data, error, refetch } = useApi(readIssue, { params: { issueId: issueId as never } })
  if (error)
    return (
      <Page title={t('one')} breadcrumbs={[{ label: t('nav.newsletters'), to: '/newsletters' }]}>
        <ProblemAlert problem={error} onRetry={() => void refetch()} />
      </Page>
    )
  if (!data) return <Loading />
  return <Issue key={`${data.id} ${data.revision} ${data.state}`} issue={data} />
}

function Issue({ issue }: { issue: IssueShown }) {
  const t = useT('newsletter')
  const lang = useLang()
  const [definition, setDefinition] = useState<IssueDefinition>(issue.definition)
  const { preview, problem } = useIssuePreview(issue, definition)
  const isChanged = definition !== issue.definition
  return (
    <Page
      title={t('page.title', { month: monthWords(issue.month, lang), number: issue.number })}
      breadcrumbs={[{ label: t('nav.newsletters'), to: '/newsletters' }]}
      hint={
        <Row>
          <Status tone={TONES[issue.state]}>{t(`state.${issue.state}`)}</Status>
          {isChanged && <span className="pb-hint">{t('page.unsaved')}</span>}
        </Row>
      }
      actions={<IssueActs issue={issue} definition={definition} isChanged={isChanged} preview={preview} />}
    >
      <div className="pb-editor">
        <Stack>
          {issue.can.decide && <DecideCard issue={issue} />}
          <IssueStanding issue={issue} />
          {issue.can.write && <IssueForm definition={definition} change={setDefinition} />}
        </Stack>
        <div className="pb-phone">
          <IssuePreviewCard
            preview={preview}
            problem={problem}
            isOpen={issue.state === 'draft' || issue.state === 'submitted'}
          />
        </div>
      </div>
    </Page>
  )
}
