import { useRouter } from '@tanstack/react-router'
import { Alert, Button } from 'antd'
import { useContext } from 'react'
import { ApiProblem } from '../api/api-problem.ts'
import { useT } from '../language/use-t.ts'
import { Go } from '../page/go.tsx'
import { listAbove } from '../page/list-above.ts'
import { MeContext } from '../page/session.ts'
import { AtSideContext } from '../page/side-drawer.tsx'

export interface ProblemAlertProps {
  problem: Error | null | undefined
  onRetry?: () => void
}

/** What happened, why, and the way out: to try again, or away where that cannot help; a number to ask about when it was our fault. */
export function ProblemAlert({ problem, onRetry }: ProblemAlertProps) {
  const t = useT('web')
  if (!problem) return null
  const known = problem instanceof ApiProblem ? problem : undefined
  return (
    <Alert
      role="alert"
      showIcon
      type={known && known.status >= 400 && known.status < 500 ? 'warning' : 'error'}
      title={
        <>
          {known?.title ?? t('problem.fault')}
          {known?.requestId && known.status >= 500 && <div className="pb-hint">{t('problem.number', { number: known.requestId })}</div>}
        </>
      }
      action={
        onRetry &&
        (known?.leadsNowhere ? (
          <WayBack />
        ) : (
          !known?.isFinal && (
            <Button size="small" onClick={onRetry}>
              {t('retry')}
            </Button>
          )
        ))
      }
    />
  )
}

/** To the list that the address belongs to. What is open at the side is closed by its own button: its list still stands there. */
function WayBack() {
  const t = useT('web')
  const router = useRouter({ warn: false }) as ReturnType<typeof useRouter> | undefined
  const isSignedIn = useContext(MeContext) !== undefined
  const isAtSide = useContext(AtSideContext)
  if (!router || !isSignedIn || isAtSide) return null
  const list = listAbove(router.latestLocation.pathname, (path) => path in router.routesByPath)
  return <Go to={list}>{t(list === '/' ? 'toWorkbench' : 'toList')}</Go>
}
