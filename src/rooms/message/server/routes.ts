import { opens, reads, writes, type Route } from '../../../platform/context/room.ts'
import * as message from '../contract/message.ts'
import * as notice from '../contract/notice.ts'
import * as template from '../contract/template.ts'
import * as unsubscribing from '../contract/unsubscribe.ts'
import { cancelMessage, tryMessageAgain } from './act.ts'
import { messagesOfPatient, sendByHand } from './by-hand.ts'
import { listMessages, summarize } from './list.ts'
import { listNotices, readNotices } from './notice.ts'
import { setPreference } from './preference.ts'
import { dropDraft, publishDraft, saveDraft, sendTrial } from './template.ts'
import { listTemplates, previewOf, showTemplate } from './template-view.ts'
import { timelineOf } from './timeline.ts'
import { resubscribe, showUnsubscribe, unsubscribe } from './unsubscribe.ts'
import { showMessage } from './view.ts'

export const routes: Route[] = [
  reads(message.listMessages, (ctx, { query }) => listMessages(ctx, query)),
  reads(message.summarizeMessages, (ctx, _input, call) => summarize(ctx, call.house.mail.kind)),
  reads(message.getMessage, (ctx, { params }) => showMessage(ctx, params.messageId)),
  writes(message.cancelMessage, (ctx, { params }) => cancelMessage(ctx, params.messageId)),
  writes(message.tryAgain, (ctx, { params }) => tryMessageAgain(ctx, params.messageId)),
  writes(message.sendByHand, (ctx, { params, body }) => sendByHand(ctx, params.patientId, body)),
  reads(message.patientMessages, (ctx, { params, query }) => messagesOfPatient(ctx, params.patientId, query)),
  writes(message.setPreference, (ctx, { params, body }) => setPreference(ctx, params.patientId, body)),
  reads(message.messageTimeline, (ctx, { params, query }) => timelineOf(ctx, params.patientId, query)),

  reads(template.listTemplates, (ctx) => listTemplates(ctx)),
  writes(template.previewTemplate, (ctx, { body }) => previewOf(ctx, body.definition)),
  reads(template.getTemplate, (ctx, { params }) => showTemplate(ctx, params.code)),
  writes(template.saveDraft, (ctx, { params, body }) => saveDraft(ctx, params.code, body)),
  writes(template.dropDraft, (ctx, { params }) => dropDraft(ctx, params.code)),
  writes(template.publishTemplate, (ctx, { params, body }) => publishDraft(ctx, params.code, body.revision)),
  writes(template.testTemplate, (ctx, { params, body }) => sendTrial(ctx, params.code, body.locale)),

  reads(notice.listNotices, (ctx, _input, call) => listNotices(ctx, call.house.translate)),
  writes(notice.readNotices, (ctx, { body }) => readNotices(ctx, body.ids)),

  opens(unsubscribing.unsubscribePage, (house, { params }) => showUnsubscribe(house, params.token)),
  opens(unsubscribing.unsubscribe, (house, { params }, call) => unsubscribe(house, params.token, call)),
  opens(unsubscribing.resubscribe, (house, { params }) => resubscribe(house, params.token)),
]
