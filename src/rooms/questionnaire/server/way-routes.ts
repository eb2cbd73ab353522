import { reads, writes, type Route } from '../../../platform/context/room.ts'
import * as contract from '../contract/interviews.ts'
import * as interviews from './interview.ts'

/** Ways in beside the link: colleagues who ask, tablets, reminders. */
export const wayRoutes: Route[] = [
  reads(contract.openInterview, (ctx, { params, query }, { house }) =>
    interviews.open(ctx, params.patientId, params.code, query.corrects, () => house.ids.next()),
  ),
  writes(contract.keepInterview, (ctx, { params, body }) => interviews.keep(ctx, params.patientId, params.code, body)),
  writes(contract.dropInterview, (ctx, { params }) => interviews.drop(ctx, params.patientId, params.code)),
]
