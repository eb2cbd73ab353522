import './message.css'
import {
  Card,
  Empty,
  Go,
  InstantText,
  Loading,
  ProblemAlert,
  Row,
  Stack,
  Status,
  useApi,
  useApiPages,
  useCan,
  useOpened,
  useT,
} from '../../../platform/web/index.ts'
import { demoOutbox } from '../../card/contract/card.ts'
import { listMessages, type MessageLine } from '../contract/message.ts'
import type { Family } from '../contract/words.ts'
import { MessageDrawer } from './message-drawer.tsx'
import { MessageStateText } from './message-words.tsx'

/**
 * What would have left the house: mails, and the codes that would have gone out by SMS; and what the stand-ins of the
 * demonstration took, with what came back.
 */
export function Outbox({ mails, standIns }: { mails: boolean; standIns: readonly Family[] }) {
  const t = useT('message')
  const opened = useOpened('message')
  const mayCodes = useCan('patient.read')
  return (
    <Stack>
      {mails && <p className="pb-hint">{t('outbox.hint')}</p>}
      {mails && mayCodes && <Codes />}
      {standIns.map((family) => (
        <StandIn key={family} family={family} onOpen={opened.open} />
      ))}
      {mails && <Mails onOpen={opened.open} />}
      <MessageDrawer messageId={opened.id} onClose={opened.close} />
    </Stack>
  )
}

type OnOpen = (messageId: string) => void

function Mails({ onOpen }: { onOpen: OnOpen }) {
  const t = useT('message')
  const mails = useApiPages(
    listMessages,
    { query: { channel: 'email', state: 'accepted', limit: 20 } },
    { everyMs: 10_000 },
  )
  return (
    <Card title={t('outbox.mails')}>
      {mails.error && <ProblemAlert problem={mails.error} onRetry={() => void mails.refetch()} />}
      {mails.isPending && !mails.error && <Loading />}
      {mails.data?.rows.length === 0 && <Empty title={t('outbox.noMails')} hint={t('outbox.noMailsHint')} />}
      <ul className="pb-plain-list">
        {mails.data?.rows.map((line) => (
          <li key={line.id}>
            <OpenLine line={line} onOpen={onOpen} />{' '}
            <span className="pb-hint">
              <InstantText at={line.sentAt} />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function OpenLine({ line, onOpen }: { line: MessageLine; onOpen: OnOpen }) {
  const t = useT('message')
  return (
    <>
      <button type="button" className="pb-link" onClick={() => onOpen(line.id)}>
        {line.templateName}
      </button>{' '}
      {t('outbox.to', { name: line.patientName, address: line.toMasked ?? '' })}
    </>
  )
}

/** What a stand-in took of late, and what came back from it: whether it arrived, and who wrote back. */
function StandIn({ family, onOpen }: { family: Family; onOpen: OnOpen }) {
  const t = useT('message')
  const found = useApiPages(listMessages, { query: { family, limit: 20 } }, { everyMs: 5000 })
  return (
    <Card
      title={t(`channel.${family}`)}
      extra={
        <Status tone="due" key="stand-in">
          {t('outbox.standIn')}
        </Status>
      }
    >
      <p className="pb-hint">{t(`outbox.standInHint.${family}`)}</p>
      {found.error && <ProblemAlert problem={found.error} onRetry={() => void found.refetch()} />}
      {found.isPending && !found.error && <Loading />}
      {found.data?.rows.length === 0 && <Empty title={t('outbox.noStandIn')} hint={t('outbox.noStandInHint')} />}
      <ul className="pb-plain-list">
        {found.data?.rows.map((line) => (
          <li key={line.id}>
            <OpenLine line={line} onOpen={onOpen} />
            <Row>
              <CameOf line={line} />
              <span className="pb-hint">
                <InstantText at={line.deliveredAt ?? line.sentAt ?? line.createdAt} />
              </span>
            </Row>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function CameOf({ line }: { line: MessageLine }) {
  const t = useT('message')
  return (
    <>
      {line.deliveredAt ? <Status tone="good">{t('state.delivered')}</Status> : <MessageStateText line={line} t={t} />}
      {line.replied && (
        <Go to={`/patients/${line.patientId}`} className="pb-message-link">
          {t('event.replied')}
        </Go>
      )}
    </>
  )
}

function Codes() {
  const t = useT('message')
  const { data } = useApi(demoOutbox, undefined, { everyMs: 10_000 })
  if (!data?.enabled) return null
  return (
    <Card title={t('outbox.codes')}>
      {data.rows.length === 0 && <p className="pb-hint">{t('outbox.noCodes')}</p>}
      <ul className="pb-plain-list">
        {data.rows.map((row) => (
          <li key={row.id}>
            <Go to={`/patients/${row.patientId}`} className="pb-message-link">
              {row.phoneMasked}
            </Go>{' '}
            {row.text}{' '}
            <span className="pb-hint">
              <InstantText at={row.at} />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
