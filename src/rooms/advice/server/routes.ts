import { reads, writes, type Route } from '../../../platform/context/room.ts'
import * as contract from '../contract/advice.ts'
import { myAdvice } from '../contract/my.ts'
import { showBody } from './body.ts'
import * as cards from './card.ts'
import * as given from './give.ts'
import { showOwn } from './my.ts'
import { showProposals } from './propose.ts'

export const routes: Route[] = [
  reads(contract.listProposals, (ctx, { params }) => showProposals(ctx, params.patientId)),
  reads(contract.listGiven, (ctx, { params }) => given.showGiven(ctx, params.patientId)),
  reads(contract.readBody, (ctx, { params }) => showBody(ctx, params.patientId)),
  writes(contract.giveAdvice, (ctx, { params, body }) => given.give(ctx, params.patientId, body, false)),
  writes(contract.giveMindAdvice, (ctx, { params, body }) => given.give(ctx, params.patientId, body, true)),
  writes(contract.giveComputed, (ctx, { params, body }) => given.giveResult(ctx, params.patientId, body)),
  writes(contract.takeBackAdvice, (ctx, { params, body }) => given.withdraw(ctx, params, body.because, false)),
  writes(contract.takeBackMindAdvice, (ctx, { params, body }) => given.withdraw(ctx, params, body.because, true)),
  reads(contract.listCards, (ctx, { query }) => cards.listPage(ctx, query)),
  reads(contract.readCard, (ctx, { params }) => cards.readVersion(ctx, params.code, params.version)),
  reads(contract.cardVersions, (ctx, { params }) => cards.versionsOf(ctx, params.code)),
  writes(contract.saveCard, (ctx, { params, body }) => cards.saveDraft(ctx, params.code, body)),
  writes(contract.publishCard, (ctx, { params, body }) => cards.publish(ctx, params.code, body.revision)),
  writes(contract.discardCard, (ctx, { params }) => cards.discard(ctx, params.code)),
  writes(contract.retireCard, (ctx, { params }) => cards.retire(ctx, params.code)),
  reads(myAdvice, (ctx) => showOwn(ctx)),
]
