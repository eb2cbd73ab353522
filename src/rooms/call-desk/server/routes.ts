import { reads, writes, type Route } from '../../../platform/context/room.ts'
import * as contract from '../contract/call-desk.ts'
import { takeNext, takeOne } from './claim.ts'
import { showDesk } from './desk.ts'
import * as blocks from './do-not-call.ts'
import { end } from './end.ts'
import { showFigures, showRows } from './figures.ts'
import { changeRules, showRules } from './rule.ts'
import * as sounds from './sound.ts'
import { giveBack, keep, talk } from './session.ts'
import { showSession } from './view.ts'

export const routes: Route[] = [
  reads(contract.getDesk, (ctx) => showDesk(ctx)),
  writes(contract.takeNext, async (ctx, { body }) => ({ session: await takeNext(ctx, body.key) })),
  writes(contract.takeOne, async (ctx, { body }) => ({ session: await takeOne(ctx, body) })),
  reads(contract.getSession, (ctx, { params }) => showSession(ctx, params.sessionId)),
  writes(contract.keepSession, (ctx, { params }) => keep(ctx, params.sessionId)),
  writes(contract.beginTalk, (ctx, { params }) => talk(ctx, params.sessionId)),
  writes(contract.endCall, (ctx, { params, body }) => end(ctx, params.sessionId, body)),
  writes(contract.handBack, async (ctx, { params, body }) => {
    await giveBack(ctx, params.sessionId, body)
    return {}
  }),
  reads(contract.listBlocks, (ctx, { query }) => blocks.list(ctx, query)),
  writes(contract.addBlock, (ctx, { body }) => blocks.add(ctx, body)),
  writes(contract.liftBlock, async (ctx, { params, body }) => {
    await blocks.lift(ctx, params.blockId, body.because)
    return {}
  }),
  reads(contract.getCallFigures, (ctx, { query }) => showFigures(ctx, query)),
  reads(contract.figureRows, (ctx, { query }) => showRows(ctx, query)),
  writes(contract.tellSound, (ctx, { body }) => sounds.tell(ctx, body)),
  writes(contract.putSound, (ctx, { params }, call) => sounds.put(ctx, params.soundId, call)),
  reads(contract.listSounds, (ctx, { query }) => sounds.list(ctx, query)),
  reads(contract.soundCandidates, (ctx, { params }) => sounds.candidates(ctx, params.soundId)),
  writes(contract.matchSound, (ctx, { params, body }) => sounds.match(ctx, params.soundId, body)),
  writes(contract.discardSound, (ctx, { params, body }) => sounds.discard(ctx, params.soundId, body.because)),
  reads(contract.getCallRules, (ctx) => showRules(ctx)),
  writes(contract.changeCallRules, (ctx, { body }) => changeRules(ctx, body)),
]
