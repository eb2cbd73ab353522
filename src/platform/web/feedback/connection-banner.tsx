import { useQueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { connection } from '../api/connection.ts'
import { useT } from '../language/use-t.ts'

/** Calm, above the page, as long as the server is not reached; what was typed stays where it is. */
export function ConnectionBanner() {
  const t = useT('web')
  const client = useQueryClient()
  const reached = useSyncExternalStore(connection.reached.watch, connection.reached.get)
  return (
    <div role="status">
      {!reached && (
        <div className="pb-banner">
          <span>{t('problem.offline')}</span>
          <button type="button" className="pb-link" onClick={() => void client.refetchQueries({ type: 'active' })}>
            {t('retry')}
          </button>
        </div>
      )}
    </div>
  )
}
