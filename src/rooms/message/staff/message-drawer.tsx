import { Button } from 'antd'
import {
  Facts,
  Go,
  InstantText,
  Loading,
  ProblemAlert,
  Row,
  SideDrawer,
  Stack,
  useAction,
  useApi,
  useCan,
  useConfirmReach,
  useSay,
  useT,
  type T,
} from '../../../platform/web/index.ts'
import {
  cancelMessage,
  getMessage,
  listMessages,
  patientMessages,
  summarizeMessages,
  tryAgain,
  type MessageCopy,
} from '../contract/message.ts'
import { ApproveForm } from './approve-form.tsx'
import { MailSheet } from './mail-sheet.tsx'
import { MessageSteps, sawWords } from './message-steps.tsx'
import { MessageStateText } from './message-words.tsx'

const CHANGED = [listMessages, getMessage, summarizeMessages, patientMessages]

/** The copy of one message as sent, and each step it took. */
export function MessageDrawer({ messageId, onClose }: { messageId: string | undefined; onClose: () => void }) {
  const t = useT('message')
  return (
    <SideDrawer title={t('copy.title')} open={messageId !== undefined} onClose={onClose}>
      {messageId && <Copy key={messageId} messageId={messageId} />}
    </SideDrawer>
  )
}

function Copy({ messageId }: { messageId: string }) {
  const t = useT('message')
  const { data, error, refetch } = useApi(getMessage, { params: { messageId } })
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading />
  return (
    <Stack>
      <Row>
        <MessageStateText line={data} t={t} />
      </Row>
      {data.possibleDoubles > 0 && (
        <p className="pb-due" role="note">
          {t('copy.doubles', { count: data.possibleDoubles })}
        </p>
      )}
      <Mend message={data} t={t} />
      <Acts message={data} t={t} />
      <ApproveForm message={data} t={t} />
      <Facts
        items={[
          [
            t('column.patient'),
            <Go key="p" to={`/patients/${data.patientId}?tab=message`}>
              {data.patientName}
            </Go>,
          ],
          [t('column.template'), data.templateName],
          [t('column.purpose'), t(`purpose.${data.purpose}`)],
          [
            t('column.channel'),
            `${t(`channel.${data.channel}`)} ${data.toMasked ?? ''}${data.toRelative ? ` ${t('toRelative')}` : ''}`,
          ],
          [t('copy.guardian'), data.viaGuardian ? t('yes') : null],
          [t('copy.planned'), <InstantText key="c" at={data.createdAt} />],
          [t('copy.sent'), data.sentAt && <InstantText key="s" at={data.sentAt} />],
          [t('column.next'), data.nextAt && <InstantText key="n" at={data.nextAt} />],
          [t('copy.read'), data.readAt && <InstantText key="r" at={data.readAt} />],
          [t('copy.reply'), data.reply],
        ]}
      />
      {data.content ? <MailSheet content={data.content} /> : <p className="pb-hint">{t('copy.notYet')}</p>}
      <MessageSteps message={data} t={t} />
    </Stack>
  )
}

const TO_MEND = new Set(['too-long', 'render'])

/** What keeps it from going stands in its template: what it is, and the way there. */
function Mend({ message, t }: { message: MessageCopy; t: T }) {
  const mayRead = useCan('message.template.read')
  if (message.state !== 'failed' || !TO_MEND.has(message.reason ?? '')) return null
  const step = message.events.findLast(({ reason }) => reason === message.reason)
  return (
    <p className="pb-due" role="note">
      {(step && sawWords(step, t)) || t(`reason.${message.reason}`)}{' '}
      {mayRead && <Go to={`/message-templates/${message.template}`}>{t('copy.toTemplate')}</Go>}
    </p>
  )
}

function Acts({ message, t }: { message: MessageCopy; t: T }) {
  const say = useSay()
  const confirm = useConfirmReach()
  const cancel = useAction(cancelMessage, { invalidates: CHANGED, onDone: () => say.done(t('done.cancelled')) })
  const again = useAction(tryAgain, { invalidates: CHANGED, onDone: () => say.done(t('done.again')) })
  const params = { messageId: message.id }
  const withdraw = async () => {
    const reach = [t('cancel.reach', { name: message.patientName, template: message.templateName })]
    if (await confirm({ title: t('cancel.title'), reach, verb: t('cancel.do'), danger: true }))
      cancel.mutate({ params }, { onError: say.problem })
  }
  if (!message.can.cancel && !message.can.tryAgain) return null
  return (
    <Row>
      {message.can.tryAgain && (
        <Button
          type="primary"
          loading={again.isPending}
          onClick={() => again.mutate({ params }, { onError: say.problem })}
        >
          {t('again.do')}
        </Button>
      )}
      {message.can.cancel && (
        <Button loading={cancel.isPending} onClick={() => void withdraw()}>
          {t('cancel.do')}
        </Button>
      )}
    </Row>
  )
}
