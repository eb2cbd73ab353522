import { ownPatientId } from '../../../platform/context/context.ts'
import { opens, reads, writes, type Route } from '../../../platform/context/room.ts'
import * as contract from '../contract/family.ts'
import { enter, lookAt, sendCode } from './enter.ts'
import * as family from './family.ts'
import * as staff from './for-staff.ts'
import { people, signOut } from './people.ts'

export const routes: Route[] = [
  reads(contract.listMyFamily, (ctx) => family.listMine(ctx)),
  writes(contract.inviteMine, (ctx, { body }) => family.invite(ctx, ownPatientId(ctx), body, null)),
  writes(contract.changeMine, (ctx, { params, body }) => family.change(ctx, params.relativeId, body)),
  writes(contract.endMine, async (ctx, { params }) => ({
    ended: await family.end(ctx, { patientId: ownPatientId(ctx), id: params.relativeId }, 'patient'),
  })),
  writes(contract.linkMine, (ctx, { params }) => family.renewLink(ctx, ownPatientId(ctx), params.relativeId)),
  writes(contract.leaveFamily, (ctx) => family.leave(ctx)),
  opens(contract.lookAtInvitation, (house, { params }, call) => lookAt(house, params.token, call)),
  opens(contract.askForCode, (house, { params }) => sendCode(house, params.token)),
  opens(contract.enterByCode, (house, { params, body }, call) => enter(house, params.token, body, call)),
  opens(contract.readPeople, (house, _input, call) => people(house, call)),
  opens(contract.signOutRelative, (house, _input, call) => signOut(house, call)),
  reads(contract.familyOf, (ctx, { params }) => staff.listFor(ctx, params.patientId)),
  writes(contract.inviteFor, (ctx, { params, body }) => staff.inviteOn(ctx, params.patientId, body)),
  writes(contract.linkFor, (ctx, { params }) => staff.renewFor(ctx, params.patientId, params.relativeId)),
  writes(contract.endFor, (ctx, { params }) => staff.endOn(ctx, params.patientId, params.relativeId)),
]
