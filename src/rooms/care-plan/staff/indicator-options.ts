import { useMemo } from 'react'
import { indicatorByCode } from '../../../clinical/index.ts'
import { useLocale } from '../../../platform/web/index.ts'
import { indicatorOptions } from '../../tag/staff/indicator-words.ts'

/** Indicators that are numbers, to choose from. */
export function useIndicatorOptions() {
  const locale = useLocale()
  return useMemo(
    () => indicatorOptions(locale).filter(({ value }) => indicatorByCode(value)?.kind === 'number'),
    [locale],
  )
}
