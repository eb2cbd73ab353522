import { useEffect, useState } from 'react'
import { useT } from '../web/language/use-t.ts'

const KEPT = 'peiban.large-print'

/** 关怀版: everything a third larger, remembered on this phone. */
export function LargePrint() {
  const t = useT('web')
  const [large, setLarge] = useState(() => localStorage.getItem(KEPT) === '1')
  useEffect(() => {
    document.documentElement.classList.toggle('pp-large', large)
    if (large) localStorage.setItem(KEPT, '1')
    else localStorage.removeItem(KEPT)
  }, [large])
  return (
    <button type="button" className="pp-quiet" aria-pressed={large} onClick={() => setLarge(!large)}>
      {t(large ? 'patient.usualPrint' : 'patient.largePrint')}
    </button>
  )
}
