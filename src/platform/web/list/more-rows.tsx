import { Button } from 'antd'
import { useEffect, useRef } from 'react'
import { useT } from '../language/use-t.ts'

/** Fetches further rows as one comes near the end; the button is there for the keyboard and after a failure. */
export function MoreRows({ hasMore, loading, failed, onMore }: { hasMore: boolean; loading: boolean; failed: boolean; onMore: () => void }) {
  const t = useT('web')
  const end = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!end.current || !hasMore || loading || failed) return
    const watcher = new IntersectionObserver(([entry]) => entry?.isIntersecting && onMore(), { rootMargin: '200px' })
    watcher.observe(end.current)
    return () => watcher.disconnect()
  }, [hasMore, loading, failed, onMore])
  if (!hasMore) return null
  return (
    <div ref={end} className="pb-more">
      <Button type="text" loading={loading} onClick={onMore}>
        {t('list.more')}
      </Button>
    </div>
  )
}
