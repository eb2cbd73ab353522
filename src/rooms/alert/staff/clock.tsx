import { useEffect, useState } from 'react'
import { systemClock } from '../../../platform/clock.ts'
import { useT, type T } from '../../../platform/web/index.ts'
import type { AlertLine } from '../contract/words.ts'
import { spanOf } from './span.ts'

const LOOK_EVERY_MS = 15_000

/** This moment, looked at again as it goes on. */
export function useNow(): Date {
  const [now, setNow] = useState(() => systemClock.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(systemClock.now()), LOOK_EVERY_MS)
    return () => clearInterval(timer)
  }, [])
  return now
}

const STEPS = { raised: 'acknowledge', 'handed-over': 'acknowledge', acknowledged: 'reach', reached: 'close' } as const

/** 接手还剩 8 分钟; late in red and in words. */
export function AlertClock({ alert, now }: { alert: AlertLine; now: Date }) {
  const t = useT('alert')
  if (!alert.dueAt || alert.state === 'closed') return null
  const step = t(`clock.${STEPS[alert.state]}`)
  const left = Date.parse(alert.dueAt) - now.getTime()
  if (alert.level > 0) return <span className="pb-danger pb-nowrap">{t('clock.passedOn')}</span>
  const time = spanWords(t, Math.abs(left))
  return left >= 0 ? (
    <span className="pb-nowrap pb-number">{t('clock.left', { step, time })}</span>
  ) : (
    <span className="pb-danger pb-nowrap pb-number">{t('clock.over', { step, time })}</span>
  )
}

/** 15 分钟, 3 天. */
export function spanWords(t: T, ms: number): string {
  const { unit, count } = spanOf(ms)
  return t(`clock.${unit}`, { count })
}
