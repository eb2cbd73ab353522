import { Button, Input } from 'antd'
import { useState } from 'react'
import { InstantText, ProblemAlert, Row, Stack, useAction, useSay, useT } from '../../../platform/web/index.ts'
import { listRecordings, patientRecordings } from '../contract/listen.ts'
import { holdRecording } from '../contract/settings.ts'
import type { RecordingLine } from '../contract/words.ts'

/** 留存: kept beyond its time, since it is needed as proof. */
export function HoldPart({ line }: { line: RecordingLine }) {
  const t = useT('recording')
  const say = useSay()
  const [because, setBecause] = useState('')
  const hold = useAction(holdRecording, {
    invalidates: [listRecordings, patientRecordings],
    onDone: (answer) => say.done(t(answer.hold ? 'hold.kept' : 'hold.let')),
  })
  const set = (body: { hold: true; because: string } | { hold: false }) =>
    hold.mutate({ params: { recordingId: line.id }, body })
  return (
    <section>
      <h3>{t('hold.title')}</h3>
      <Stack tight>
        <ProblemAlert problem={hold.error} />
        {line.hold ? (
          <>
            <p>
              {line.hold.because} · {line.hold.by} <InstantText at={line.hold.since} />
            </p>
            {line.can.release && (
              <Row>
                <Button loading={hold.isPending} onClick={() => set({ hold: false })}>
                  {t('hold.release')}
                </Button>
              </Row>
            )}
          </>
        ) : (
          <Row>
            <Input
              style={{ maxWidth: 320 }}
              aria-label={t('hold.because')}
              placeholder={t('hold.because')}
              maxLength={200}
              value={because}
              onChange={({ target }) => setBecause(target.value)}
            />
            <Button
              loading={hold.isPending}
              disabled={because.trim().length < 4}
              onClick={() => set({ hold: true, because })}
            >
              {t('hold.keep')}
            </Button>
          </Row>
        )}
      </Stack>
    </section>
  )
}
