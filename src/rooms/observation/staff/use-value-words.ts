import { useMemo } from 'react'
import { dateIn } from '../../../platform/clock.ts'
import { useT, useTimeZone } from '../../../platform/web/index.ts'
import { sourceKey } from './facts-drawer.tsx'

const METHODS = ['home', 'ambulatory']

/** How methods, sources and days are written. */
export function useValueWords() {
  const t = useT('observation')
  const timeZone = useTimeZone()
  return useMemo(() => {
    const method = (code: string) => (METHODS.includes(code) ? t(`method.${code}`) : code)
    return {
      method,
      day: (at: string) => dateIn(new Date(at), timeZone),
      source: ({ source, by, method: how }: { source: string; by: string | null; method: string | null }) =>
        [t(`source.${sourceKey(source)}`, { source }), by, how && method(how)].filter(Boolean).join(' '),
    }
  }, [t, timeZone])
}
