import { EyeOutlined } from '@ant-design/icons'
import { useEffect, useState } from 'react'
import { useT } from '../language/use-t.ts'
import { useSay } from '../feedback/use-say.tsx'

export interface MaskedProps {
  /** As lists show it: `138****1999`. */
  value: string | null | undefined
  /** Whose and what, for the button: 王秀英的电话. */
  label: string
  /** Asks the server for the whole value, which records who looked. Without it the value stays masked. */
  reveal?: () => Promise<string | null>
}

const SHOWN_MS = 60_000

/** A masked value that can be shown for a minute by a click, which the audit log keeps. */
export function Masked({ value, label, reveal }: MaskedProps) {
  const t = useT('web')
  const say = useSay()
  const [whole, setWhole] = useState<string | null>(null)
  const [asking, setAsking] = useState(false)
  useEffect(() => setWhole(null), [value])
  useEffect(() => {
    if (whole === null) return
    const timer = setTimeout(() => setWhole(null), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [whole])
  if (!value) return null
  const show = async () => {
    setAsking(true)
    await reveal?.().then(setWhole, say.problem)
    setAsking(false)
  }
  return (
    <span className="pb-nowrap pb-number">
      {whole ?? value}
      {reveal && whole === null && (
        <button type="button" className="pb-link" disabled={asking} onClick={() => void show()} title={t('masked.hint')}>
          <EyeOutlined aria-hidden="true" /> <span>{t('masked.show')}</span>
          <span className="pb-sr">{label}</span>
        </button>
      )}
      <span className="pb-sr" role="status">
        {whole}
      </span>
    </span>
  )
}
