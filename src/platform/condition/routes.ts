import { reads, writes, type Route } from '../context/room.ts'
import { describeKinds, offerChoices } from './ask-forms.ts'
import * as contract from './contract.ts'
import { readAloud } from './reading.ts'

/** What pages put conditions together with; served by the house itself, since it belongs to no room. */
export const conditionRoutes: Route[] = [
  reads(contract.listKinds, async (ctx) => describeKinds(ctx.facts)),
  reads(contract.choicesOf, (ctx, { params, query }) => offerChoices(ctx, params, query)),
  writes(contract.readCondition, (ctx, { body }) => readAloud(ctx, body.condition, body.purpose)),
]
