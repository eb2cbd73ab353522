import { opens, reads, writes, type Route } from '../../../platform/context/room.ts'
import * as blockMail from '../contract/block-mail.ts'
import * as holiday from '../contract/holiday.ts'
import * as message from '../contract/message.ts'
import * as notice from '../contract/notice.ts'
import * as own from '../contract/own.ts'
import * as rule from '../contract/rule.ts'
import * as stopping from '../contract/stop.ts'
import * as suppression from '../contract/suppression.ts'
import * as template from '../contract/template.ts'
import * as unsubscribing from '../contract/unsubscribe.ts'
import { cancelMessage, tryMessageAgain } from './act.ts'
import { approveMessage } from './approve.ts'
import { listAudiences } from './block-audience.ts'
import { messagesOfPatient, sendByHand } from './by-hand.ts'
import { importHolidays, listHolidays } from './holiday.ts'
import { listMessages, summarize } from './list.ts'
import { listNotices, readNotices } from './notice.ts'
import { listOwn, noteOwnReading, readOwn, readOwnWishes, setOwnGoodHours, setOwnReading, setOwnWish } from './own.ts'
import { setPreference } from './preference.ts'
import { previewRules } from './preview.ts'
import { changeRules, showRules } from './rule.ts'
import { liftStop, showStops } from './stop-view.ts'
import { addSuppression, importSuppressions, liftSuppression, listSuppressions } from './suppression.ts'
import { dropDraft, publishDraft, saveDraft, sendTrial } from './template.ts'
import { listTemplates, previewOf, showTemplate } from './template-view.ts'
import { keepPicture, showPicture } from './picture.ts'
import { showDraftAsPerson } from './preview-person.ts'
import { timelineOf } from './timeline.ts'
import { setTopic } from './topic.ts'
import { choose, resubscribe, showChoices, showUnsubscribe, unsubscribe } from './unsubscribe.ts'
import { showMessage } from './view.ts'

export const routes: Route[] = [
  reads(message.listMessages, (ctx, { query }) => listMessages(ctx, query)),
  reads(message.summarizeMessages, (ctx, _input, call) => summarize(ctx, call.house.mail.kind)),
  reads(message.getMessage, (ctx, { params }) => showMessage(ctx, params.messageId)),
  writes(message.cancelMessage, (ctx, { params }) => cancelMessage(ctx, params.messageId)),
  writes(message.tryAgain, (ctx, { params }) => tryMessageAgain(ctx, params.messageId)),
  writes(message.approveMessage, (ctx, { params, body }) => approveMessage(ctx, params.messageId, body.because)),
  writes(message.sendByHand, (ctx, { params, body }) => sendByHand(ctx, params.patientId, body)),
  reads(message.patientMessages, (ctx, { params, query }) => messagesOfPatient(ctx, params.patientId, query)),
  writes(message.setPreference, (ctx, { params, body }) => setPreference(ctx, params.patientId, body)),
  writes(message.setTopic, (ctx, { params, body }) => setTopic(ctx, params.patientId, body)),
  reads(message.messageTimeline, (ctx, { params, query }, call) =>
    timelineOf(ctx, params.patientId, query, call.house.translate),
  ),

  reads(template.listTemplates, (ctx) => listTemplates(ctx)),
  writes(template.previewTemplate, (ctx, { body }) => previewOf(ctx, body.definition)),
  reads(template.getTemplate, (ctx, { params }) => showTemplate(ctx, params.code)),
  writes(template.saveDraft, (ctx, { params, body }) => saveDraft(ctx, params.code, body)),
  writes(template.dropDraft, (ctx, { params }) => dropDraft(ctx, params.code)),
  writes(template.publishTemplate, (ctx, { params, body }) => publishDraft(ctx, params.code, body.revision)),
  writes(template.testTemplate, (ctx, { params, body }) => sendTrial(ctx, params.code, body.locale)),

  reads(blockMail.listBlockAudiences, (ctx) => listAudiences(ctx)),
  writes(blockMail.uploadMailPicture, (ctx, _input, call) => keepPicture(ctx, call)),
  opens(blockMail.showMailPicture, (house, { params }, call) => showPicture(house, params.token, call)),
  writes(blockMail.previewAsPerson, (ctx, { params, body }) =>
    showDraftAsPerson(ctx, params.patientId, body.definition),
  ),

  reads(rule.getRules, (ctx) => showRules(ctx)),
  writes(rule.changeRules, (ctx, { body }) => changeRules(ctx, body)),
  writes(rule.previewRules, (ctx, { body }) => previewRules(ctx, body.policy)),
  reads(holiday.listHolidays, (ctx) => listHolidays(ctx)),
  writes(holiday.importHolidays, (ctx, { body }) => importHolidays(ctx, body)),
  reads(suppression.listSuppressions, (ctx, { query }) => listSuppressions(ctx, query)),
  writes(suppression.addSuppression, (ctx, { body }) => addSuppression(ctx, body)),
  writes(suppression.importSuppressions, (ctx, { body }) => importSuppressions(ctx, body)),
  writes(suppression.liftSuppression, (ctx, { params, body }) =>
    liftSuppression(ctx, params.suppressionId, body.because),
  ),

  reads(own.listMyMessages, (ctx, { query }) => listOwn(ctx, query)),
  reads(own.readMyMessage, (ctx, { params }) => readOwn(ctx, params.messageId)),
  writes(own.noteMyReading, (ctx, { params }) => noteOwnReading(ctx, params.messageId)),
  reads(own.readMyWishes, (ctx) => readOwnWishes(ctx)),
  writes(own.setMyWish, (ctx, { body }) => setOwnWish(ctx, body)),
  writes(own.setMyReading, (ctx, { body }) => setOwnReading(ctx, body.countsReading)),
  writes(own.setMyGoodHours, (ctx, { body }) => setOwnGoodHours(ctx, body.hours)),

  reads(stopping.listStops, (ctx) => showStops(ctx)),
  writes(stopping.liftStop, (ctx, { params, body }) => liftStop(ctx, params.stopId, body)),

  reads(notice.listNotices, (ctx, _input, call) => listNotices(ctx, call.house.translate)),
  writes(notice.readNotices, (ctx, { body }) => readNotices(ctx, body.ids)),

  opens(unsubscribing.unsubscribePage, (house, { params }) => showUnsubscribe(house, params.token)),
  opens(unsubscribing.unsubscribe, (house, { params }, call) => unsubscribe(house, params.token, call)),
  opens(unsubscribing.resubscribe, (house, { params }, call) => resubscribe(house, params.token, call)),
  opens(unsubscribing.choicesPage, (house, { params }) => showChoices(house, params.token)),
  opens(unsubscribing.choose, (house, { params }, call) => choose(house, params.token, call)),
]
