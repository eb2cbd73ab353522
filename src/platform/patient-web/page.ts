import type { ComponentType } from 'react'

/** A page of patients. `path` has one parameter at its end: `/fill/:token`. */
export interface PatientPage {
  path: `/${string}/:${string}`
  /** Fetched when it is opened. */
  load: () => Promise<ComponentType<{ parameter: string }>>
}
