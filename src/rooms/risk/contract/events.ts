import { z } from 'zod'
import { calendarDate, event, id, patientId } from '../../../platform/contract/index.ts'

/** A new result stands. Until `expiresOn` what follows from its band may stand too; null: the instrument names no interval. */
export const riskAssessed = event(
  'risk.assessed',
  z.object({
    patientId,
    assessmentId: id('risk-assessment'),
    instrument: z.string(),
    band: z.string().nullable(),
    expiresOn: calendarDate.nullable(),
  }),
)
