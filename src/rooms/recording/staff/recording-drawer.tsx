import { Button, Input } from 'antd'
import { useState } from 'react'
import {
  Empty,
  Facts,
  InstantText,
  DateText,
  Loading,
  ProblemAlert,
  Row,
  Stack,
  useAction,
  useApi,
  useT,
  type T,
} from '../../../platform/web/index.ts'
import { listRecordings, patientRecordings, playRecording, recordingPlays } from '../contract/listen.ts'
import type { RecordingLine } from '../contract/words.ts'
import { HoldPart } from './hold-part.tsx'
import { minutesText } from './peaks.ts'
import { Player, type Opened } from './player.tsx'

export const CHANGED = [patientRecordings, listRecordings, recordingPlays]

/** One call: what is known of it, the sound, and who has listened. */
export function RecordingDetail({ line }: { line: RecordingLine }) {
  const t = useT('recording')
  return (
    <Stack>
      <Facts
        items={[
          [t('list.who'), line.patient.name],
          [t('list.class'), t(`class.${line.class}`)],
          [t('list.by'), line.staff.name],
          [t('list.begun'), <InstantText key="at" at={line.begunAt} />],
          [t('list.length'), line.durationMs > 0 ? minutesText(line.durationMs) : ''],
          [
            t('list.consent'),
            line.consent ? t(`consent.${line.consent.event}`, { line: lineWords(t, line.consent.lineVersion) }) : '',
          ],
          [t('list.partLabel'), line.part ? t('list.part', line.part) : ''],
          [t('list.missingLabel'), line.missing > 0 ? t('list.missing', { count: line.missing }) : ''],
          [t('list.keptUntil'), line.keptUntil && !line.hold ? <DateText key="until" date={line.keptUntil} /> : ''],
          [t('list.deleted'), line.deletedBecause ? t(`deleted.${line.deletedBecause}`) : ''],
        ]}
      />
      {line.can.play && <Listen line={line} />}
      {(line.hold || line.can.hold) && <HoldPart line={line} />}
      <WhoListened recordingId={line.id} />
    </Stack>
  )
}

/** Nothing is fetched before somebody means to listen, and whoever has to, says why. */
function Listen({ line }: { line: RecordingLine }) {
  const t = useT('recording')
  const [reason, setReason] = useState('')
  const [opened, setOpened] = useState<Opened>()
  const open = useAction(playRecording, { invalidates: CHANGED, onDone: setOpened })
  if (opened) return <Player recordingId={line.id} opened={opened} />
  return (
    <Stack tight>
      <ProblemAlert problem={open.error} />
      {line.asksReason && (
        <Input
          aria-label={t('listen.reason')}
          placeholder={t('listen.reason')}
          maxLength={200}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
      )}
      <Row>
        <Button
          type="primary"
          loading={open.isPending}
          disabled={line.asksReason && reason.trim().length < 4}
          onClick={() => open.mutate({ params: { recordingId: line.id }, body: { reason } })}
        >
          {t('listen.open')}
        </Button>
        <span className="pb-hint">{t('listen.noted')}</span>
      </Row>
    </Stack>
  )
}

function WhoListened({ recordingId }: { recordingId: RecordingLine['id'] }) {
  const t = useT('recording')
  const { data, error, refetch } = useApi(recordingPlays, { params: { recordingId } })
  return (
    <section>
      <h3>{t('listen.who')}</h3>
      {error && <ProblemAlert problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading lines={2} />}
      {data?.rows.length === 0 && <Empty title={t('listen.nobody')} />}
      <ul className="pb-player-answers">
        {data?.rows.map((one) => (
          <li key={one.id}>
            {one.by} <InstantText at={one.at} />
            {one.reason && <span className="pb-hint"> · {one.reason}</span>}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What comes with the system has no number of its own yet. */
const lineWords = (t: T, version: number) => (version === 0 ? t('line.shipped') : t('line.version', { version }))
