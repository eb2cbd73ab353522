import { reads, writes, type Route } from '../../../platform/context/room.ts'
import * as contract from '../contract/card.ts'
import { activate, demoOutbox, sendCode } from './activation.ts'
import { act, cardsOf, openCard, recordConsents } from './card.ts'

export const routes: Route[] = [
  writes(contract.openCard, (ctx, { body }) => openCard(ctx, body)),
  writes(contract.sendCode, (ctx, { params }, call) =>
    sendCode(ctx, params.cardId, ({ locale, code, minutes }) =>
      call.house.translate(locale, 'card', 'codeText', { organization: ctx.tenant.name, code, minutes }),
    ),
  ),
  writes(contract.activateCard, (ctx, { params, body }) => activate(ctx, params.cardId, body.code)),
  writes(contract.freezeCard, (ctx, { params, body }) => act(ctx, params.cardId, 'freeze', body.reason)),
  writes(contract.unfreezeCard, (ctx, { params, body }) => act(ctx, params.cardId, 'unfreeze', body.reason)),
  writes(contract.closeCard, (ctx, { params, body }) => act(ctx, params.cardId, 'close', body.reason)),
  writes(contract.recordConsents, (ctx, { params, body }) => recordConsents(ctx, params.cardId, body.consents)),
  reads(contract.cardsOfPatient, async (ctx, { params }) => ({ rows: await cardsOf(ctx, params.patientId) })),
  reads(contract.demoOutbox, (ctx) => demoOutbox(ctx)),
]
