import { z } from 'zod'
import { endpoint, pageQuery, patientId } from '../../../platform/contract/index.ts'
import { mergeId, patientLine, proposalId } from './person.ts'

/** What is chosen from one side or the other; paper, guardian and the like move as one. */
export const MERGE_FIELDS = [
  'name',
  'sex',
  'birthDate',
  'paper',
  'phone',
  'email',
  'recordNumber',
  'guardian',
  'level',
  'source',
  'called',
  'preferences',
  'locale',
  'mainWorry',
  'doctor',
  'manager',
  'counsellor',
  'death',
] as const
export const mergeField = z.enum(MERGE_FIELDS)
export type MergeField = z.infer<typeof mergeField>
export const side = z.enum(['left', 'right'])
export type Side = z.infer<typeof side>

/** A merge may be undone for so many days. */
export const UNDO_DAYS = 30

const ofProposal = z.object({ proposalId })
const decided = z.object({ by: z.string().nullable(), at: z.string().nullable(), reason: z.string() })

export const proposal = z.object({
  id: proposalId,
  state: z.enum(['open', 'merged', 'dismissed', 'undone']),
  because: z.enum(['paper', 'phone-name-birth', 'by-hand']),
  left: patientLine,
  right: patientLine,
  proposedAt: z.string(),
  decided,
  merge: z.object({ id: mergeId, undoUntil: z.string() }).nullable(),
})

export const listProposals = endpoint({
  name: 'patient.listMergeProposals',
  method: 'GET',
  path: '/merge-proposals',
  summary: 'People who may be one and the same',
  gate: { permission: 'patient.merge', audit: { action: 'patient.merge-proposals' } },
  query: pageQuery.extend({
    state: z.enum(['open', 'merged', 'dismissed', 'undone']).default('open'),
    patientId: patientId.optional(),
  }),
  output: z.object({ rows: z.array(proposal), next: z.string().nullable() }),
})

export const proposeMerge = endpoint({
  name: 'patient.proposeMerge',
  method: 'POST',
  path: '/merge-proposals',
  summary: 'Propose by hand that two files are of one person; the pair may have been dismissed before',
  gate: { permission: 'patient.merge', audit: { action: 'patient.propose-merge' } },
  body: z.object({ oneId: patientId, otherId: patientId }),
  output: z.object({ proposalId }),
  problems: ['SamePatient', 'PatientMerged'],
})

export const previewMerge = endpoint({
  name: 'patient.previewMerge',
  method: 'GET',
  path: '/merge-proposals/:proposalId',
  summary: 'Both sides field by field, with a suggestion for each',
  gate: { permission: 'patient.merge', audit: { action: 'patient.merge-preview', subject: 'proposalId' } },
  params: ofProposal,
  output: z.object({
    proposal,
    fields: z.array(
      z.object({
        field: mergeField,
        left: z.string().nullable(),
        right: z.string().nullable(),
        same: z.boolean(),
        suggested: side,
      }),
    ),
    suggestedInto: patientId,
    papersDiffer: z.boolean(),
  }),
})

export const mergePatients = endpoint({
  name: 'patient.merge',
  method: 'POST',
  path: '/merge-proposals/:proposalId/merge',
  summary: 'Put two files together; the other one stays as it was and points here',
  gate: { permission: 'patient.merge', audit: { action: 'patient.merge', subject: 'proposalId' } },
  params: ofProposal,
  body: z.object({
    intoId: patientId,
    chosen: z.partialRecord(mergeField, side),
    /** Needed when the papers differ. */
    reason: z.string().trim().max(300).default(''),
  }),
  output: z.object({ mergeId, patientId }),
  problems: ['ProposalClosed', 'DifferentPapers', 'PatientMerged'],
})

export const dismissProposal = endpoint({
  name: 'patient.dismissMergeProposal',
  method: 'POST',
  path: '/merge-proposals/:proposalId/dismiss',
  summary: 'They are two people; the pair is not proposed again',
  gate: { permission: 'patient.merge', audit: { action: 'patient.merge-dismiss', subject: 'proposalId' } },
  params: ofProposal,
  body: z.object({ reason: z.string().trim().max(300).default('') }),
  output: z.object({}),
  problems: ['ProposalClosed'],
})

export const undoMerge = endpoint({
  name: 'patient.undoMerge',
  method: 'POST',
  path: '/patient-merges/:mergeId/undo',
  summary: 'Take a merge apart again; what was changed since stays with the surviving file',
  gate: { permission: 'patient.merge', audit: { action: 'patient.merge-undo', subject: 'mergeId' } },
  params: z.object({ mergeId }),
  body: z.object({ reason: z.string().trim().min(2).max(300) }),
  output: z.object({ fromId: patientId, intoId: patientId, kept: z.array(mergeField) }),
  problems: ['MergeUndone', 'MergeTooOld', 'MergeUndoLaterFirst'],
})
