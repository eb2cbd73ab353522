import { Button } from 'antd'
import {
  Card,
  Empty,
  InstantText,
  Row,
  Stack,
  Status,
  useAction,
  useConfirmReach,
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import { endSessions, waysOf, withdrawWay, type SessionView, type WayView } from '../contract/ways.ts'

const TONES = { open: 'good', locked: 'danger', withdrawn: 'plain', expired: 'plain' } as const

/** The links that were given, newest first; the links themselves are not to be had any more. */
export function WayList({ patientId, ways }: { patientId: string; ways: readonly WayView[] }) {
  const t = useT('patient-access')
  if (ways.length === 0) return <Empty title={t('staff.empty')} />
  return (
    <Stack tight>
      <h3>{t('staff.ways')}</h3>
      {ways.map((way) => (
        <Card key={way.id}>
          <Way patientId={patientId} way={way} />
        </Card>
      ))}
    </Stack>
  )
}

function Way({ patientId, way }: { patientId: string; way: WayView }) {
  const t = useT('patient-access')
  const words = useT('message')
  const say = useSay()
  const confirm = useConfirmReach()
  const withdraw = useAction(withdrawWay, {
    invalidates: [waysOf],
    onDone: () => say.done(t('staff.withdrawn')),
  })
  const onWithdraw = async () => {
    const reach = {
      title: t('staff.withdrawTitle'),
      reach: [t('staff.withdrawReach')],
      verb: t('staff.withdraw'),
      danger: true,
    }
    if (await confirm(reach)) withdraw.mutate({ params: { patientId: patientId as never, patientWayId: way.id } })
  }
  return (
    <Stack tight>
      <Row>
        <strong>{t(`staff.by.${way.sentBy}`)}</strong>
        <Status tone={TONES[way.state]}>{t(`staff.state.${way.state}`)}</Status>
        {way.mail && way.mail.state !== 'accepted' && (
          <Status tone="due">
            {words(`state.${way.mail.state}`)}
            {way.mail.reason && ` · ${words(`reason.${way.mail.reason}`)}`}
          </Status>
        )}
      </Row>
      <span className="pb-hint">
        {way.madeBy} <InstantText at={way.madeAt} />
        {way.openedAt ? (
          <>
            {' · '}
            {t('staff.openedAt')} <InstantText at={way.openedAt} />
          </>
        ) : (
          way.state === 'open' && ` · ${t('staff.unopened')}`
        )}
      </span>
      {way.state === 'locked' && <span className="pb-hint">{t('staff.lockedHint')}</span>}
      {way.can.withdraw && (
        <Row>
          <Button danger type="text" loading={withdraw.isPending} onClick={() => void onWithdraw()}>
            {t('staff.withdraw')}
          </Button>
        </Row>
      )}
    </Stack>
  )
}

/** Who is in at the moment: a lost phone is signed out from here. */
export function SessionList({ patientId, sessions }: { patientId: string; sessions: readonly SessionView[] }) {
  const t = useT('patient-access')
  const say = useSay()
  const end = useAction(endSessions, {
    invalidates: [waysOf],
    onDone: ({ ended }) => say.done(t('staff.ended', { count: ended })),
  })
  if (sessions.length === 0) return null
  return (
    <Stack tight>
      <h3>{t('staff.sessions')}</h3>
      {sessions.map((one) => (
        <Row key={one.id}>
          <strong>{t(`staff.device.${one.device}`)}</strong>
          <span className="pb-hint">
            {t('staff.lastSeen')} <InstantText at={one.lastSeenAt} />
          </span>
        </Row>
      ))}
      <Row>
        <Button
          danger
          type="text"
          loading={end.isPending}
          onClick={() => end.mutate({ params: { patientId: patientId as never } })}
        >
          {t('staff.endAll')}
        </Button>
        <span className="pb-hint">{t('staff.endAllHint')}</span>
      </Row>
    </Stack>
  )
}
