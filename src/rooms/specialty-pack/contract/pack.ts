import { z } from 'zod'
import { bilingual } from '../../../platform/contract/index.ts'
import { ruleDefinition } from '../../alert/contract/rule.ts'
import { cardDefinition } from '../../advice/contract/words.ts'
import { templateDefinition } from '../../care-plan/contract/template.ts'
import { protocolDefinition } from '../../follow-up/contract/protocol.ts'
import { tagDefinition } from '../../tag/contract/rule.ts'

/** In the order in which a page shows them: what is true, what is asked, what follows, what cannot wait, what is said. */
export const PART_KINDS = [
  'tag',
  'questionnaire',
  'protocol',
  'alert-rule',
  'plan-template',
  'advice-card',
  'message-template',
] as const
export type PartKind = (typeof PART_KINDS)[number]

export const packCode = z.string().regex(/^[a-z0-9][a-z0-9-]{1,58}$/)
const code = packCode

/**
 * One part of a pack. With a definition it is the pack's own and is laid down in the room that owns its kind; without one
 * it names content that every organization has from that room.
 */
export const packPart = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('tag'), code, definition: tagDefinition.optional() }),
  z.strictObject({ kind: z.literal('questionnaire'), code }),
  z.strictObject({ kind: z.literal('protocol'), code, definition: protocolDefinition.optional() }),
  z.strictObject({ kind: z.literal('alert-rule'), code, definition: ruleDefinition.optional() }),
  z.strictObject({ kind: z.literal('plan-template'), code, definition: templateDefinition.optional() }),
  z.strictObject({ kind: z.literal('advice-card'), code, definition: cardDefinition.optional() }),
  z.strictObject({ kind: z.literal('message-template'), code }),
])
export type PackPart = z.output<typeof packPart>

/** A pack as content: what a specialty needs, gathered from the rooms that own it. */
export const packDefinition = z
  .strictObject({
    code: packCode,
    version: z.number().int().min(1),
    title: bilingual,
    about: bilingual,
    /** Which departments it is meant for, in words: the names of departments are each house's own. */
    forDepartments: bilingual,
    /** What is new in this version, in a sentence; empty in the first. */
    changes: bilingual,
    /** What the specialty needs as well and the pack does not hold. */
    notYet: z.array(bilingual).max(10),
    source: z.string().min(2),
    licence: z.string().min(2),
    /** The clinician who has read it for Peiban; null as long as nobody has. */
    reviewer: z.string().nullable(),
    parts: z.array(packPart).min(1).max(60),
  })
  .refine(
    ({ parts }) => new Set(parts.map((part) => `${part.kind} ${part.code}`)).size === parts.length,
    'a part twice',
  )
  .refine(
    ({ parts }) =>
      parts.every(
        (part) =>
          !('definition' in part && part.definition && 'code' in part.definition) || part.definition.code === part.code,
      ),
    'a part under another code',
  )
export type PackDefinition = z.output<typeof packDefinition>
