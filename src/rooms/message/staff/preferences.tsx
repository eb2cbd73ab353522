import { CheckOutlined, CloseOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { Card, InstantText, Status, useAction, useSay, type T } from '../../../platform/web/index.ts'
import type { OutputOf } from '../../../platform/contract/index.ts'
import { listMessages, patientMessages, setPreference, setTopic, summarizeMessages } from '../contract/message.ts'
import { SIDES, topicsOfSide, type Topic } from '../contract/topic.ts'

type Answer = OutputOf<typeof patientMessages>
type Preference = Answer['preferences'][number]
type TopicWish = Answer['topics'][number]
export const CHANGED = [patientMessages, listMessages, summarizeMessages]

/** What the person wants to get: by topic and way, each a press; whole purposes are folded away. Effective at once. */
export function Preferences({ patientId, answer, t }: { patientId: string; answer: Answer; t: T }) {
  return (
    <Card title={t('preference.title')}>
      <p className="pb-hint">{t('preference.hint')}</p>
      {SIDES.map((side) => (
        <section key={side} aria-label={t(`preference.side.${side}`)}>
          <h3 className="pb-topic-side">{t(`preference.side.${side}`)}</h3>
          <ul className="pb-plain-list">
            {topicsOfSide(side).map((topic) => (
              <TopicRow key={topic} topic={topic} patientId={patientId} answer={answer} t={t} />
            ))}
          </ul>
        </section>
      ))}
      <details className="pb-topic-whole">
        <summary>{t('preference.whole')}</summary>
        <ul className="pb-plain-list">
          {answer.preferences.map((preference) => (
            <PurposeRow
              key={`${preference.purpose} ${preference.channel}`}
              preference={preference}
              patientId={patientId}
              answer={answer}
              t={t}
            />
          ))}
        </ul>
      </details>
    </Card>
  )
}

function TopicRow({ topic, patientId, answer, t }: { topic: Topic; patientId: string; answer: Answer; t: T }) {
  const say = useSay()
  const change = useAction(setTopic, { invalidates: CHANGED })
  const wishes = answer.topics.filter((wish) => wish.topic === topic)
  const put = ({ channel, optedOut }: TopicWish) => {
    const words = { topic: t(`my.topic.${topic}`), channel: t(`channel.${channel}`) }
    const body = (out: boolean) => ({
      params: { patientId: patientId as never },
      body: { topic, channel, optedOut: out },
    })
    change.mutate(body(!optedOut), {
      onError: say.problem,
      onSuccess: () =>
        say.undoable({
          text: t(optedOut ? 'preference.topicResumed' : 'preference.topicStopped', words),
          undo: () => change.mutateAsync(body(optedOut)),
        }),
    })
  }
  return (
    <li className="pb-topic">
      <span>{t(`my.topic.${topic}`)}</span>
      <div className="pb-topic-ways">
        {wishes.map((wish) => {
          const state = t(`preference.${stateOf(wish)}`)
          const words = { topic: t(`my.topic.${topic}`), channel: t(`channel.${wish.channel}`), state }
          return (
            <Button
              key={wish.channel}
              size="small"
              icon={wish.optedOut ? <CloseOutlined /> : <CheckOutlined />}
              className={wish.optedOut ? 'pb-topic-out' : 'pb-topic-in'}
              aria-pressed={!wish.optedOut}
              aria-label={t('preference.toggle', words)}
              disabled={!answer.can.setPreference || change.isPending}
              onClick={() => put(wish)}
            >
              {t(`channel.${wish.channel}`)}
              {(wish.optedOut || wish.partly) && ` · ${state}`}
            </Button>
          )
        })}
      </div>
      {wishes
        .filter(({ optedOut, partly }) => optedOut || partly)
        .map((wish) => wish.at && <Said key={wish.channel} wish={wish} t={t} />)}
    </li>
  )
}

function Said({ wish, t }: { wish: TopicWish; t: T }) {
  return (
    <p className="pb-hint pb-topic-said">
      {t(`channel.${wish.channel}`)} · {t(`preference.${stateOf(wish)}`)} · {t(`how.${wish.how}`)}{' '}
      {wish.how === 'patient-word' && wish.by} <InstantText at={wish.at!} />
    </p>
  )
}

const stateOf = ({ optedOut, partly }: TopicWish) => (partly ? 'partly' : optedOut ? 'out' : 'in')

interface PurposeRowProps {
  preference: Preference
  patientId: string
  answer: Answer
  t: T
}

function PurposeRow({ preference, patientId, answer, t }: PurposeRowProps) {
  const say = useSay()
  const change = useAction(setPreference, { invalidates: CHANGED })
  const { purpose, channel, optedOut } = preference
  const put = () => {
    const words = { purpose: t(`purpose.${purpose}`), channel: t(`channel.${channel}`) }
    const body = (out: boolean) => ({
      params: { patientId: patientId as never },
      body: { purpose, channel, optedOut: out },
    })
    change.mutate(body(!optedOut), {
      onError: say.problem,
      onSuccess: () =>
        say.undoable({
          text: t(optedOut ? 'preference.resumed' : 'preference.stopped', words),
          undo: () => change.mutateAsync(body(optedOut)),
        }),
    })
  }
  return (
    <li className="pb-preference">
      <span>
        {t(`purpose.${purpose}`)} · {t(`channel.${channel}`)}
      </span>
      <PreferenceState preference={preference} answer={answer} t={t} />
      {answer.can.setPreference && (optedOut || mayGet(preference, answer)) && (
        <button type="button" className="pb-link" disabled={change.isPending} onClick={put}>
          {t(optedOut ? 'preference.resume' : 'preference.stop')}
          <span className="pb-sr">
            {t(`purpose.${purpose}`)} {t(`channel.${channel}`)}
          </span>
        </button>
      )}
    </li>
  )
}

/** A promotion needs a consent of its own, and mails none that was refused when the card was opened. */
function mayGet({ purpose, channel }: Preference, { consents }: Answer): boolean {
  if (purpose === 'promotion') return consents.promotion === true
  return channel === 'in-app' || consents.service !== false
}

function PreferenceState({ preference, answer, t }: { preference: Preference; answer: Answer; t: T }) {
  const word = preference.optedOut ? 'out' : mayGet(preference, answer) ? 'in' : 'missing'
  return (
    <span>
      <Status tone={word === 'out' ? 'due' : word === 'in' ? 'good' : 'plain'}>{t(`preference.${word}`)}</Status>{' '}
      {preference.at && (
        <span className="pb-hint">
          {t(`how.${preference.how}`)} {preference.how === 'patient-word' && preference.by}{' '}
          <InstantText at={preference.at} />
        </span>
      )}
    </span>
  )
}
