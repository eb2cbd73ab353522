import { z } from 'zod'
import { endpoint } from '../../../platform/contract/index.ts'
import { channel, nothing, sourceId } from './words.ts'

const ofSource = z.object({ sourceId })

export const sourceFields = z.object({
  name: z.string().trim().min(1).max(80),
  sending: z.string().trim().max(200).default(''),
  receiving: z.string().trim().max(200).default(''),
  address: z.string().trim().max(60).default(''),
  timeZone: z
    .string()
    .max(60)
    .nullable()
    .default(null)
    .refine((zone) => zone === null || isZone(zone), { message: 'time-zone' }),
  ackMode: z.enum(['honour', 'original']).default('honour'),
  testMessages: z.enum(['set-aside', 'accept']).default('set-aside'),
  register: z.enum(['by-channel', 'never', 'complete']).default('by-channel'),
  numbering: z.enum(['auto', 'unique']).default('auto'),
})
export type SourceFields = z.output<typeof sourceFields>

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

export const sourceView = sourceFields.extend({ id: sourceId, version: z.number().int() })
export type SourceView = z.output<typeof sourceView>

export const listSources = endpoint({
  name: 'report-intake.listSources',
  method: 'GET',
  path: '/intake/sources',
  summary: 'What is agreed with each sender, and who has sent lately without an entry of their own',
  gate: { permission: 'integration.configure', audit: { none: 'names systems, no patient' } },
  output: z.object({
    rows: z.array(sourceView),
    seen: z.array(z.object({ source: z.string(), channel, address: z.string(), lastAt: z.string() })),
  }),
})

export const addSource = endpoint({
  name: 'report-intake.addSource',
  method: 'POST',
  path: '/intake/sources',
  summary: 'Enter a sender',
  gate: { permission: 'integration.configure', audit: { action: 'intake.add-source' } },
  body: sourceFields,
  output: sourceView,
  problems: ['SourceDoubled'],
})

export const changeSource = endpoint({
  name: 'report-intake.changeSource',
  method: 'PUT',
  path: '/intake/sources/:sourceId',
  summary: 'Change what is agreed with a sender',
  gate: { permission: 'integration.configure', audit: { action: 'intake.change-source', subject: 'sourceId' } },
  params: ofSource,
  body: sourceFields.extend({ version: z.number().int() }),
  output: sourceView,
  problems: ['ChangedMeanwhile', 'SourceDoubled'],
})

export const removeSource = endpoint({
  name: 'report-intake.removeSource',
  method: 'DELETE',
  path: '/intake/sources/:sourceId',
  summary: 'Take an entry away; the sender is then treated as any other',
  gate: { permission: 'integration.configure', audit: { action: 'intake.remove-source', subject: 'sourceId' } },
  params: ofSource,
  output: nothing,
})
