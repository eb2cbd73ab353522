import { useEffect, type ReactNode } from 'react'
import { me } from '../../rooms/staff/contract/staff.ts'
import { ApiProblem, keepDraftsOf, language, Loading, MeContext, ProblemAlert, useApi } from '../../platform/web/index.ts'

/** Lets in who is signed in; everybody else is led to the sign-in page by the 401 itself. */
export function SessionGate({ children }: { children: ReactNode }) {
  const { data, error, refetch } = useApi(me)
  useEffect(() => {
    if (!data) return
    void language.suggest(data.locale)
    keepDraftsOf(data.id ?? data.name)
  }, [data])
  if (data) return <MeContext value={data}>{children}</MeContext>
  if (!error || (error instanceof ApiProblem && error.status === 401)) return <Loading />
  return (
    <div className="pb-plain-main">
      <ProblemAlert problem={error} onRetry={() => void refetch()} />
    </div>
  )
}
