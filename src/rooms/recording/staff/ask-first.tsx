import { AudioOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { OutputOf } from '../../../platform/contract/endpoint.ts'
import { DateText, Row, Stack, useLocale, useT } from '../../../platform/web/index.ts'
import type { recordingTerms } from '../contract/record.ts'
import type { Subject } from '../contract/words.ts'
import { currentCall } from './current-call.ts'
import { BeginStream } from './stream-call.tsx'

/** The line to say, and what the person answers: nothing is recorded before. */
export function AskFirst({
  patientId,
  subject,
  callId,
  terms,
}: {
  patientId: string
  subject: Subject
  callId: string | undefined
  terms: OutputOf<typeof recordingTerms>
}) {
  const t = useT('recording')
  const locale = useLocale()
  const { line, lastRefusedOn, earlier } = terms
  const answer = { patientId, subject, callId: earlier?.id ?? callId, lineVersion: line.version }
  return (
    <Stack tight>
      <p className="pb-hint">{t('call.sayFirst')}</p>
      <blockquote className="pb-say">{locale === 'en' ? line.text.en : line.text.zh}</blockquote>
      {lastRefusedOn && (
        <p className="pb-hint">
          {t('call.refusedBefore')} <DateText date={lastRefusedOn} />
        </p>
      )}
      <Row>
        <Button icon={<AudioOutlined />} onClick={() => void currentCall.begin(answer)}>
          {t(earlier ? 'earlier.yes' : 'call.yes')}
        </Button>
        {terms.hasStreams && <BeginStream answer={answer} />}
        <Button type="text" onClick={() => void currentCall.refuse(answer)}>
          {t('call.no')}
        </Button>
      </Row>
    </Stack>
  )
}
