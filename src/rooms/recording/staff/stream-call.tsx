import { PhoneOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import {
  Facts,
  ProblemAlert,
  requestId,
  Row,
  Stack,
  useAction,
  useConfirmReach,
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import { endRecording, recordingTerms, withdrawConsent } from '../contract/record.ts'
import { beginStream, myStream, type StreamView } from '../contract/stream.ts'
import type { AnswerGiven } from './current-call.ts'
import { minutesText } from './peaks.ts'
import { CHANGED } from './recording-drawer.tsx'

const CHANGED_BY_STREAM = [...CHANGED, myStream, recordingTerms]

/** The person has said yes to a call over the office telephone: the exchange brings the sound. */
export function BeginStream({ answer: { patientId, subject, callId, lineVersion } }: { answer: AnswerGiven }) {
  const t = useT('recording')
  const say = useSay()
  const begin = useAction(beginStream, { invalidates: CHANGED_BY_STREAM })
  const start = () => {
    const body = { key: requestId(), subject, ...(callId ? { callId } : {}), lineVersion }
    begin.mutate({ params: { patientId: patientId as never }, body }, { onError: say.problem })
  }
  return (
    <Button icon={<PhoneOutlined />} loading={begin.isPending} onClick={start}>
      {t('stream.yes')}
    </Button>
  )
}

/** How far it is, and how to end it. */
export function StreamCall({ stream }: { stream: StreamView }) {
  const t = useT('recording')
  const confirm = useConfirmReach()
  const end = useAction(endRecording, { invalidates: CHANGED_BY_STREAM })
  const withdraw = useAction(withdrawConsent, { invalidates: CHANGED_BY_STREAM })
  const params = { recordingId: stream.line.id }
  const onWithdraw = async () => {
    const reach = {
      title: t('call.withdrawTitle'),
      reach: [t('call.withdrawReach'), ...(stream.line.part ? [t('call.withdrawParts')] : [])],
      verb: t('call.withdraw'),
    }
    if (await confirm({ ...reach, danger: true })) withdraw.mutate({ params })
  }
  return (
    <Stack tight>
      <Row>
        {stream.isConnected && <span className="pb-recording-dot" aria-hidden="true" />}
        <strong role="status">{t(stream.isConnected ? 'stream.connected' : 'stream.waiting')}</strong>
        {stream.line.durationMs > 0 && <span className="pb-number">{minutesText(stream.line.durationMs)}</span>}
      </Row>
      <ProblemAlert problem={end.error ?? withdraw.error} />
      <Row>
        <Button type="primary" loading={end.isPending} onClick={() => end.mutate({ params, body: { pieces: 0 } })}>
          {t('stream.end')}
        </Button>
        <Button type="text" danger loading={withdraw.isPending} onClick={() => void onWithdraw()}>
          {t('call.withdraw')}
        </Button>
      </Row>
      <p className="pb-hint">{t('stream.hears')}</p>
      <Facts
        items={[
          [
            t('stream.code'),
            <span key="code" className="pb-number">
              {stream.streamId}
            </span>,
          ],
        ]}
      />
    </Stack>
  )
}
