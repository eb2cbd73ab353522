import './message.css'
import {
  Card,
  Empty,
  Go,
  InstantText,
  Loading,
  ProblemAlert,
  Stack,
  useApi,
  useApiPages,
  useCan,
  useOpened,
  useT,
} from '../../../platform/web/index.ts'
import { demoOutbox } from '../../card/contract/card.ts'
import { listMessages } from '../contract/message.ts'
import { MessageDrawer } from './message-drawer.tsx'

/** What would have left the house: mails, and the codes that would have gone out by SMS. */
export function Outbox() {
  const t = useT('message')
  const opened = useOpened('message')
  const mails = useApiPages(
    listMessages,
    { query: { channel: 'email', state: 'accepted', limit: 20 } },
    { everyMs: 10_000 },
  )
  const mayCodes = useCan('patient.read')
  return (
    <Stack>
      <p className="pb-hint">{t('outbox.hint')}</p>
      {mayCodes && <Codes />}
      <Card title={t('outbox.mails')}>
        {mails.error && <ProblemAlert problem={mails.error} onRetry={() => void mails.refetch()} />}
        {mails.isPending && !mails.error && <Loading />}
        {mails.data?.rows.length === 0 && <Empty title={t('outbox.noMails')} hint={t('outbox.noMailsHint')} />}
        <ul className="pb-plain-list">
          {mails.data?.rows.map((line) => (
            <li key={line.id}>
              <button type="button" className="pb-link" onClick={() => opened.open(line.id)}>
                {line.templateName}
              </button>{' '}
              {t('outbox.to', { name: line.patientName, address: line.toMasked ?? '' })}{' '}
              <span className="pb-hint">
                <InstantText at={line.sentAt} />
              </span>
            </li>
          ))}
        </ul>
      </Card>
      <MessageDrawer messageId={opened.id} onClose={opened.close} />
    </Stack>
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
            <Go to={`/patients/${row.patientId}`}>{row.phoneMasked}</Go> {row.text}{' '}
            <span className="pb-hint">
              <InstantText at={row.at} />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
