import { z } from 'zod'
import { endpoint } from '../../../platform/contract/index.ts'

/** The largest body; scanned reports come inside messages. */
export const SUBMIT_MEGABYTES = 32

/** Body: one or more HL7 v2 messages, in any charset, with or without MLLP framing. Answer: their acknowledgements. */
export const submitHl7 = endpoint({
  name: 'report-intake.submitHl7',
  method: 'POST',
  path: '/intake/hl7',
  summary: 'Hand in HL7 v2 messages; acknowledged once they are kept',
  gate: { permission: 'intake.submit', audit: { action: 'intake.submit' } },
  upload: true,
  media: 'application/hl7-v2',
  output: z.any(),
  problems: ['SubmissionTooLarge', 'SubmissionEmpty'],
})

/** Body: a FHIR R4 Bundle (transaction, batch, collection, document) or one resource. Answer: a transaction-response, or an OperationOutcome with status 400. */
export const submitFhir = endpoint({
  name: 'report-intake.submitFhir',
  method: 'POST',
  path: '/intake/fhir',
  summary: 'Hand in FHIR R4 bundles',
  gate: { permission: 'intake.submit', audit: { action: 'intake.submit' } },
  upload: true,
  media: 'application/fhir+json',
  output: z.any(),
  problems: ['SubmissionTooLarge', 'SubmissionEmpty'],
})
