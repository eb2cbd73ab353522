import { z } from 'zod'
import { event, patientId } from '../../../platform/contract/index.ts'
import { alertClass, alertId } from './words.ts'

const about = z.object({ alertId, patientId, class: alertClass })

/** From now on nothing promotional goes to this person. */
export const alertRaised = event('alert.raised', about)
export const alertClosed = event('alert.closed', about)
