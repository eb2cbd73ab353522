import { Button, Input } from 'antd'
import { useState } from 'react'
import type { OutputOf } from '../../../platform/contract/endpoint.ts'
import {
  InstantText,
  Loading,
  ProblemAlert,
  Row,
  Stack,
  Status,
  useAction,
  useApi,
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import { correctTranscript, readTranscript, retryTranscript } from '../contract/transcript.ts'
import { minutesText } from './peaks.ts'
import type { Opened } from './player.tsx'

type Shown = OutputOf<typeof readTranscript>
interface OfPlay {
  params: { recordingId: never; playId: Opened['playId'] }
  onJump: (ms: number) => void
}

/** What was said, in words: a step to each stretch of it, and a hand to put right what was misheard. */
export function Transcript({
  recordingId,
  playId,
  onJump,
}: {
  recordingId: string
  playId: Opened['playId']
  onJump: (ms: number) => void
}) {
  const t = useT('recording')
  const params = { recordingId: recordingId as never, playId }
  const { data, error, refetch } = useApi(readTranscript, { params })
  return (
    <section aria-label={t('transcript.title')}>
      <h3>{t('transcript.title')}</h3>
      {error && <ProblemAlert problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading lines={3} />}
      {data?.state === 'none' && <p className="pb-hint">{t(`transcript.none.${data.because ?? 'off'}`)}</p>}
      {data?.state === 'waiting' && <Waiting shown={data} />}
      {data?.state === 'failed' && <Failed shown={data} params={params} onJump={onJump} />}
      {data?.state === 'done' && <Lines key={data.version} shown={data} params={params} onJump={onJump} />}
    </section>
  )
}

function Waiting({ shown: { why, nextAt } }: { shown: Shown }) {
  const t = useT('recording')
  if (!why) return <p className="pb-hint">{t('transcript.waiting')}</p>
  return (
    <p className="pb-hint">
      {t(`transcript.why.${why}`)} {t('transcript.again')} {nextAt && <InstantText at={nextAt} />}
    </p>
  )
}

function Failed({ shown: { why }, params }: OfPlay & { shown: Shown }) {
  const t = useT('recording')
  const retry = useAction(retryTranscript, { invalidates: [readTranscript] })
  return (
    <Stack tight>
      <ProblemAlert problem={retry.error} />
      <Status tone="due">{t(`transcript.why.${why ?? 'faulty'}`)}</Status>
      <Row>
        <Button loading={retry.isPending} onClick={() => retry.mutate({ params })}>
          {t('transcript.retry')}
        </Button>
      </Row>
    </Stack>
  )
}

function Lines({ shown, params, onJump }: OfPlay & { shown: Shown }) {
  const t = useT('recording')
  const [isEditing, setEditing] = useState(false)
  const [newest] = shown.versions
  if (isEditing) return <Edit shown={shown} params={params} onJump={onJump} onEnd={() => setEditing(false)} />
  return (
    <Stack tight>
      <p className="pb-hint">
        {newest?.by ? (
          <>
            {t('transcript.corrected', { by: newest.by })} <InstantText at={newest.at} />
          </>
        ) : (
          t('transcript.machine', { name: newest?.recogniser ?? '' })
        )}
        {shown.versions.length > 1 && ` · ${t('transcript.versions', { count: shown.versions.length })}`}
      </p>
      {shown.lines.length === 0 && <p className="pb-hint">{t('transcript.silent')}</p>}
      <ol className="pb-transcript">
        {shown.lines.map((line) => (
          <li key={`${line.atMs} ${line.text}`}>
            <button
              type="button"
              className="pb-link pb-number"
              aria-label={t('transcript.jump', { at: minutesText(line.atMs) })}
              onClick={() => onJump(line.atMs)}
            >
              {minutesText(line.atMs)}
            </button>
            <span>{line.text}</span>
          </li>
        ))}
      </ol>
      {shown.lines.length > 0 && (
        <Row>
          <Button onClick={() => setEditing(true)}>{t('transcript.correct')}</Button>
        </Row>
      )}
    </Stack>
  )
}

function Edit({ shown, params, onEnd }: OfPlay & { shown: Shown; onEnd: () => void }) {
  const t = useT('recording')
  const say = useSay()
  const [texts, setTexts] = useState(() => shown.lines.map(({ text }) => text))
  const save = useAction(correctTranscript, {
    invalidates: [readTranscript],
    onDone: () => {
      say.done(t('transcript.saved'))
      onEnd()
    },
  })
  const lines = shown.lines.flatMap(({ atMs }, n) => (texts[n]!.trim() ? [{ atMs, text: texts[n]! }] : []))
  const isSame = shown.lines.every(({ text }, n) => text === texts[n])
  return (
    <Stack tight>
      <ProblemAlert problem={save.error} />
      <p className="pb-hint">{t('transcript.editHint')}</p>
      {shown.lines.map(({ atMs }, n) => (
        <Input.TextArea
          key={`${atMs} ${n}`}
          aria-label={minutesText(atMs)}
          autoSize
          maxLength={2000}
          value={texts[n]}
          onChange={({ target }) => setTexts(texts.with(n, target.value))}
        />
      ))}
      <Row>
        <Button
          type="primary"
          disabled={isSame || lines.length === 0}
          loading={save.isPending}
          onClick={() => save.mutate({ params, body: { lines, version: shown.version } })}
        >
          {t('transcript.save')}
        </Button>
        <Button onClick={onEnd}>{t('transcript.leave')}</Button>
      </Row>
    </Stack>
  )
}
