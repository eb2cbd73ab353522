import { reads, writes, type Route } from '../../../platform/context/room.ts'
import * as contract from '../contract/appointment.ts'
import { listMyAppointments } from '../contract/own.ts'
import { book, cancel, mark, move } from './appointment.ts'
import { count, list, mine, ofPatient } from './read.ts'

export const routes: Route[] = [
  reads(contract.appointmentsOfPatient, (ctx, { params }) => ofPatient(ctx, params.patientId)),
  reads(contract.listAppointments, (ctx, { query }) => list(ctx, query)),
  reads(contract.countAppointments, (ctx, { query }) => count(ctx, query)),
  writes(contract.bookAppointment, (ctx, { params, body }) => book(ctx, params.patientId, body)),
  writes(contract.moveAppointment, (ctx, { params, body }) => move(ctx, params.appointmentId, body)),
  writes(contract.cancelAppointment, (ctx, { params, body }) => cancel(ctx, params.appointmentId, body)),
  writes(contract.markAppointment, (ctx, { params, body }) => mark(ctx, params.appointmentId, body)),
  reads(listMyAppointments, (ctx) => mine(ctx)),
]
