import { Button } from 'antd'
import { useState } from 'react'
import {
  Card,
  InstantText,
  Row,
  Stack,
  useAction,
  useConfirmReach,
  useGo,
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import {
  getComposition,
  issueComposition,
  listCompositions,
  notifyPatient,
  signParts,
  type CompositionView,
} from '../contract/composition.ts'
import { listPrintedReports, printReport } from '../contract/health-report.ts'
import { BecauseDrawer } from './because-drawer.tsx'

const CHANGED = [getComposition, listCompositions, listPrintedReports]

/** The next step first: sign what is left, then the whole; then tell the person, print, correct. */
export function CompositionActs({ composition }: { composition: CompositionView }) {
  const t = useT('health-report')
  const [asking, setAsking] = useState<'amend' | 'recall'>()
  const { state, parts, issued, notified, can } = composition
  const left = parts.filter(({ signature }) => signature === null)
  return (
    <Card>
      <Stack tight>
        <p style={{ margin: 0 }}>
          {issued ? (
            <>
              {t('composition.issuedBy', { name: issued.name, title: issued.title })} <InstantText at={issued.at} />
            </>
          ) : left.length > 0 ? (
            t('composition.left', { count: left.length, total: parts.length })
          ) : (
            t('composition.allSigned')
          )}
          {notified && (
            <span className="pb-hint">
              {' '}
              {t('composition.notified', { name: notified.name })} <InstantText at={notified.at} />
            </span>
          )}
        </p>
        <Row>
          {can.sign && left.length > 0 && <SignAll composition={composition} />}
          {can.signChief && <IssueButton composition={composition} />}
          {can.notify && <NotifyButton composition={composition} />}
          {can.print && <PrintButton composition={composition} />}
          {can.amend && <Button onClick={() => setAsking('amend')}>{t('act.amend')}</Button>}
          {can.recall && (
            <Button danger type="text" onClick={() => setAsking('recall')}>
              {t('act.recall')}
            </Button>
          )}
        </Row>
        {state === 'signed' && !can.signChief && <p className="pb-hint">{t('composition.waitsForChief')}</p>}
      </Stack>
      <BecauseDrawer compositionId={composition.id} act={asking} onClose={() => setAsking(undefined)} />
    </Card>
  )
}

function SignAll({ composition: { id, parts } }: { composition: CompositionView }) {
  const t = useT('health-report')
  const say = useSay()
  const left = parts.filter(({ signature }) => signature === null)
  const sign = useAction(signParts, {
    invalidates: CHANGED,
    onDone: ({ signed }) => say.done(t('said.signed', { count: signed })),
  })
  return (
    <Button
      type="primary"
      loading={sign.isPending}
      onClick={() =>
        sign.mutate(
          { params: { compositionId: id }, body: { parts: left.map(({ key, hash }) => ({ key, hash })) } },
          { onError: say.problem },
        )
      }
    >
      {t('act.signAll', { count: left.length })}
    </Button>
  )
}

function IssueButton({ composition: { id, hash, patient, conclusions } }: { composition: CompositionView }) {
  const t = useT('health-report')
  const say = useSay()
  const confirm = useConfirmReach()
  const issue = useAction(issueComposition, { invalidates: CHANGED, onDone: () => say.done(t('said.issued')) })
  const ask = async () => {
    const agreed = await confirm({
      title: t('issue.title', { name: patient.name }),
      reach: [t('issue.conclusions', { count: conclusions.length }), t('issue.stands'), t('issue.notTold')],
      verb: t('act.issue'),
    })
    if (agreed) issue.mutate({ params: { compositionId: id }, body: { hash } }, { onError: say.problem })
  }
  return (
    <Button type="primary" loading={issue.isPending} onClick={() => void ask()}>
      {t('act.issue')}
    </Button>
  )
}

function NotifyButton({ composition: { id, patient } }: { composition: CompositionView }) {
  const t = useT('health-report')
  const say = useSay()
  const notify = useAction(notifyPatient, {
    invalidates: CHANGED,
    onDone: () => say.done(t('said.notified', { name: patient.name })),
  })
  return (
    <Button
      type="primary"
      loading={notify.isPending}
      onClick={() => notify.mutate({ params: { compositionId: id } }, { onError: say.problem })}
    >
      {t('act.notify')}
    </Button>
  )
}

function PrintButton({ composition: { patient, examId } }: { composition: CompositionView }) {
  const t = useT('health-report')
  const say = useSay()
  const go = useGo()
  const print = useAction(printReport, { invalidates: [listPrintedReports] })
  const send = () =>
    print.mutate(
      { params: { patientId: patient.id }, body: { examId } },
      {
        onSuccess: () => {
          say.done(t('print.done'))
          go(`/patients/${patient.id}?tab=printed`)
        },
        onError: say.problem,
      },
    )
  return (
    <Button loading={print.isPending} onClick={send}>
      {t('print.action')}
    </Button>
  )
}
