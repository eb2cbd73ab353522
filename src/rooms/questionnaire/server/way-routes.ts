import { opens, reads, writes, type Route } from '../../../platform/context/room.ts'
import * as contract from '../contract/interviews.ts'
import * as kioskContract from '../contract/kiosks.ts'
import { intakeSummary } from '../contract/intake.ts'
import { summaryOf } from './intake.ts'
import * as interviews from './interview.ts'
import * as kiosks from './kiosk.ts'

/** Ways in beside the link: colleagues who ask, tablets, reminders. */
export const wayRoutes: Route[] = [
  reads(contract.openInterview, (ctx, { params, query }, { house }) =>
    interviews.open(ctx, params.patientId, params.code, query.corrects, () => house.ids.next()),
  ),
  writes(contract.keepInterview, (ctx, { params, body }) => interviews.keep(ctx, params.patientId, params.code, body)),
  writes(contract.dropInterview, (ctx, { params }) => interviews.drop(ctx, params.patientId, params.code)),
  reads(intakeSummary, (ctx, { params }) => summaryOf(ctx, params.patientId)),
  writes(kioskContract.setUpKiosk, (ctx, { body }) => kiosks.setUp(ctx, body.name)),
  reads(kioskContract.listKiosks, (ctx) => kiosks.listAll(ctx)),
  writes(kioskContract.endKiosk, (ctx, { params }) => kiosks.end(ctx, params.kioskId)),
  writes(kioskContract.codeForKiosk, (ctx, { params }) => kiosks.codeFor(ctx, params.invitationId)),
  opens(kioskContract.lookAtKiosk, (house, { params }) => kiosks.lookAtKiosk(house, params.token)),
  opens(kioskContract.openKiosk, (house, { params, body }) => kiosks.openKiosk(house, params.token, body.code)),
]
