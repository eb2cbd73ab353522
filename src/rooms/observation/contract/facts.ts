import { z } from 'zod'
import { endpoint } from '../../../platform/contract/index.ts'
import { factId, factKind, factLists, newFact, ofPatient, reason } from './record.ts'

const ofFact = ofPatient.extend({ factId })

export const listFacts = endpoint({
  name: 'observation.listFacts',
  method: 'GET',
  path: '/patients/:patientId/facts',
  summary:
    'Conditions, procedures, encounters, medications, allergies, family history: what stands and what was corrected',
  gate: { permission: 'record.read', audit: { action: 'record.facts', patient: 'patientId' } },
  params: ofPatient,
  output: z.object({ facts: factLists, can: z.object({ write: z.boolean() }) }),
})

export const addFact = endpoint({
  name: 'observation.addFact',
  method: 'POST',
  path: '/patients/:patientId/facts',
  summary: 'Add one fact to the record',
  gate: { permission: 'record.write', audit: { action: 'record.add', patient: 'patientId' } },
  params: ofPatient,
  body: newFact,
  output: z.object({ id: z.string() }),
  problems: ['DatesSwapped', 'DateInFuture', 'DateBeforeBirth', 'AbsenceContradicted'],
})

export const correctFactEndpoint = endpoint({
  name: 'observation.correctFact',
  method: 'POST',
  path: '/patients/:patientId/facts/:factId/correction',
  summary: 'Put a corrected fact in place of one; the former stays to be seen',
  gate: { permission: 'record.write', audit: { action: 'record.correct', patient: 'patientId', subject: 'factId' } },
  params: ofFact,
  body: z.object({ corrected: newFact, because: reason }),
  output: z.object({ id: z.string() }),
  problems: ['FactUnknown', 'FactEndedAlready', 'DatesSwapped', 'DateInFuture', 'DateBeforeBirth'],
})

export const retractFactEndpoint = endpoint({
  name: 'observation.retractFact',
  method: 'POST',
  path: '/patients/:patientId/facts/:factId/retraction',
  summary: 'Withdraw a fact that should not have been entered; it stays to be seen',
  gate: { permission: 'record.write', audit: { action: 'record.retract', patient: 'patientId', subject: 'factId' } },
  params: ofFact,
  body: z.object({ kind: factKind, because: reason }),
  output: z.object({ id: z.string() }),
  problems: ['FactUnknown', 'FactEndedAlready'],
})
