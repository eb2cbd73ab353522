import { Button } from 'antd'
import {
  Card,
  Decision,
  ProblemAlert,
  Row,
  Stack,
  useAction,
  useConfirmReach,
  useGo,
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import {
  decideIssue,
  dropIssue,
  listArticles,
  listIssues,
  readIssue,
  reopenIssue,
  saveIssue,
  sendIssue,
  submitIssue,
  type IssueShown,
} from '../contract/newsletter.ts'
import type { IssueDefinition } from '../contract/words.ts'
import type { IssuePreview } from './use-issue-preview.ts'

export interface IssueActsProps {
  issue: IssueShown
  definition: IssueDefinition
  isChanged: boolean
  preview: IssuePreview | undefined
}

const INVALIDATES = [readIssue, listIssues, listArticles]

/** Keep, hand in, let go, take up again: each as far as one may. */
export function IssueActs({ issue, definition, isChanged, preview }: IssueActsProps) {
  const t = useT('newsletter')
  const say = useSay()
  const go = useGo()
  const confirm = useConfirmReach()
  const params = { issueId: issue.id }
  const save = useAction(saveIssue, { invalidates: INVALIDATES })
  const submit = useAction(submitIssue, { invalidates: INVALIDATES, onDone: () => say.done(t('done.submitted')) })
  const send = useAction(sendIssue, { invalidates: INVALIDATES, onDone: () => say.done(t('done.sent')) })
  const reopen = useAction(reopenIssue, { invalidates: INVALIDATES, onDone: () => say.done(t('done.reopened')) })
  const drop = useAction(dropIssue, { forgets: [listIssues], onDone: () => go('/newsletters') })
  const keep = async () => {
    const kept = await save.mutateAsync({ params, body: { definition, revision: issue.revision } })
    say.done(t('done.kept'))
    return kept.revision
  }
  const handIn = async () => {
    const revision = isChanged ? await keep() : issue.revision
    await submit.mutateAsync({ params, body: { revision } })
  }
  const quietly = (work: Promise<unknown>) => void work.catch(say.problem)
  const lacking = preview ? preview.faults.length + preview.findings.length : 1
  const askSend = async () => {
    const reach = [t('send.who'), t('send.gate'), t('send.stop')]
    if (await confirm({ title: t('send.title', { number: issue.number }), reach, verb: t('act.send') }))
      quietly(send.mutateAsync({ params }))
  }
  const askDrop = async () => {
    const reach = [t('drop.reach')]
    if (await confirm({ title: t('drop.title', { number: issue.number }), reach, verb: t('act.drop'), danger: true }))
      quietly(drop.mutateAsync({ params }))
  }
  return (
    <Row>
      {issue.can.write && issue.decidedBy === null && <Button onClick={() => void askDrop()}>{t('act.drop')}</Button>}
      {issue.can.write && (
        <Button loading={save.isPending} disabled={!isChanged} onClick={() => quietly(keep())}>
          {t('act.keep')}
        </Button>
      )}
      {issue.can.submit && (
        <Button type="primary" loading={submit.isPending} disabled={lacking > 0} onClick={() => quietly(handIn())}>
          {t('act.submit')}
        </Button>
      )}
      {issue.can.reopen && (
        <Button loading={reopen.isPending} onClick={() => quietly(reopen.mutateAsync({ params }))}>
          {t('act.reopen')}
        </Button>
      )}
      {issue.can.send && (
        <Button type="primary" loading={send.isPending} onClick={() => void askSend()}>
          {t('act.send')}
        </Button>
      )}
    </Row>
  )
}

/** The second pair of eyes. */
export function DecideCard({ issue }: { issue: IssueShown }) {
  const t = useT('newsletter')
  const say = useSay()
  const decide = useAction(decideIssue, { invalidates: INVALIDATES, onDone: () => say.done(t('done.decided')) })
  return (
    <Card title={t('decide.title')}>
      <Stack tight>
        <p className="pb-hint">{t('decide.hint')}</p>
        <ProblemAlert problem={decide.error} />
        <Decision
          noteLabel={t('decide.note')}
          approve={t('act.approve')}
          giveBack={t('act.giveBack')}
          loading={decide.isPending}
          onDecide={(approve, note) =>
            decide.mutate({ params: { issueId: issue.id }, body: { revision: issue.revision, approve, note } })
          }
        />
      </Stack>
    </Card>
  )
}
