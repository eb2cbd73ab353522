import { useState } from 'react'
import { call, Loaded, Nothing, OwnPage, useLocale, useOwn, useT } from '../../../platform/patient-web/index.ts'
import { allowOwnGround, listOwnGrounds, refuseOwnGround, type OwnGround } from '../contract/own.ts'

/** 为您推荐的依据: what reminders and advice rest on, and the person's right to take it out (算法推荐 §17). */
export function GroundsPage() {
  const t = useT('tag')
  const own = useOwn(listOwnGrounds)
  return (
    <OwnPage title={t('my.title')}>
      <Loaded of={own}>
        {({ rows }) =>
          rows.length === 0 ? <Nothing>{t('my.none')}</Nothing> : <Grounds rows={rows} reload={own.reload} />
        }
      </Loaded>
    </OwnPage>
  )
}

function Grounds({ rows, reload }: { rows: readonly OwnGround[]; reload: () => void }) {
  const t = useT('tag')
  const [said, setSaid] = useState<{ text: string; undo?: OwnGround }>()
  const act = async (endpoint: typeof refuseOwnGround | typeof allowOwnGround, one: OwnGround, undo: boolean) => {
    try {
      await call(endpoint as typeof allowOwnGround, { params: { tagCode: one.code } })
      setSaid(undo ? { text: t('my.refused'), undo: one } : { text: t('my.allowed') })
      reload()
    } catch (error) {
      setSaid({ text: (error as { title: string }).title })
    }
  }
  const used = rows.filter(({ refusedOn }) => refusedOn === null)
  const off = rows.filter(({ refusedOn }) => refusedOn !== null)
  return (
    <>
      <p>{t('my.intro')}</p>
      <p className="pp-hint">{t('my.care')}</p>
      <p role="status">
        {said?.text}{' '}
        {said?.undo && (
          <button type="button" className="pp-quiet" onClick={() => void act(allowOwnGround, said.undo!, false)}>
            {t('my.undo')}
          </button>
        )}
      </p>
      {used.length === 0 && <Nothing>{t('my.none')}</Nothing>}
      {used.map((one) => (
        <section key={one.code} className="pp-card">
          <Ground one={one} />
          <p>
            <button
              type="button"
              className="pp-button pp-wide"
              data-kind="second"
              onClick={() => void act(refuseOwnGround, one, true)}
            >
              {t('my.refuse')}
            </button>
          </p>
        </section>
      ))}
      {off.length > 0 && <h2 style={{ fontSize: '1.1rem', margin: '1.4rem 0 0.6rem' }}>{t('my.off')}</h2>}
      {off.map((one) => (
        <section key={one.code} className="pp-card">
          <Ground one={one} />
          <button type="button" className="pp-quiet" onClick={() => void act(allowOwnGround, one, false)}>
            {t('my.allow')}
          </button>
        </section>
      ))}
    </>
  )
}

function Ground({ one: { words, since, until, refusedOn } }: { one: OwnGround }) {
  const t = useT('tag')
  const locale = useLocale()
  const own = (pair: { zh: string; en: string }) => (locale === 'en' ? pair.en : pair.zh)
  const format = new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'long', day: 'numeric', timeZone: 'UTC' })
  const day = (on: string) => format.format(new Date(`${on}T00:00:00Z`))
  const when = refusedOn
    ? [t('my.offSince', { day: day(refusedOn) })]
    : [
        ...(since ? [t('my.since', { day: day(since) })] : []),
        until ? t('my.until', { day: day(until) }) : t('my.whenever'),
      ]
  return (
    <>
      <h2>{words ? own(words.name) : t('my.unnamed')}</h2>
      <p>{words ? own(words.why) : t('my.unnamedWhy')}</p>
      <p className="pp-hint">{when.join(' · ')}</p>
    </>
  )
}
