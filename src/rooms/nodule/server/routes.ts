import type { WriteContext } from '../../../platform/context/context.ts'
import { reads, writes, type Route } from '../../../platform/context/room.ts'
import * as card from '../contract/card.ts'
import { myNodules } from '../contract/my.ts'
import * as nodule from '../contract/nodule.ts'
import * as setting from '../contract/setting.ts'
import { close, place, reopen, setDay, settle, talk } from './act.ts'
import { draftCard, listCards, publishCard } from './card.ts'
import { mine } from './mine.ts'
import { ofPatient, showBoard, showNodule } from './list.ts'
import { add, correct, register, withdraw } from './scan.ts'
import { putSetting, showSettings } from './setting.ts'

/** Every act on a nodule answers with the nodule as it is then. */
const after = async (ctx: WriteContext, noduleId: string, act: Promise<void>) => {
  await act
  return showNodule(ctx, noduleId)
}

export const routes: Route[] = [
  reads(nodule.listNodules, (ctx, { query }) => showBoard(ctx, query)),
  reads(nodule.patientNodules, (ctx, { params }) => ofPatient(ctx, params.patientId)),
  reads(nodule.getNodule, (ctx, { params }) => showNodule(ctx, params.noduleId)),
  writes(nodule.registerNodule, async (ctx, { params, body }) =>
    showNodule(ctx, await register(ctx, params.patientId, body)),
  ),
  writes(nodule.addScan, (ctx, { params, body }) => after(ctx, params.noduleId, add(ctx, params.noduleId, body))),
  writes(nodule.correctScan, (ctx, { params, body }) =>
    after(ctx, params.noduleId, correct(ctx, params.noduleId, params.scanId, body)),
  ),
  writes(nodule.withdrawScan, (ctx, { params, body }) =>
    after(ctx, params.noduleId, withdraw(ctx, params.noduleId, params.scanId, body.because)),
  ),
  writes(nodule.correctPlace, (ctx, { params, body }) =>
    after(ctx, params.noduleId, place(ctx, params.noduleId, body)),
  ),
  writes(nodule.settleGrade, (ctx, { params, body }) =>
    after(ctx, params.noduleId, settle(ctx, params.noduleId, body)),
  ),
  writes(nodule.setRecheckDay, (ctx, { params, body }) =>
    after(ctx, params.noduleId, setDay(ctx, params.noduleId, body)),
  ),
  writes(nodule.closeNodule, (ctx, { params, body }) => after(ctx, params.noduleId, close(ctx, params.noduleId, body))),
  writes(nodule.reopenNodule, (ctx, { params, body }) =>
    after(ctx, params.noduleId, reopen(ctx, params.noduleId, body)),
  ),
  writes(nodule.noteTalk, (ctx, { params, body }) => after(ctx, params.noduleId, talk(ctx, params.noduleId, body))),
  reads(myNodules, (ctx) => mine(ctx)),
  reads(setting.listNoduleSettings, (ctx) => showSettings(ctx)),
  writes(setting.putNoduleSetting, (ctx, { params, body }) => putSetting(ctx, params.organ, body)),
  reads(card.listNoduleCards, (ctx) => listCards(ctx, false)),
  reads(card.listNoduleCardsToWrite, (ctx) => listCards(ctx, true)),
  writes(card.draftNoduleCard, (ctx, { params, body }) => draftCard(ctx, params.code, body.definition)),
  writes(card.publishNoduleCard, (ctx, { params, body }) => publishCard(ctx, params.code, body.version)),
]
