import { Button } from 'antd'
import {
  Facts,
  InstantText,
  Loading,
  ProblemAlert,
  SideDrawer,
  Stack,
  Status,
  useAction,
  useApi,
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import type { OutputOf } from '../../../platform/contract/index.ts'
import { intakeOverview, listMessages, openMessage, retryMessage } from '../contract/overview.ts'
import { STATE_TONES } from './state-tones.ts'

type Opened = OutputOf<typeof openMessage>

/** The original of one message, the place that is wrong marked. */
export function MessageDrawer({ messageId, onClose }: { messageId: string | undefined; onClose: () => void }) {
  const t = useT('report-intake')
  const { data, error } = useApi(
    openMessage,
    { params: { intakeId: (messageId ?? '') as never } },
    { enabled: messageId !== undefined, keep: false },
  )
  return (
    <SideDrawer title={t('message.title')} open={messageId !== undefined} onClose={onClose} widthPx={960}>
      {error ? <ProblemAlert problem={error} /> : data ? <Message opened={data} onClose={onClose} /> : <Loading />}
    </SideDrawer>
  )
}

function Message({
  opened: { message, lines, shortened, charset, issues, can },
  onClose,
}: {
  opened: Opened
  onClose: () => void
}) {
  const t = useT('report-intake')
  const say = useSay()
  const retry = useAction(retryMessage, {
    invalidates: [listMessages, intakeOverview],
    onDone: () => {
      say.done(t('message.retried'))
      onClose()
    },
  })
  return (
    <Stack>
      <ProblemAlert problem={retry.error} />
      <Facts
        items={[
          [
            t('message.state'),
            <Status key="s" tone={STATE_TONES[message.state]}>
              {t(`state.${message.state}`)}
            </Status>,
          ],
          [t('message.why'), message.text || (message.reason ? t(`reason.${message.reason}`) : '')],
          [t('overview.source'), message.source],
          [t('message.controlId'), message.controlId],
          [t('message.answer'), message.answer],
          [t('message.at'), <InstantText key="a" at={message.receivedAt} />],
          [t('message.charset'), charset],
        ]}
      />
      {issues.length > 0 && (
        <ul className="pb-reach">
          {issues.map((issue, index) => (
            <li key={index}>
              {issue.text} <span className="pb-hint">{issue.place}</span>
            </li>
          ))}
        </ul>
      )}
      {can.retry && (
        <div>
          <Button loading={retry.isPending} onClick={() => retry.mutate({ params: { intakeId: message.id } })}>
            {t('message.retry')}
          </Button>
        </div>
      )}
      <section aria-label={t('message.original')} tabIndex={0} style={{ overflowX: 'auto' }}>
        <strong>{t('message.original')}</strong>{' '}
        {shortened && <span className="pb-hint">{t('message.shortened')}</span>}
        <pre style={{ margin: 0, fontSize: 13, lineHeight: 1.7 }}>
          {lines.map((line, index) => (
            <div key={index} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
              <Marked text={line.text} marked={line.marked} />
            </div>
          ))}
        </pre>
      </section>
    </Stack>
  )
}

function Marked({ text, marked }: { text: string; marked: readonly [number, number] | null }) {
  if (!marked) return text
  const [from, to] = marked
  return (
    <>
      {text.slice(0, from)}
      <mark style={{ background: 'var(--pb-due-soft, #fde7c2)', outline: '1px solid currentColor', padding: '0 2px' }}>
        {text.slice(from, to) || ' '}
      </mark>
      {text.slice(to)}
    </>
  )
}
