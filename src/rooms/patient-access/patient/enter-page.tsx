import { useEffect, useState } from 'react'
import { call, go, Heading, Loaded, Screen, useOwn, useT } from '../../../platform/patient-web/index.ts'
import type { OutputOf } from '../../../platform/contract/endpoint.ts'
import { enterByWay, lookAtWay } from '../contract/enter.ts'
import { EnterForm } from './enter-form.tsx'
import { LanguageButton } from './language-button.tsx'

type Looked = OutputOf<typeof lookAtWay>

/** What a link to the own pages opens: the date of birth once, then the page. */
export function EnterPage({ parameter: token }: { parameter: string }) {
  const looked = useOwn(lookAtWay, { params: { token } })
  return (
    <Screen organization={looked.data?.organization}>
      <Loaded of={looked}>{(answer) => <Entrance token={token} looked={answer} />}</Loaded>
      <LanguageButton />
    </Screen>
  )
}

function Entrance({ token, looked }: { token: string; looked: Looked }) {
  const [state, setState] = useState(looked.state)
  const { page } = looked
  useEffect(() => {
    if (page) go(page, { replace: true })
  }, [page])
  if (state === 'inside') return null
  if (state !== 'open') return <Closed state={state} phone={looked.phone} />
  const enter = async (birthDate: string, stay: boolean) => {
    const answer = await call(enterByWay, { params: { token }, body: { birthDate, stay } })
    // The address with the token is replaced: it stays in no history of the browser.
    if (answer.result === 'entered') go(answer.page ?? '/my', { replace: true })
    else if (answer.result !== 'wrong-birth-date') setState(answer.result)
    return answer.triesLeft
  }
  return <EnterForm onEnter={enter} />
}

function Closed({ state, phone }: { state: 'locked' | 'closed'; phone: string | null }) {
  const t = useT('patient-access')
  return (
    <section className="pp-notice">
      <Heading>{t(`my.enter.${state}`)}</Heading>
      <p>{t(`my.enter.${state}Hint`)}</p>
      {phone && (
        <a className="pp-call" href={`tel:${phone}`}>
          {t('my.call', { phone })}
        </a>
      )}
    </section>
  )
}
