import { Alert } from 'antd'
import { useEffect, useState } from 'react'
import {
  Empty,
  Figures,
  Go,
  InstantText,
  Loading,
  Page,
  ProblemAlert,
  requestId,
  Row,
  Stack,
  useAction,
  useApi,
  useCan,
  useNarrow,
  useT,
  type T,
} from '../../../platform/web/index.ts'
import { getDesk, takeNext, takeOne, type DeskView } from '../contract/desk.ts'
import type { CallSession } from '../contract/session.ts'
import type { Subject } from '../contract/words.ts'
import './call-desk.css'
import { CallPanel } from './call-panel.tsx'
import { CHANGED } from './changed.ts'
import { NextButton } from './next-button.tsx'
import { QueueList, takenKey } from './queue-list.tsx'
import { TakeWithReason } from './take-with-reason.tsx'
import { clockText } from './words.tsx'

/** Colleagues take people and let go of them: the marks in the list are to be no older than a short call. */
const EVERY_MS = 30_000

/** 电话随访台: whom to call, the call, what came of it. One screen for whoever sits before it with a headset. */
export function DeskPage() {
  const t = useT('call-desk')
  const { data, error, refetch } = useApi(getDesk, {}, { everyMs: EVERY_MS })
  const [shown, setShown] = useState<string>()
  const [asks, setAsks] = useState<Subject>()
  const held = data?.current
  // What came of it stays in sight once it is told.
  useEffect(() => {
    if (held) setShown(held)
  }, [held])
  const onTaken = (session: CallSession | null) => {
    setAsks(undefined)
    setShown(session?.id)
  }
  /** A colleague was quicker, or nothing was heard for too long: the list says so at once. */
  const look = () => void refetch()
  const next = useAction(takeNext, { invalidates: CHANGED, onDone: ({ session }) => onTaken(session) })
  const take = useAction(takeOne, { invalidates: CHANGED, onDone: ({ session }) => onTaken(session) })
  const mayRules = useCan('call.rule.read')
  const sessionId = data?.current ?? shown
  const goOn = () => next.mutate({ body: { key: requestId() } }, { onError: look })
  const takeThis = (subject: Subject, because?: string) =>
    take.mutate({ body: { key: requestId(), subject, ...(because ? { because } : {}) } }, { onError: look })
  const actions = (
    <Row>
      <Go to="/do-not-call">{t('blocks.title')}</Go>
      {mayRules && <Go to="/call-rules">{t('rules.title')}</Go>}
    </Row>
  )
  return (
    <Page title={t('nav.desk')} hint={t('desk.hint')} actions={actions}>
      {error && <ProblemAlert problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading lines={8} />}
      {data && (
        <Stack>
          <Above desk={data} t={t} />
          <ProblemAlert problem={next.error ?? (asks ? null : take.error)} />
          {asks && (
            <TakeWithReason
              problem={take.error}
              onCancel={() => setAsks(undefined)}
              onTake={(because) => takeThis(asks, because)}
            />
          )}
          <div className="cd-desk">
            <Queue
              desk={data}
              busy={sessionId !== undefined && sessionId !== null}
              onTake={(subject, withReason) => (withReason ? setAsks(subject) : takeThis(subject))}
            />
            <div className="cd-main">
              {sessionId ? (
                <CallPanel
                  key={sessionId}
                  sessionId={sessionId}
                  onNext={goOn}
                  onLeft={() => setShown(undefined)}
                  onOver={look}
                />
              ) : (
                <Start desk={data} onNext={goOn} loading={next.isPending} />
              )}
            </div>
          </div>
        </Stack>
      )}
    </Page>
  )
}

function Above({ desk: { open, queue, more, later, today }, t }: { desk: DeskView; t: T }) {
  return (
    <>
      {!open.now && (
        <Alert
          type="info"
          showIcon
          title={
            <>
              {t(`desk.shut.${open.because ?? 'hours'}`, { from: open.from, to: open.to })}
              {open.opensAt && (
                <>
                  {' '}
                  {t('desk.opensAt')} <InstantText at={open.opensAt} />
                </>
              )}
            </>
          }
        />
      )}
      <Figures
        items={[
          { key: 'queue', label: t('figure.queue'), value: more ? `${queue.length}+` : queue.length },
          { key: 'later', label: t('figure.later'), value: later.length },
          { key: 'calls', label: t('figure.calls'), value: today.calls },
          { key: 'reached', label: t('figure.reached'), value: today.reached },
          { key: 'talk', label: t('figure.talk'), value: clockText(today.talkSeconds) },
        ]}
      />
    </>
  )
}

/** To the call that is shown already: its name is where reading goes on. */
function showCall(): void {
  const name = document.querySelector<HTMLElement>('.cd-name')
  name?.scrollIntoView({ block: 'center' })
  name?.focus({ preventScroll: true })
}

interface QueueProps {
  desk: DeskView
  busy: boolean
  onTake: (subject: Subject, withReason: boolean) => void
}

/** On a phone the list folds away while somebody is on the line. */
function Queue({ desk, busy, onTake }: QueueProps) {
  const t = useT('call-desk')
  const narrow = useNarrow()
  const lists = (
    <>
      <QueueList
        title={t('queue.now')}
        lines={desk.queue}
        empty={t('queue.none')}
        onTake={(one) => onTake(one, !desk.open.now)}
        onShow={showCall}
      />
      {desk.later.length > 0 && (
        <QueueList title={t('queue.later')} lines={desk.later} onTake={(one) => onTake(one, true)} onShow={showCall} />
      )}
      {desk.held.length > 0 && (
        <QueueList
          title={t('queue.held')}
          hint={t('queue.heldHint')}
          lines={desk.held}
          onTake={(one) => onTake(one, true)}
          onShow={showCall}
        />
      )}
    </>
  )
  const mine = [...desk.queue, ...desk.later, ...desk.held].find(({ taken }) => taken?.isMine)
  // Whoever hears the page learns whom the next key has given them without looking for the line.
  const told = (
    <p className="pb-sr" role="status">
      {mine && `${mine.patient.name} ${t(takenKey(mine.taken!), { name: mine.taken!.by })}`}
    </p>
  )
  if (!narrow || !busy)
    return (
      <aside className="cd-queue">
        {told}
        {lists}
      </aside>
    )
  return (
    <details className="cd-queue">
      <summary>{t('queue.fold', { count: desk.queue.length })}</summary>
      {told}
      {lists}
    </details>
  )
}

function Start({ desk, onNext, loading }: { desk: DeskView; onNext: () => void; loading: boolean }) {
  const t = useT('call-desk')
  if (desk.queue.length === 0)
    return <Empty title={t('desk.empty')} hint={t(desk.later.length > 0 ? 'desk.emptyLater' : 'desk.emptyHint')} />
  const waiting = desk.queue.filter(({ taken }) => taken === null).length
  if (waiting === 0) return <Empty title={t('desk.allTaken')} hint={t('desk.allTakenHint')} />
  return (
    <div className="cd-start">
      <p>{t('desk.start', { count: waiting })}</p>
      <NextButton onNext={onNext} loading={loading} />
      <p className="pb-hint">{t('desk.keys')}</p>
    </div>
  )
}
