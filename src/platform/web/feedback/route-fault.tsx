import type { ErrorComponentProps } from '@tanstack/react-router'
import { Button } from 'antd'
import { useT } from '../language/use-t.ts'
import { ProblemAlert } from './problem-alert.tsx'

/** A page that broke does not take the others with it. After a new release the old page's scripts are gone: reload. */
export function RouteFault({ error }: ErrorComponentProps) {
  const t = useT('web')
  return (
    <div className="pb-plain-main">
      <ProblemAlert problem={error as Error} />
      <p>
        <Button onClick={() => location.reload()}>{t('reload')}</Button>
      </p>
    </div>
  )
}
