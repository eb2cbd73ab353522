import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import { connection } from '../api/connection.ts'
import { useT } from '../language/use-t.ts'

const ASK_AGAIN_MS = 4_000

/** Calm, above the page, as long as the server is not reached; what was typed stays where it is, and all goes on by itself. */
export function ConnectionBanner() {
  const t = useT('web')
  const client = useQueryClient()
  const reached = useSyncExternalStore(connection.reached.watch, connection.reached.get)
  useEffect(() => {
    if (reached) return
    const ask = async () => {
      const answer = await fetch('/healthz', { cache: 'no-store' }).catch(() => undefined)
      if (!answer?.ok) return
      connection.restored()
      await client.refetchQueries({ type: 'active' })
    }
    const timer = setInterval(() => void ask(), ASK_AGAIN_MS)
    const online = () => void ask()
    window.addEventListener('online', online)
    return () => {
      clearInterval(timer)
      window.removeEventListener('online', online)
    }
  }, [reached, client])
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
