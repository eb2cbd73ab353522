import { useEffect, useState } from 'react'
import { call, go, Heading, Loaded, lookAt, Screen, useOwn, useT } from '../../../platform/patient-web/index.ts'
import type { OutputOf } from '../../../platform/contract/endpoint.ts'
import { lookAtInvitation, readPeople } from '../contract/entrance.ts'
import { CodeForm } from './code-form.tsx'

type Looked = OutputOf<typeof lookAtInvitation>

/** What a relative's link opens: a code to their own phone, then the pages of the person who asked them. */
export function FamilyEnterPage({ parameter: token }: { parameter: string }) {
  const looked = useOwn(lookAtInvitation, { params: { token } })
  return (
    <Screen organization={looked.data?.organization}>
      <Loaded of={looked}>{(answer) => <Entrance token={token} looked={answer} />}</Loaded>
    </Screen>
  )
}

/** From here on this tab shows their pages; the address with the token stays in no history of the browser. */
async function goIn(relativeId: string): Promise<void> {
  const { others } = await call(readPeople)
  lookAt(others.find(({ id }) => id === relativeId))
  go('/my', { replace: true })
}

function Entrance({ token, looked }: { token: string; looked: Looked }) {
  const t = useT('family')
  const [isClosed, setClosed] = useState(looked.state === 'closed')
  const { relativeId } = looked
  useEffect(() => {
    if (relativeId) void goIn(relativeId)
  }, [relativeId])
  if (relativeId) return null
  if (!isClosed)
    return <CodeForm token={token} looked={looked} onClosed={() => setClosed(true)} onEntered={(id) => void goIn(id)} />
  return (
    <section className="pp-notice">
      <Heading>{t('my.enter.closed')}</Heading>
      <p>{t('my.enter.closedHint')}</p>
      {looked.phone && (
        <a className="pp-call" href={`tel:${looked.phone}`}>
          {t('my.enter.call', { phone: looked.phone })}
        </a>
      )}
    </section>
  )
}
