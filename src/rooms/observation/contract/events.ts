import { z } from 'zod'
import { event, instant, patientId } from '../../../platform/contract/index.ts'

/** At most this many people in one event; more are told in several. */
export const RECORDED_AT_ONCE = 500

/**
 * The records of these people have changed: values came, were corrected or withdrawn. What came carries `recordedAt`;
 * whoever listens reads it from the record. Urgent, since a result may be one that somebody has to act on now.
 */
export const observationsRecorded = event(
  'observation.recorded',
  z.object({ patientIds: z.array(patientId).min(1).max(RECORDED_AT_ONCE), recordedAt: instant }),
  { urgent: true },
)
