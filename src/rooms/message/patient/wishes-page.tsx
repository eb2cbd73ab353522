import { useState } from 'react'
import { call, Loaded, OwnPage, useOwn, useT } from '../../../platform/patient-web/index.ts'
import { readMyWishes, setMyReading, setMyWish, type Wishes } from '../contract/own.ts'
import { PURPOSES, type Family, type Purpose } from '../contract/words.ts'

/** What the message centre shows is not sent anywhere, so there is nothing to stop. */
const STAYS: Family = 'in-app'

const WAYS = { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(9rem, 1fr))', columnGap: '1rem' } as const

/** 我想收到什么: by occasion and way, in one tap each, at once. */
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

function Choices({ before }: { before: Wishes }) {
  const t = useT('message')
  const [{ wishes, countsReading }, setWishes] = useState(before)
  const [said, setSaid] = useState({ text: '', isFault: false })
  /** Shown at once, and taken back when it did not arrive. */
  const act = async (shown: Wishes, ask: () => Promise<Wishes>) => {
    const stood = { wishes, countsReading }
    setWishes(shown)
    try {
      setWishes(await ask())
      setSaid({ text: t('my.wishes.saved'), isFault: false })
    } catch (error) {
      setWishes(stood)
      setSaid({ text: (error as { title: string }).title, isFault: true })
    }
  }
  const set = (purpose: Purpose, channels: Family[], optedOut: boolean) => {
    const isMeant = (wish: Wishes['wishes'][number]) => wish.purpose === purpose && channels.includes(wish.channel)
    const shown = wishes.map((wish) => (isMeant(wish) ? { ...wish, optedOut } : wish))
    return act({ wishes: shown, countsReading }, () => call(setMyWish, { body: { purpose, channels, optedOut } }))
  }
  const setReading = (counts: boolean) =>
    act({ wishes, countsReading: counts }, () => call(setMyReading, { body: { countsReading: counts } }))
  return (
    <>
      {PURPOSES.toReversed().map((purpose) => {
        const ways = wishes.filter((wish) => wish.purpose === purpose && wish.channel !== STAYS)
        const none = ways.every(({ optedOut }) => optedOut)
        return (
          <section key={purpose} role="group" aria-labelledby={`wish-${purpose}`} className="pp-card">
            <h2 id={`wish-${purpose}`}>{t(`my.wishes.purpose.${purpose}`)}</h2>
            <p className="pp-hint">{t(`my.wishes.purposeText.${purpose}`)}</p>
            <div style={WAYS}>
              {ways.map(({ channel, optedOut }) => (
                <label key={channel} className="pp-check">
                  <input type="checkbox" checked={!optedOut} onChange={() => void set(purpose, [channel], !optedOut)} />
                  <span>{t(`my.messages.way.${channel}`)}</span>
                </label>
              ))}
              <label className="pp-check">
                <input
                  type="checkbox"
                  checked={none}
                  onChange={() =>
                    void set(
                      purpose,
                      ways.map(({ channel }) => channel),
                      !none,
                    )
                  }
                />
                <span>{t('my.wishes.all')}</span>
              </label>
            </div>
          </section>
        )
      })}
      <section className="pp-card">
        <label className="pp-check">
          <input type="checkbox" checked={countsReading} onChange={() => void setReading(!countsReading)} />
          <span>{t('my.wishes.reading')}</span>
        </label>
        <p className="pp-hint">{t('my.wishes.readingText')}</p>
      </section>
      <p role={said.isFault ? 'alert' : 'status'} className={said.isFault ? 'pp-fault' : 'pp-hint'}>
        {said.text}
      </p>
    </>
  )
}
