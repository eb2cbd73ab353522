import { useEffect, useState } from 'react'
import {
  call,
  Go,
  Heading,
  HomeCards,
  Loaded,
  rememberHouse,
  Screen,
  useHomeCards,
  useOwn,
  useT,
  useWhose,
} from '../../../platform/patient-web/index.ts'
import type { OutputOf } from '../../../platform/contract/endpoint.ts'
import { readHome, signOutPatient } from '../contract/my.ts'
import { LanguageButton } from './language-button.tsx'

type Home = OutputOf<typeof readHome>

/** 我的健康: what waits for the person, what there is to read, and the people beside them. */
export function HomePage() {
  const t = useT('patient-access')
  const home = useOwn(readHome)
  const cards = useHomeCards()
  const { data } = home
  useEffect(() => {
    if (data) rememberHouse(data)
  }, [data])
  const whose = useWhose()
  const [isOut, setOut] = useState(false)
  if (isOut) return <SignedOut organization={data?.organization} />
  return (
    <Screen organization={data?.organization}>
      <Loaded of={home}>
        {(loaded) => (
          <>
            <Heading>
              {t(whose ? 'my.theirs' : loaded.forGuardian ? 'my.helloGuardian' : 'my.hello', { name: loaded.name })}
            </Heading>
            <HomeCards cards={cards} />
            {!whose && <Own home={loaded} onOut={() => setOut(true)} />}
            {whose && (
              <footer className="pp-foot">
                <LanguageButton />
              </footer>
            )}
          </>
        )}
      </Loaded>
    </Screen>
  )
}

/** What stands on one's own pages alone. */
function Own({ home, onOut }: { home: Home; onOut: () => void }) {
  const t = useT('patient-access')
  return (
    <>
      <Carers home={home} />
      <section className="pp-card">
        <h2>{t('my.record')}</h2>
        <p>{t('my.recordHint')}</p>
        <Go to="/my/who-looked" className="pp-more">
          {t('my.whoLooked')}
          <span aria-hidden="true">›</span>
        </Go>
      </section>
      <footer className="pp-foot">
        <SignOut onOut={onOut} />
        <LanguageButton />
      </footer>
    </>
  )
}

function Carers({ home }: { home: Home }) {
  const t = useT('patient-access')
  return (
    <section className="pp-card">
      <h2>{t('my.carers')}</h2>
      {home.carers.length === 0 ? (
        <p>{t('my.carersNone')}</p>
      ) : (
        <dl className="pp-facts">
          {home.carers.map(({ role, name }) => (
            <div key={role}>
              <dt>{t(`my.carer.${role}`)}</dt>
              <dd>{name}</dd>
            </div>
          ))}
        </dl>
      )}
      {home.phone && (
        <a className="pp-call" href={`tel:${home.phone}`}>
          {t('my.call', { phone: home.phone })}
        </a>
      )}
      <p className="pp-hint">{t('my.emergency')}</p>
    </section>
  )
}

function SignOut({ onOut }: { onOut: () => void }) {
  const t = useT('patient-access')
  const [problem, setProblem] = useState('')
  const leave = () =>
    call(signOutPatient).then(onOut, (error: unknown) => setProblem((error as { title: string }).title))
  return (
    <>
      <button type="button" className="pp-quiet" onClick={() => void leave()}>
        {t('my.signOut')}
      </button>
      {problem && (
        <p className="pp-fault" role="alert">
          {problem}
        </p>
      )}
    </>
  )
}

function SignedOut({ organization }: { organization?: string }) {
  const t = useT('patient-access')
  return (
    <Screen organization={organization}>
      <section className="pp-notice">
        <Heading>{t('my.signedOut')}</Heading>
        <p>{t('my.signedOutHint')}</p>
      </section>
    </Screen>
  )
}
