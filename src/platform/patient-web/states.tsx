import { Component, type ReactNode } from 'react'
import type { ApiProblem } from '../web/api/api-problem.ts'
import { useT } from '../web/language/use-t.ts'
import type { Own } from './use-own.ts'

/** Shows what was loaded; until then that it comes, and if it does not, why and how to try again where that may help. */
export function Loaded<T>({ of: own, children }: { of: Own<T>; children: (data: T) => ReactNode }) {
  if (own.data !== undefined) return <>{children(own.data)}</>
  if (!own.problem) return <Waiting />
  return <Trouble problem={own.problem} {...(own.problem.isFinal ? {} : { onRetry: own.reload })} />
}

export function Waiting() {
  const t = useT('web')
  return (
    <p className="pp-hint" role="status">
      {t('patient.loading')}
    </p>
  )
}

export function Trouble({ problem, onRetry }: { problem: Pick<ApiProblem, 'title'>; onRetry?: () => void }) {
  const t = useT('web')
  return (
    <section className="pp-card" role="alert">
      <p>{problem.title}</p>
      {onRetry && (
        <button type="button" className="pp-button" data-kind="second" onClick={onRetry}>
          {t('patient.again')}
        </button>
      )}
    </section>
  )
}

/** Nothing is there yet: say what will be, and when. */
export function Nothing({ children }: { children: ReactNode }) {
  return <p className="pp-nothing">{children}</p>
}

/** A card that breaks leaves the others as they are. */
export class Apart extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false }
  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true }
  }
  override render(): ReactNode {
    return this.state.broken ? null : this.props.children
  }
}
