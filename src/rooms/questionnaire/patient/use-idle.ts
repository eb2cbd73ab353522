import { useEffect, useState } from 'react'

/** Away so long, one is asked whether one is still there; so long after that, everything is cleared. */
const ASK_AFTER_S = 45
const CLEAR_AFTER_S = 60
const SIGNS = ['pointerdown', 'keydown', 'touchstart', 'scroll'] as const

/**
 * Counts the seconds without a sign of anybody, while `on`.
 * @returns seconds left before `onGone` is called; undefined as long as nobody needs to be asked
 */
export function useIdle(on: boolean, onGone: () => void): { left: number | undefined; stay: () => void } {
  const [still, setStill] = useState(0)
  const stay = () => setStill(0)
  useEffect(() => {
    if (!on) return
    setStill(0)
    const count = setInterval(() => setStill((before) => before + 1), 1000)
    for (const sign of SIGNS) document.addEventListener(sign, stay, { passive: true })
    return () => {
      clearInterval(count)
      for (const sign of SIGNS) document.removeEventListener(sign, stay)
    }
  }, [on])
  useEffect(() => {
    if (on && still >= CLEAR_AFTER_S) onGone()
  }, [on, still, onGone])
  return { left: on && still >= ASK_AFTER_S ? Math.max(0, CLEAR_AFTER_S - still) : undefined, stay }
}
