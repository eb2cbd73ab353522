import { Button } from 'antd'
import { ProblemAlert, Row, Stack, Status, useConfirmReach, useT, type T } from '../../../platform/web/index.ts'
import { currentCall, type CallState } from './current-call.ts'
import type { RecordingLine } from '../contract/words.ts'
import { minutesText } from './peaks.ts'
import { useElapsedMs } from './use-call.ts'

/** How far the call is, and how to end it. */
export function RunningCall({ call }: { call: CallState }) {
  const t = useT('recording')
  const elapsedMs = useElapsedMs(call.phase === 'recording')
  if (call.phase === 'failed')
    return (
      <Stack tight>
        {call.problem === 'microphone' ? (
          <p className="pb-danger">{t('call.microphone')}</p>
        ) : (
          <ProblemAlert problem={call.problem} />
        )}
        <Again t={t} />
      </Stack>
    )
  if (call.phase === 'refused' || call.phase === 'withdrawn')
    return (
      <Stack tight>
        <Status>{t(`call.${call.phase}`)}</Status>
      </Stack>
    )
  if (call.phase === 'ended')
    return (
      <Stack tight>
        <Status tone="good">{t('call.saved', { length: minutesText(call.line?.durationMs ?? 0) })}</Status>
        {(call.line?.missing ?? 0) > 0 && (
          <Status tone="due">{t('list.missing', { count: call.line!.missing })}</Status>
        )}
        <Again t={t} />
      </Stack>
    )
  return (
    <Stack tight>
      <Row>
        <span className="pb-recording-dot" aria-hidden="true" />
        <strong role="status">{t(`call.phase.${call.phase}`)}</strong>
        <span className="pb-number">{minutesText(elapsedMs)}</span>
      </Row>
      {call.waiting > 1 && <p className="pb-hint">{t('call.waiting', { count: call.waiting })}</p>}
      {call.phase === 'recording' && <Ending part={call.line?.part ?? null} t={t} />}
      <p className="pb-hint">{t('call.hears')}</p>
    </Stack>
  )
}

function Ending({ part, t }: { part: RecordingLine['part']; t: T }) {
  const confirm = useConfirmReach()
  const onWithdraw = async () => {
    const reach = {
      title: t('call.withdrawTitle'),
      reach: [t('call.withdrawReach'), ...(part ? [t('call.withdrawParts')] : [])],
      verb: t('call.withdraw'),
      danger: true,
    }
    if (await confirm(reach)) await currentCall.withdraw()
  }
  return (
    <Row>
      <Button type="primary" onClick={() => void currentCall.end()}>
        {t('call.end')}
      </Button>
      <Button type="text" danger onClick={() => void onWithdraw()}>
        {t('call.withdraw')}
      </Button>
    </Row>
  )
}

function Again({ t }: { t: T }) {
  return (
    <Row>
      <Button type="link" size="small" style={{ padding: 0 }} onClick={currentCall.forget}>
        {t('call.again')}
      </Button>
    </Row>
  )
}
