import { useRef, useState } from 'react'
import { call, Loaded, OwnPage, useOwn, useT } from '../../../platform/patient-web/index.ts'
import { readMyWishes, setMyGoodHours, setMyReading, setMyWish, type Wishes } from '../contract/own.ts'
import { AS_NOTED } from '../../patient/contract/good-hours.ts'
import { GoodHours, type Hours } from './good-hours.tsx'
import { SIDES, topicsOfSide, type Topic } from '../contract/topic.ts'
import type { Family } from '../contract/words.ts'

/** What the message centre shows is not sent anywhere, so there is nothing to stop. */
const WAYS = ['email', 'sms', 'wechat', 'wecom'] as const satisfies Family[]

const GRID = {
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fit, minmax(7.4rem, 1fr))',
  columnGap: '1rem',
} as const

const SAID = { flex: 2, margin: 0 } as const
const SIDE = { margin: '1.6rem 0 0.7rem', fontSize: '1.1rem' } as const
const TOPIC = { margin: '0 0 0.2rem', fontSize: '1rem' } as const

interface Change {
  topics: Topic[]
  channels: Family[]
  optedOut: boolean
}

/** 我想收到什么: by topic and way, in one tap each, at once. */
export function WishesPage() {
  const t = useT('message')
  const wishes = useOwn(readMyWishes)
  return (
    <OwnPage title={t('my.wishes.title')} back="/my/messages" backText={t('my.messages.back')}>
      <p>{t('my.wishes.text')}</p>
      <Loaded of={wishes}>{(data) => <Choices before={data} />}</Loaded>
    </OwnPage>
  )
}

interface Said {
  text: string
  isFault: boolean
  /** What takes it back: other wishes, or the hours of before. */
  undo?: Change[] | Hours | undefined
}

function Choices({ before }: { before: Wishes }) {
  const t = useT('message')
  const [stands, setStands] = useState(before)
  const [said, setSaid] = useState<Said>({ text: '', isFault: false })
  const turn = useRef(0)
  /** One after the other: two taps that overtook each other would leave the house with the former one. */
  const line = useRef<Promise<unknown>>(Promise.resolve())
  /** Shown at once, and taken back when it did not arrive; an answer that comes after the next tap does not undo that. */
  const act = async (shown: Wishes, ask: () => Promise<Wishes>, undo?: Said['undo']) => {
    const mine = (turn.current += 1)
    const isNewest = () => mine === turn.current
    setStands(shown)
    setSaid({ text: '', isFault: false })
    const asked = line.current.then(ask, ask)
    line.current = asked
    try {
      const answer = await asked
      if (!isNewest()) return
      setStands(answer)
      setSaid({ text: t('my.wishes.saved'), isFault: false, undo })
    } catch (error) {
      if (isNewest()) setStands(stands)
      setSaid({ text: (error as { title: string }).title, isFault: true })
    }
  }
  const isIn = (change: Change) => (wish: Wishes['topics'][number]) =>
    change.topics.includes(wish.topic) && change.channels.includes(wish.channel)
  const put = (changes: Change[], undo: Change[] = []) => {
    const topics = stands.topics.map((wish) => {
      const change = changes.find((one) => isIn(one)(wish))
      return change ? { ...wish, optedOut: change.optedOut, partly: false } : wish
    })
    return act({ ...stands, topics }, () => inTurn(changes), undo.length > 0 ? undo : undefined)
  }
  const choose = (hours: Hours, undo?: Hours) => {
    const choice = hours === AS_NOTED ? null : hours
    const goodHours = { ...stands.goodHours, choice, words: '', from: null, to: null }
    return act({ ...stands, goodHours }, () => call(setMyGoodHours, { body: { hours } }), undo)
  }
  const takeBack = (undo: Change[] | Hours) => void (typeof undo === 'string' ? choose(undo) : put(undo))
  /** Only what this very tap changes is taken back. */
  const set = (change: Change) =>
    put(
      [change],
      stands.topics
        .filter((wish) => isIn(change)(wish) && wish.optedOut !== change.optedOut)
        .map(({ topic, channel, optedOut }) => ({ topics: [topic], channels: [channel], optedOut })),
    )
  const waysOf = (topics: readonly Topic[]) =>
    stands.topics.filter(({ topic, channel }) => topics.includes(topic) && channel !== 'in-app')
  return (
    <>
      {SIDES.toReversed().map((side) => {
        const topics = topicsOfSide(side)
        const none = waysOf(topics).every(({ optedOut }) => optedOut)
        return (
          <section key={side} aria-labelledby={`side-${side}`}>
            <h2 id={`side-${side}`} style={SIDE}>
              {t(`my.side.${side}`)}
            </h2>
            {topics.map((topic) => (
              <OneTopic
                key={topic}
                topic={topic}
                ways={waysOf([topic])}
                hint={topic === 'activities' && !stands.promotionAgreed ? t('my.wishes.notAgreed') : undefined}
                onChange={(channels, optedOut) => void set({ topics: [topic], channels, optedOut })}
              />
            ))}
            {side === 'offer' && !none && (
              <button
                type="button"
                className="pp-button pp-wide"
                data-kind="second"
                onClick={() => void set({ topics, channels: [...WAYS], optedOut: true })}
              >
                {t('my.wishes.none')}
              </button>
            )}
          </section>
        )
      })}
      <GoodHours
        hours={stands.goodHours}
        onChoose={(hours) => void choose(hours, stands.goodHours.choice ?? AS_NOTED)}
      />
      <section className="pp-card">
        <label className="pp-check">
          <input
            type="checkbox"
            checked={stands.countsReading}
            onChange={() => {
              const countsReading = !stands.countsReading
              void act({ ...stands, countsReading }, () => call(setMyReading, { body: { countsReading } }))
            }}
          />
          <span>{t('my.wishes.reading')}</span>
        </label>
        <p className="pp-hint">{t('my.wishes.readingText')}</p>
      </section>
      <div className={said.text ? 'pp-actions' : undefined} style={{ alignItems: 'center' }}>
        <p role={said.isFault ? 'alert' : 'status'} className={said.isFault ? 'pp-fault' : undefined} style={SAID}>
          {said.text}
        </p>
        {said.undo && (
          <button type="button" className="pp-button" data-kind="second" onClick={() => takeBack(said.undo!)}>
            {t('my.wishes.undo')}
          </button>
        )}
      </div>
    </>
  )
}

async function inTurn(changes: readonly Change[]): Promise<Wishes> {
  const [first, ...rest] = changes
  const answer = await call(setMyWish, { body: first! })
  return rest.length > 0 ? inTurn(rest) : answer
}

function OneTopic(props: {
  topic: Topic
  ways: Wishes['topics']
  hint: string | undefined
  onChange: (channels: Family[], optedOut: boolean) => void
}) {
  const { topic, ways, hint, onChange } = props
  const t = useT('message')
  const none = ways.every(({ optedOut }) => optedOut)
  return (
    <div role="group" aria-labelledby={`wish-${topic}`} className="pp-card">
      <h3 id={`wish-${topic}`} style={TOPIC}>
        {t(`my.topic.${topic}`)}
      </h3>
      <p className="pp-hint">{t(`my.topicText.${topic}`)}</p>
      {hint && <p className="pp-hint">{hint}</p>}
      <div style={GRID}>
        {ways.map(({ channel, optedOut }) => (
          <label key={channel} className="pp-check">
            <input type="checkbox" checked={!optedOut} onChange={() => onChange([channel], !optedOut)} />
            <span>{t(`my.messages.way.${channel}`)}</span>
          </label>
        ))}
        <label className="pp-check">
          <input type="checkbox" checked={none} onChange={() => onChange([...WAYS], !none)} />
          <span>{t('my.wishes.all')}</span>
        </label>
      </div>
    </div>
  )
}
