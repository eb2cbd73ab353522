import { z } from 'zod'
import { bilingual, endpoint } from '../../../platform/contract/index.ts'
import { protocolDefinition } from './protocol.ts'
import { protocolCode } from './words.ts'

const noPatient = { none: 'protocols name no patient' } as const

export const exportPathway = endpoint({
  name: 'follow-up.exportPathway',
  method: 'GET',
  path: '/protocols/:code/plan-definition',
  summary: 'A pathway as FHIR R4 PlanDefinition; what FHIR has no element for travels in an extension and is named',
  gate: { permission: 'follow-up.protocol.read', audit: noPatient },
  params: z.object({ code: protocolCode }),
  /** Absent: the published version, or the newest. */
  query: z.object({ version: z.coerce.number().int().optional() }),
  output: z.object({ resource: z.record(z.string(), z.json()), inExtension: z.array(z.string()) }),
  problems: ['ProtocolUnknown'],
})

export const importPathway = endpoint({
  name: 'follow-up.importPathway',
  method: 'POST',
  path: '/protocols/plan-definition',
  summary: 'Read a FHIR R4 PlanDefinition as a draft, with a list of what was not understood',
  gate: { permission: 'follow-up.protocol.write', audit: { action: 'follow-up.protocol.import' } },
  body: z.object({
    resource: z.record(z.string(), z.json()),
    /** Under another code than its own. */
    code: protocolCode.optional(),
  }),
  output: z.object({
    code: protocolCode,
    version: z.number().int(),
    definition: protocolDefinition,
    notUnderstood: z.array(
      z.object({ path: z.string(), why: z.enum(['not-supported', 'no-time', 'shortened']), text: bilingual }),
    ),
  }),
  problems: ['NotAPlanDefinition', 'DraftStands'],
})
