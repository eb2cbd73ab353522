import { useEffect } from 'react'
import { call } from '../../../platform/patient-web/index.ts'
import { countOpening } from '../contract/my.ts'

/** Counts an opening once; whether it could be counted changes nothing for the reader. */
export function useCounted(code: string | undefined): void {
  useEffect(() => {
    if (code) call(countOpening, { params: { code } }).catch(() => {})
  }, [code])
}
