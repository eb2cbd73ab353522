import { Alert } from 'antd'
import {
  Card,
  Columns,
  DateText,
  Facts,
  Go,
  InstantText,
  Loading,
  Page,
  ProblemAlert,
  Row,
  Stack,
  useApi,
  usePathParam,
  useSlot,
  useT,
} from '../../../platform/web/index.ts'
import type { OutputOf } from '../../../platform/contract/index.ts'
import { openTalk } from '../contract/talk.ts'
import { MarkedResults } from './marked-results.tsx'
import { OutcomeCard } from './outcome-card.tsx'
import { OutcomeForm } from './outcome-form.tsx'
import { QuestionsCard } from './questions-card.tsx'
import { GradeText, PersonLine, SlotText, StateText } from './words.tsx'
import './interpretation.css'

export type Talk = OutputOf<typeof openTalk>

/** What the doctor has before them while they talk: the question, the results, and beside them what is written down. */
export function TalkPage() {
  const t = useT('interpretation')
  const orderId = usePathParam('orderId')
  const { data, error, refetch } = useApi(openTalk, { params: { orderId: orderId as never } }, { keep: false })
  const crumbs = [{ label: t('nav.board'), to: '/interpretations' }, { label: t('talk.page') }]
  if (error)
    return (
      <Page title={t('talk.page')} breadcrumbs={crumbs}>
        <ProblemAlert problem={error} onRetry={() => void refetch()} />
      </Page>
    )
  if (!data)
    return (
      <Page title={t('talk.page')} breadcrumbs={crumbs}>
        <Loading lines={8} />
      </Page>
    )
  const { order } = data
  return (
    <Page
      title={t('talk.title', { name: order.patient.name })}
      breadcrumbs={crumbs}
      hint={
        <Row>
          <PersonLine patient={order.patient} />
          {order.slot && <SlotText slot={order.slot} doctor={false} />}
          {order.slot?.way === 'phone' && <span className="pb-number">{order.patient.phoneMasked}</span>}
          <StateText line={order} />
        </Row>
      }
    >
      <Columns minPx={420}>
        <Stack>
          <Card title={t('talk.question')}>
            <p className="it-question">{order.question}</p>
          </Card>
          <Report talk={data} />
          <Last talk={data} />
        </Stack>
        <Stack>
          {order.can.includes('talk') && <CallParts talk={data} />}
          <QuestionsCard order={order} />
          {order.outcome && <OutcomeCard order={order} />}
          {(order.can.includes('talk') || order.can.includes('correct')) && (
            <OutcomeForm key={order.outcome?.version ?? 0} talk={data} />
          )}
        </Stack>
      </Columns>
    </Page>
  )
}

/** What other rooms put beside a talk that is not held face to face: the recorder. */
function CallParts({ talk: { order } }: { talk: Talk }) {
  const parts = useSlot('callParts')
  if (!order.slot || order.slot.way === 'in-person' || parts.length === 0) return null
  return (
    <section className="pb-card">
      {parts.map(({ key, component: Part }) => (
        <Part key={key} patientId={order.patient.id} subject={{ kind: 'interpretation', id: order.id }} />
      ))}
    </section>
  )
}

function Report({ talk: { order, content } }: { talk: Talk }) {
  const t = useT('interpretation')
  if (!order.report || !content) return <Alert type="warning" showIcon title={t('talk.recalled')} />
  return (
    <>
      <Card
        title={t('talk.marked')}
        extra={
          <Go to={`/report-signing/${order.report.id}`}>
            <DateText date={order.report.examOn} /> {t('talk.whole')}
          </Go>
        }
      >
        <MarkedResults marked={content.marked} />
      </Card>
      {content.conclusions.length > 0 && (
        <Card title={t('talk.conclusions')}>
          <Facts
            items={content.conclusions.map(({ title, advice, basis }) => [title, advice || basis || '—'] as const)}
          />
        </Card>
      )}
    </>
  )
}

/** What was said last time, so that nobody says something else without knowing. */
function Last({ talk: { last } }: { talk: Talk }) {
  const t = useT('interpretation')
  if (!last) return null
  return (
    <Card title={t('talk.before')} extra={<GradeText grade={last.outcome.grade} />}>
      <p className="pb-hint">
        {t('talk.lastBy', { name: last.signedBy })} <InstantText at={last.signedAt} />
      </p>
      <p className="it-text">{last.outcome.meaning}</p>
    </Card>
  )
}
