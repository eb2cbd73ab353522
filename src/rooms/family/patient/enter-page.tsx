import { useEffect, useState } from 'react'
import {
  call,
  go,
  Heading,
  Loaded,
  lookAt,
  Screen,
  Trouble,
  useOwn,
  useT,
  Waiting,
} from '../../../platform/patient-web/index.ts'
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

/**
 * From here on this tab shows their pages; the address with the token stays in no history of the browser.
 * @returns whether they are still open to this phone; never one's own pages instead
 */
async function goIn(relativeId: string): Promise<boolean> {
  const { others } = await call(readPeople)
  const one = others.find(({ id }) => id === relativeId)
  if (!one) return false
  lookAt(one)
  go('/my', { replace: true })
  return true
}

function GoingIn({ relativeId, onClosed }: { relativeId: string; onClosed: () => void }) {
  const [problem, setProblem] = useState<{ title: string }>()
  const enter = async () => {
    setProblem(undefined)
    await goIn(relativeId).then((isOpen) => isOpen || onClosed(), setProblem)
  }
  useEffect(() => {
    void enter()
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once; whoever was not let through tries again by hand
  }, [relativeId])
  return problem ? <Trouble problem={problem} onRetry={() => void enter()} /> : <Waiting />
}

function Entrance({ token, looked }: { token: string; looked: Looked }) {
  const t = useT('family')
  const [isClosed, setClosed] = useState(looked.state === 'closed')
  const [relativeId, setRelativeId] = useState<string | null>(looked.relativeId)
  const close = () => {
    setRelativeId(null)
    setClosed(true)
  }
  if (relativeId) return <GoingIn relativeId={relativeId} onClosed={close} />
  if (!isClosed) return <CodeForm token={token} looked={looked} onClosed={close} onEntered={setRelativeId} />
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
