import { useEffect, useState } from 'react'
import { useT } from '../language/use-t.ts'

/** Grey lines in the place of what comes; nothing for the first 150 ms, since a flicker is worse than a blank. */
export function Loading({ lines = 4 }: { lines?: number }) {
  const t = useT('web')
  const [shown, setShown] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), 150)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div className="pb-loading" role="status">
      <span className="pb-sr">{t('loading')}</span>
      {shown && Array.from({ length: lines }, (_, line) => <span key={line} className="pb-bone" style={{ width: `${90 - ((line * 17) % 40)}%` }} />)}
    </div>
  )
}
