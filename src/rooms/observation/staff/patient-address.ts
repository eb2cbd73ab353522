import { useCallback } from 'react'
import { usePathParam } from '../../../platform/web/index.ts'

/** Addresses on the page of this patient: `to('tab=reports')`. */
export function usePatientAddress(): (search: string) => string {
  const patientId = usePathParam('patientId')
  return useCallback((search) => `/patients/${patientId}${search ? `?${search}` : ''}`, [patientId])
}
