import { z } from 'zod'
import { conditionFault } from '../../../platform/condition/contract.ts'
import { bilingual, endpoint, instant } from '../../../platform/contract/index.ts'
import { shipped } from './shipped.ts'
import {
  colleague,
  condition,
  filling,
  mode,
  segmentDefinition,
  segmentId,
  segmentName,
  segmentState,
  size,
} from './words.ts'

const ofSegment = z.object({ segmentId })
const noPatient = { none: 'a definition and numbers, nothing of a patient' }

export const segmentVersion = z.object({
  version: z.number().int(),
  state: z.enum(['draft', 'saved']),
  definition: segmentDefinition,
  /** The condition in words, without a full stop. */
  sentence: bilingual,
  author: z.string().nullable(),
  createdAt: instant,
  savedBy: z.string().nullable(),
  savedAt: instant.nullable(),
})
export type SegmentVersionView = z.infer<typeof segmentVersion>

export const segmentLine = z.object({
  id: segmentId,
  state: segmentState,
  name: segmentName,
  purpose: z.string(),
  mode,
  owner: colleague.nullable(),
  shipped: shipped.nullable(),
  version: z.number().int().nullable(),
  hasDraft: z.boolean(),
  sentence: bilingual,
  /** As it was last counted. */
  size,
  countedAt: instant.nullable(),
})
export type SegmentLine = z.infer<typeof segmentLine>

export const listSegments = endpoint({
  name: 'segment.list',
  method: 'GET',
  path: '/segments',
  summary: 'All segments with their sizes; a number, never a name',
  gate: { permission: 'segment.read', audit: noPatient },
  query: z.object({ retired: z.stringbool().default(false) }),
  output: z.object({ segments: z.array(segmentLine), can: z.object({ write: z.boolean() }) }),
})

/** Each time the members were brought in anew: when, by whom, and what it moved. */
export const segmentFill = z.object({
  id: z.string(),
  version: z.number().int(),
  because: z.enum(['saved', 'refreshed', 'restored']),
  by: z.string().nullable(),
  askedAt: instant,
  filledAt: instant.nullable(),
  entered: size,
  left: size,
})

export const segmentView = segmentLine.extend({
  condition,
  draft: segmentVersion.nullable(),
  versions: z.array(segmentVersion),
  fills: z.array(segmentFill),
  /** One number a day, oldest first; days on which nobody counted are left out. */
  sizes: z.array(z.object({ day: z.iso.date(), size })),
  /** How far the members of the version in force have been brought in; null when all is done. */
  filling: filling.nullable(),
  /** What it asks that it may not, or cannot, ask any more: it holds nobody until it is changed. */
  stopped: z.boolean(),
  can: z.object({ write: z.boolean(), members: z.boolean(), enrol: z.boolean() }),
})
export type SegmentView = z.infer<typeof segmentView>

export const openSegment = endpoint({
  name: 'segment.open',
  method: 'GET',
  path: '/segments/:segmentId',
  summary: 'One segment: its condition in words, versions, and how its size has changed',
  gate: { permission: 'segment.read', audit: noPatient },
  params: ofSegment,
  output: segmentView,
})

export const createSegment = endpoint({
  name: 'segment.create',
  method: 'POST',
  path: '/segments',
  summary: 'Begin a segment with its first draft',
  gate: { permission: 'segment.write', audit: { action: 'segment.create', subject: 'segmentId' } },
  body: z.object({ definition: segmentDefinition }),
  output: segmentView,
  problems: ['SegmentFaulty', 'SegmentNameTaken'],
})

export const draftSegment = endpoint({
  name: 'segment.draft',
  method: 'PUT',
  path: '/segments/:segmentId/draft',
  summary: 'Change the draft of a segment; what is in force stays as it is',
  gate: { permission: 'segment.write', audit: { action: 'segment.draft', subject: 'segmentId' } },
  params: ofSegment,
  body: z.object({
    definition: segmentDefinition,
    /** When the draft that the editor began with was written; null when there was none. */
    seen: instant.nullable(),
  }),
  output: segmentView,
  problems: ['SegmentFaulty', 'SegmentNameTaken', 'SegmentRetired', 'ChangedMeanwhile'],
})

export const discardSegmentDraft = endpoint({
  name: 'segment.discardDraft',
  method: 'DELETE',
  path: '/segments/:segmentId/draft',
  summary: 'Throw the draft of a segment away; one that was never saved goes with it',
  gate: { permission: 'segment.write', audit: { action: 'segment.discard', subject: 'segmentId' } },
  params: ofSegment,
  output: z.object({ discarded: z.boolean() }),
})

export const saveSegment = endpoint({
  name: 'segment.save',
  method: 'POST',
  path: '/segments/:segmentId/versions',
  summary: 'Put the draft in force as a version that is never edited; its members are brought in',
  gate: { permission: 'segment.write', audit: { action: 'segment.save', subject: 'segmentId' } },
  params: ofSegment,
  body: z.object({ version: z.number().int() }),
  output: segmentView,
  problems: ['SegmentFaulty', 'SegmentNoDraft', 'SegmentRetired'],
})

export const refreshSegment = endpoint({
  name: 'segment.refresh',
  method: 'POST',
  path: '/segments/:segmentId/refresh',
  summary: 'Choose the members of a frozen segment anew, as of now',
  gate: { permission: 'segment.write', audit: { action: 'segment.refresh', subject: 'segmentId' } },
  params: ofSegment,
  output: segmentView,
  problems: ['SegmentNotFrozen'],
})

export const retireSegment = endpoint({
  name: 'segment.retire',
  method: 'DELETE',
  path: '/segments/:segmentId',
  summary: 'Retire a segment: it holds nobody any more; it may be restored',
  gate: { permission: 'segment.write', audit: { action: 'segment.retire', subject: 'segmentId' } },
  params: ofSegment,
  output: z.object({ retired: z.boolean() }),
  problems: ['SegmentInUse'],
})

export const restoreSegment = endpoint({
  name: 'segment.restore',
  method: 'POST',
  path: '/segments/:segmentId/restoration',
  summary: 'Take back that a segment was retired; its members are brought in anew',
  gate: { permission: 'segment.write', audit: { action: 'segment.restore', subject: 'segmentId' } },
  params: ofSegment,
  output: segmentView,
  problems: ['SegmentFaulty'],
})

/** A question asked while somebody edits: `ask` is one editor's, so that its next question breaks off the former. */
export const draftCount = z.object({ condition, ask: z.string().regex(/^[\w-]{4,64}$/) })

export const counted = z.object({
  size,
  /** How many living people there are. */
  of: z.number().int(),
  milliseconds: z.number(),
  /** too-long: it was given up; superseded: the same editor has asked something newer. */
  ended: z.enum(['too-long', 'superseded']).nullable(),
  faults: z.array(conditionFault),
})
export type Counted = z.infer<typeof counted>

export const countSegment = endpoint({
  name: 'segment.count',
  method: 'POST',
  path: '/segments/count',
  summary: 'How many people a condition would choose; a number, never a name, and few as “fewer than”',
  gate: { permission: 'segment.read', audit: noPatient },
  body: draftCount,
  output: counted,
})
