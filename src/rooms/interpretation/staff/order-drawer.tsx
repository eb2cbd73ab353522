import {
  Card,
  DateText,
  Facts,
  Go,
  InstantText,
  Loading,
  ProblemAlert,
  Row,
  SideDrawer,
  Stack,
  useApi,
  useT,
} from '../../../platform/web/index.ts'
import { getOrder, type OrderView } from '../contract/order.ts'
import { OrderActs } from './order-acts.tsx'
import { OutcomeCard } from './outcome-card.tsx'
import { QuestionsCard } from './questions-card.tsx'
import { GradeText, PersonLine, SlotText, StateText } from './words.tsx'

/** One interpretation at the side: what the person wants to know, the time, what came of it, and what was done. */
export function OrderDrawer({ orderId, onClose }: { orderId: string | undefined; onClose: () => void }) {
  const t = useT('interpretation')
  const { data, error, refetch } = useApi(
    getOrder,
    { params: { orderId: (orderId ?? '') as never } },
    { enabled: orderId !== undefined, keep: false },
  )
  return (
    <SideDrawer title={t('drawer.title')} open={orderId !== undefined} onClose={onClose} widthPx={620}>
      {error && <ProblemAlert problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && (
        <Stack>
          <Head order={data} />
          <OrderActs key={`${data.id} ${data.version}`} order={data} />
          <Details order={data} />
          <QuestionsCard order={data} />
          {data.outcome && <OutcomeCard order={data} />}
          <Log order={data} />
        </Stack>
      )}
    </SideDrawer>
  )
}

function Head({ order }: { order: OrderView }) {
  const t = useT('interpretation')
  return (
    <div className="pb-stack pb-stack-tight">
      <Row>
        <span style={{ fontSize: 16 }}>
          <Go to={`/patients/${order.patient.id}?tab=interpretation`}>
            <PersonLine patient={order.patient} />
          </Go>
        </span>
        <StateText line={order} />
        <GradeText grade={order.grade} />
      </Row>
      <Card title={t('drawer.question')}>
        <p style={{ whiteSpace: 'pre-wrap' }}>{order.question}</p>
      </Card>
    </div>
  )
}

function Details({ order }: { order: OrderView }) {
  const t = useT('interpretation')
  const { report, slot, offers, tracking } = order
  return (
    <Facts
      items={[
        [
          t('drawer.report'),
          report ? (
            <Go key="report" to={`/report-signing/${report.id}`}>
              <DateText date={report.examOn} /> {report.title} {t('line.marked', { count: report.marked })}
            </Go>
          ) : (
            t('drawer.recalled')
          ),
        ],
        [t('drawer.time'), slot && <SlotText key="slot" slot={slot} />],
        [t('drawer.place'), slot?.place],
        [t('drawer.phone'), slot?.way === 'phone' ? order.patient.phoneMasked : ''],
        [
          t('drawer.offers'),
          order.state === 'offered' && offers.length > 0
            ? offers.map((one) => (
                <div key={one.id}>
                  <SlotText slot={one} />
                </div>
              ))
            : null,
        ],
        [
          t('drawer.asked'),
          <span key="asked">
            <InstantText at={order.askedAt} /> {t(order.askedBy === 'patient' ? 'line.byPatient' : 'line.byStaff')}
          </span>,
        ],
        [t('tracking.title'), tracking && <TrackingText key="tracking" tracking={tracking} />],
      ]}
    />
  )
}

function TrackingText({ tracking }: { tracking: NonNullable<OrderView['tracking']> }) {
  const t = useT('interpretation')
  const { months, asked, nextOn, endedBecause, endedOn, reason } = tracking
  const standing = endedBecause
    ? t(`tracking.ended.${endedBecause}`, { on: endedOn ?? '', months })
    : t('tracking.running', { months, asked, on: nextOn ?? '' })
  return (
    <>
      {standing} <span className="pb-hint">{reason}</span>
    </>
  )
}

function Log({ order: { log } }: { order: OrderView }) {
  const t = useT('interpretation')
  return (
    <section aria-label={t('drawer.log')}>
      <h3>{t('drawer.log')}</h3>
      <Stack tight>
        {log.map(({ kind, at, byName, byPatient, note }) => (
          <div key={`${at} ${kind}`}>
            <InstantText at={at} /> {t(`log.${kind}`)}{' '}
            <span className="pb-hint">{byPatient ? t('drawer.client') : byName || t('drawer.house')}</span>
            {note && <div className="pb-hint">{note}</div>}
          </div>
        ))}
      </Stack>
    </section>
  )
}
