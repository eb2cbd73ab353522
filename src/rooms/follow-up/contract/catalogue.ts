import { z } from 'zod'
import { calendarDate, endpoint, instant } from '../../../platform/contract/index.ts'
import { formDefinition } from './form.ts'
import { switchLine } from './impact.ts'
import { protocolDefinition } from './protocol.ts'
import { protocolCode } from './words.ts'

const noPatient = { none: 'protocols name no patient' } as const

export const protocolVersion = z.object({
  version: z.number().int(),
  /** One more with each writing of the draft. */
  revision: z.number().int(),
  /** Written by the reader, who therefore does not publish it. */
  isOwn: z.boolean(),
  state: z.enum(['draft', 'published', 'retired']),
  origin: z.enum(['shipped', 'organization']),
  running: z.enum(['leave', 'next-step', 're-plan']).nullable(),
  definition: protocolDefinition,
  createdAt: instant,
  publishedAt: instant.nullable(),
  retiredAt: instant.nullable(),
  author: z.string().nullable(),
  publisher: z.string().nullable(),
  /** Plans that run by it, up to 1,000. */
  active: z.number().int(),
})
export type ProtocolVersionView = z.infer<typeof protocolVersion>

/** Names of the departments whose people it takes in; null: everybody's; none: nobody new begins it. */
const reach = z.array(z.string()).nullable()

/** How many wait for their day, and on which days they begin. */
const waiting = z.array(z.object({ on: calendarDate, count: z.number().int() }))

export const listProtocols = endpoint({
  name: 'follow-up.listProtocols',
  method: 'GET',
  path: '/protocols',
  summary: 'Follow-up protocols: the published version, or the draft of one that has none yet',
  gate: { permission: 'follow-up.protocol.read', audit: noPatient },
  output: z.object({
    protocols: z.array(
      protocolVersion.extend({
        code: protocolCode,
        active: z.number().int(),
        draft: z.number().int().nullable(),
        reach,
        /** Peiban ships another version, which this house never had. */
        newer: z.boolean(),
      }),
    ),
  }),
})

export const getProtocol = endpoint({
  name: 'follow-up.getProtocol',
  method: 'GET',
  path: '/protocols/:code',
  summary: 'A protocol with all its versions, newest first, and its forms',
  gate: { permission: 'follow-up.protocol.read', audit: noPatient },
  params: z.object({ code: protocolCode }),
  output: z.object({
    code: protocolCode,
    versions: z.array(protocolVersion),
    reach,
    waiting,
    /** What Peiban ships today, where this house has another one and never had this. */
    newer: protocolDefinition.nullable(),
    forms: z.array(formDefinition),
    /** Decisions about running plans of the last thirty days, newest first. */
    switches: z.array(switchLine),
    can: z.object({ draft: z.boolean(), publish: z.boolean(), decide: z.boolean() }),
  }),
  problems: ['ProtocolUnknown'],
})

export const draftProtocol = endpoint({
  name: 'follow-up.draftProtocol',
  method: 'PUT',
  path: '/protocols/:code/draft',
  summary: 'Write the draft of the next version',
  gate: { permission: 'follow-up.protocol.write', audit: { action: 'follow-up.protocol.draft' } },
  params: z.object({ code: protocolCode }),
  body: z.object({
    definition: protocolDefinition,
    /** Of the draft that it was written upon, 0 where there was none; absent: over whatever stands. */
    revision: z.number().int().min(0).optional(),
  }),
  output: z.object({ version: z.number().int(), revision: z.number().int() }),
  problems: ['ProtocolFault', 'DraftChanged'],
})

export const takeShippedProtocol = endpoint({
  name: 'follow-up.takeShipped',
  method: 'POST',
  path: '/protocols/:code/draft/shipped',
  summary: 'Take what Peiban ships today over as a draft, for somebody else to publish',
  gate: { permission: 'follow-up.protocol.write', audit: { action: 'follow-up.protocol.take-shipped' } },
  params: z.object({ code: protocolCode }),
  body: z.strictObject({}),
  output: z.object({ version: z.number().int(), revision: z.number().int() }),
  problems: ['ProtocolUnknown', 'ChangedMeanwhile', 'DraftChanged'],
})

export const publishProtocol = endpoint({
  name: 'follow-up.publishProtocol',
  method: 'POST',
  path: '/protocols/:code/publication',
  summary: 'Publish a draft, and decide about the plans that run by earlier versions',
  gate: { permission: 'follow-up.protocol.publish', audit: { action: 'follow-up.protocol.publish' } },
  params: z.object({ code: protocolCode }),
  body: z.object({
    version: z.number().int(),
    running: z.enum(['leave', 'next-step', 're-plan']),
    /** The one that was read. */
    revision: z.number().int().optional(),
  }),
  output: z.object({ switched: z.number().int() }),
  problems: ['ProtocolNotDraft', 'ProtocolOwnDraft', 'ProtocolFault', 'DraftChanged'],
})
