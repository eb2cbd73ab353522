import { z } from 'zod'
import { bilingual, endpoint } from '../../../platform/contract/index.ts'
import { MEASURES } from './words.ts'

export const REFERENCE_STATES = ['shipped', 'waiting', 'active', 'retired'] as const
export type ReferenceState = (typeof REFERENCE_STATES)[number]
/** A pack of WHO's daily tables is about 600 kB of JSON, 60 kB compressed. */
export const REFERENCE_MEGABYTES = 8

export const referenceView = z.object({
  code: z.string(),
  version: z.string(),
  state: z.enum(REFERENCE_STATES),
  title: bilingual,
  source: z.string(),
  licence: z.string(),
  /** Measure, sex, from and to which age or length, how many rows. */
  tables: z.array(
    z.object({
      measure: z.enum(MEASURES),
      sex: z.enum(['female', 'male']),
      by: z.string(),
      from: z.number(),
      to: z.number(),
      rows: z.number().int(),
      kind: z.enum(['lms', 'percentiles']),
    }),
  ),
  importedBy: z.string().nullable(),
  importedAt: z.string().nullable(),
  confirmedBy: z.string().nullable(),
  confirmedAt: z.string().nullable(),
  /** Children who are shown by it. */
  children: z.number().int(),
  can: z.object({ confirm: z.boolean(), retire: z.boolean() }),
})
export type ReferenceView = z.infer<typeof referenceView>

export const listReferences = endpoint({
  name: 'growth.listReferences',
  method: 'GET',
  path: '/growth-references',
  summary: 'The growth references of the house: what is shipped and what was imported',
  gate: { permission: 'growth.read', audit: { none: 'tables, nothing of a patient' } },
  output: z.object({ rows: z.array(referenceView), can: z.object({ import: z.boolean() }) }),
})

/** The file as the command line reads it: a pack as JSON, or the table that holds WHO's values; either may be .gz. */
export const importReference = endpoint({
  name: 'growth.importReference',
  method: 'POST',
  path: '/growth-references',
  summary: 'Hand in a growth reference that the house has the right to; it is checked, and waits for a physician',
  gate: { permission: 'growth.write', audit: { action: 'growth.import-reference' } },
  upload: true,
  output: referenceView,
  problems: ['ReferenceUnreadable', 'ReferenceImplausible', 'ReferenceTooLarge', 'ReferenceKnown'],
})

const ofReference = z.object({ code: z.string().max(60), version: z.string().max(60) })

export const confirmReference = endpoint({
  name: 'growth.confirmReference',
  method: 'POST',
  path: '/growth-references/:code/:version/confirmation',
  summary: 'A physician puts an imported reference in force; not whoever imported it',
  gate: { permission: 'plan.sign', audit: { action: 'growth.confirm-reference' } },
  params: ofReference,
  output: referenceView,
  problems: ['ReferenceUnknown', 'OwnReference', 'ChangedMeanwhile'],
})

export const retireReference = endpoint({
  name: 'growth.retireReference',
  method: 'POST',
  path: '/growth-references/:code/:version/retirement',
  summary: 'Take an imported reference out of use; who was shown by it is shown by the Chinese one again',
  gate: { permission: 'plan.sign', audit: { action: 'growth.retire-reference' } },
  params: ofReference,
  output: referenceView,
  problems: ['ReferenceUnknown', 'ChangedMeanwhile'],
})
