import { Button } from 'antd'
import { useT } from '../../../platform/web/index.ts'
import { currentCall } from './current-call.ts'
import { minutesText } from './peaks.ts'
import './recording.css'
import { useCall, useElapsedMs } from './use-call.ts'

/** In sight on every page while a call is recorded, so that nobody forgets it. */
export function TopBarCall() {
  const t = useT('recording')
  const call = useCall()
  const isOn = call?.phase === 'recording'
  const elapsedMs = useElapsedMs(isOn)
  if (!isOn) return null
  return (
    <span className="pb-row pb-nowrap">
      <span className="pb-recording-dot" aria-hidden="true" />
      <span className="pb-number" role="timer" aria-label={t('call.phase.recording')}>
        {minutesText(elapsedMs)}
      </span>
      <Button size="small" onClick={() => void currentCall.end()}>
        {t('call.end')}
      </Button>
    </span>
  )
}
