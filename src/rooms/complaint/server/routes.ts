import { reads, writes, type Route } from '../../../platform/context/room.ts'
import * as contract from '../contract/complaint.ts'
import { close, handOver, record, reopen } from './complaint.ts'
import { ofPatient, showBoard, showComplaint } from './read.ts'

export const routes: Route[] = [
  reads(contract.listComplaints, (ctx, { query }) => showBoard(ctx, query)),
  reads(contract.getComplaint, (ctx, { params }) => showComplaint(ctx, params.complaintId)),
  reads(contract.patientComplaints, (ctx, { params }) => ofPatient(ctx, params.patientId)),
  writes(contract.recordComplaint, (ctx, { params, body }) => record(ctx, params.patientId, body)),
  writes(contract.handOverComplaint, (ctx, { params, body }) => handOver(ctx, params.complaintId, body)),
  writes(contract.closeComplaint, (ctx, { params, body }) => close(ctx, params.complaintId, body)),
  writes(contract.reopenComplaint, (ctx, { params, body }) => reopen(ctx, params.complaintId, body)),
]
