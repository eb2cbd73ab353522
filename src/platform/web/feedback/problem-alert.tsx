import { Alert, Button } from 'antd'
import { ApiProblem } from '../api/api-problem.ts'
import { useT } from '../language/use-t.ts'

export interface ProblemAlertProps {
  problem: Error | null | undefined
  onRetry?: () => void
}

/** What happened, why, and the way out; a number to ask about when it was our fault. */
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
        onRetry && (
          <Button size="small" onClick={onRetry}>
            {t('retry')}
          </Button>
        )
      }
    />
  )
}
