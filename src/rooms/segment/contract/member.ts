import { z } from 'zod'
import { whyNode } from '../../../platform/condition/contract.ts'
import { endpoint, instant, pageOf, pageQuery, patientId, pii } from '../../../platform/contract/index.ts'
import { sex } from '../../patient/contract/person.ts'
import { segmentId, segmentName } from './words.ts'

const ofSegment = z.object({ segmentId })

/** A person as a list shows them. */
export const listedPerson = z.object({
  id: patientId,
  name: pii('name', z.string()),
  sex,
  ageYears: z.number().int().nullable(),
  doctorName: z.string().nullable(),
  managerName: z.string().nullable(),
})

export const listMembers = endpoint({
  name: 'segment.members',
  method: 'GET',
  path: '/segments/:segmentId/members',
  summary: 'The reader’s own patients in a segment, latest in first; there is no export',
  gate: { permission: 'segment.members', audit: { action: 'segment.members', subject: 'segmentId' } },
  params: ofSegment,
  query: pageQuery.extend({ limit: z.coerce.number().int().min(1).max(100).default(50) }),
  output: pageOf(z.object({ patient: listedPerson, sinceAt: instant })),
})

export const explainMember = endpoint({
  name: 'segment.explain',
  method: 'GET',
  path: '/segments/:segmentId/people/:patientId/explanation',
  summary: 'Why a person is in a segment or not: each part of its condition with its answer and its facts',
  gate: {
    permission: 'segment.members',
    audit: { action: 'segment.explain', patient: 'patientId', subject: 'segmentId' },
  },
  params: z.object({ segmentId, patientId }),
  output: z.object({
    /** Whether they are in it now: of a frozen one, since it was frozen. */
    isIn: z.boolean(),
    holds: z.boolean(),
    tree: whyNode,
    /** Stays, newest first. */
    stays: z.array(z.object({ sinceAt: instant, leftAt: instant.nullable() })),
  }),
})

export const segmentsOfPatient = endpoint({
  name: 'segment.ofPatient',
  method: 'GET',
  path: '/patients/:patientId/segments',
  summary: 'The segments that a person is in',
  gate: { permission: 'segment.members', audit: { action: 'segment.ofPatient', patient: 'patientId' } },
  params: z.object({ patientId }),
  output: z.object({ segments: z.array(z.object({ id: segmentId, name: segmentName, sinceAt: instant })) }),
})
