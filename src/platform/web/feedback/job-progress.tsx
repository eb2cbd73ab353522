import { Button, Progress } from 'antd'
import type { ReactNode } from 'react'
import { useT } from '../language/use-t.ts'
import { Status, type Tone } from '../text/status.tsx'

export interface JobProgressProps {
  title: string
  state: 'waiting' | 'running' | 'completed' | 'failed' | 'cancelled'
  done: number
  /** Null while it is not known yet. */
  total: number | null
  failed?: number
  /** What did not work and why. */
  failures?: readonly { key: string; text: ReactNode }[]
  onCancel?: () => void
  /** At the end: look at the result, download the list of failures. */
  action?: ReactNode
}

const TONES: Record<JobProgressProps['state'], Tone> = { waiting: 'plain', running: 'due', completed: 'good', failed: 'danger', cancelled: 'plain' }

/** A long job with its counts; one may leave the page and find it again. */
export function JobProgress({ title, state, done, total, failed = 0, failures = [], onCancel, action }: JobProgressProps) {
  const t = useT('web')
  const under = state === 'running' || state === 'waiting'
  const percent = total ? Math.floor((done / total) * 100) : state === 'completed' ? 100 : 0
  return (
    <section className="pb-job" aria-label={title}>
      <div className="pb-job-head">
        <strong>{title}</strong>
        <Status tone={TONES[state]}>{t(`job.${state}`)}</Status>
        <span className="pb-job-count pb-number">{total === null ? t('job.doneSoFar', { done }) : t('job.doneOf', { done, total })}</span>
        {failed > 0 && <span className="pb-due pb-number">{t('job.failures', { count: failed })}</span>}
        <span className="pb-job-actions">
          {under && onCancel && (
            <Button size="small" onClick={onCancel}>
              {t('job.stop')}
            </Button>
          )}
          {action}
        </span>
      </div>
      <Progress percent={percent} showInfo={false} size="small" status={state === 'failed' ? 'exception' : 'normal'} aria-label={title} />
      {under && <p className="pb-hint">{t('job.leave')}</p>}
      {failures.length > 0 && (
        <details>
          <summary>{t('job.why', { count: failures.length })}</summary>
          <ul className="pb-reach">
            {failures.map(({ key, text }) => (
              <li key={key}>{text}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}
