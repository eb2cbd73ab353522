import { reads, writes, type Route } from '../../../platform/context/room.ts'
import * as merging from '../contract/merge.ts'
import * as contract from '../contract/patient.ts'
import { changePatient } from './change.ts'
import { findDuplicates } from './duplicates.ts'
import { importRoutes } from './import/routes.ts'
import { correctDeath, getPatient, markDeceased, patientHistory, setMainWorry, unmask } from './life.ts'
import { listPage } from './list.ts'
import { dismiss, merge } from './merge.ts'
import { undo } from './merge-undo.ts'
import { listProposals, previewMerge, proposeByHand } from './merge-view.ts'
import { register } from './register.ts'
import { searchPatients } from './search.ts'

const people: Route[] = [
  reads(contract.listPatients, (ctx, { query }) => listPage(ctx, query)),
  reads(contract.searchPatients, async (ctx, { query }) => ({ rows: await searchPatients(ctx, query.q, query.limit) })),
  reads(contract.getPatient, (ctx, { params }) => getPatient(ctx, params.patientId)),
  reads(contract.patientHistory, async (ctx, { params }) => ({ rows: await patientHistory(ctx, params.patientId) })),
  writes(contract.checkDuplicates, async (ctx, { body }) => ({ duplicates: await findDuplicates(ctx, body) })),
  writes(contract.registerNewPatient, async (ctx, { body }) => {
    const { patientId, proposals } = await register(ctx, body)
    ctx.audit.patientId = patientId
    return { patient: await getPatient(ctx, patientId), proposals }
  }),
  writes(contract.changePatient, async (ctx, { params, body }) => {
    await changePatient(ctx, params.patientId, body.version, body.changes)
    return getPatient(ctx, params.patientId)
  }),
  writes(contract.setMainWorry, async (ctx, { params, body }) => {
    await setMainWorry(ctx, params.patientId, body.text)
    return getPatient(ctx, params.patientId)
  }),
  writes(contract.markDeceased, async (ctx, { params, body }) => {
    await markDeceased(ctx, params.patientId, body.deceasedOn)
    return getPatient(ctx, params.patientId)
  }),
  writes(contract.correctDeath, async (ctx, { params, body }) => {
    await correctDeath(ctx, params.patientId, body.reason)
    return getPatient(ctx, params.patientId)
  }),
  writes(contract.unmask, async (ctx, { params, body }) => ({
    field: body.field,
    value: await unmask(ctx, params.patientId, body.field),
  })),
]

const doubles: Route[] = [
  reads(merging.listProposals, (ctx, { query }) => listProposals(ctx, query)),
  writes(merging.proposeMerge, async (ctx, { body }) => ({
    proposalId: await proposeByHand(ctx, body.oneId, body.otherId),
  })),
  reads(merging.previewMerge, (ctx, { params }) => previewMerge(ctx, params.proposalId)),
  writes(merging.mergePatients, (ctx, { params, body }) => merge(ctx, params.proposalId, body)),
  writes(merging.dismissProposal, async (ctx, { params, body }) => {
    await dismiss(ctx, params.proposalId, body.reason)
    return {}
  }),
  writes(merging.undoMerge, (ctx, { params, body }) => undo(ctx, params.mergeId, body.reason)),
]

export const routes: Route[] = [...people, ...doubles, ...importRoutes]
