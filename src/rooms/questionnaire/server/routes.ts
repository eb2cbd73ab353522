import { opens, reads, writes, type Route } from '../../../platform/context/room.ts'
import * as print from '../contract/print.ts'
import * as contract from '../contract/questionnaire.ts'
import * as answers from './answer.ts'
import * as definitions from './definition.ts'
import * as links from './fill.ts'
import * as invitations from './invite.ts'
import { printAnswers, printBlank } from './print/print-form.ts'
import { statisticsOf } from './statistics.ts'
import { historyOf } from './versions.ts'

export const routes: Route[] = [
  reads(contract.listDefinitions, (ctx) => definitions.listAll(ctx)),
  reads(contract.readDefinition, (ctx, { params }) => definitions.readVersion(ctx, params.code, params.version)),
  reads(contract.versionsOf, (ctx, { params }) => historyOf(ctx, params.code)),
  writes(contract.checkDefinition, async (_ctx, { body }) => definitions.check(body.definition)),
  writes(contract.saveDraft, (ctx, { params, body }) => definitions.keepDraft(ctx, params.code, body)),
  writes(contract.publishDraft, (ctx, { params, body }) => definitions.publish(ctx, params.code, body)),
  writes(contract.discardDraft, (ctx, { params }) => definitions.discard(ctx, params.code)),
  writes(contract.retireDefinition, (ctx, { params }) => definitions.retire(ctx, params.code)),
  reads(contract.statistics, (ctx, { params, query }) => statisticsOf(ctx, params.code, query.version)),
  writes(contract.invitePatient, (ctx, { params, body }) => invitations.invite(ctx, params.patientId, body)),
  writes(contract.inviteAnybody, (ctx, { body }) => invitations.inviteAll(ctx, body)),
  reads(contract.invitationsOf, (ctx, { params }) => invitations.listOf(ctx, params.patientId)),
  reads(contract.openInvitations, (ctx, { params }) => invitations.listOpen(ctx, params.code)),
  writes(contract.withdrawInvitation, (ctx, { params }) => invitations.close(ctx, params.invitationId)),
  reads(contract.responsesOf, (ctx, { params }) => answers.listOf(ctx, params.patientId)),
  reads(contract.readResponse, (ctx, { params }) => answers.readOne(ctx, params.patientId, params.responseId)),
  writes(contract.answerForPatient, (ctx, { params, body }) => answers.answer(ctx, params.patientId, body)),
  writes(contract.correctResponse, (ctx, { params, body }) =>
    answers.correct(ctx, params.patientId, params.responseId, body),
  ),
  reads(print.printResponse, (ctx, { params }, { house }) =>
    printAnswers(ctx, house, params.patientId, params.responseId),
  ),
  reads(print.printBlank, (ctx, { params }, { house }) => printBlank(ctx, house, params.code, params.version)),
  opens(contract.lookAtLink, (house, { params }) => links.lookAt(house, params.token)),
  opens(contract.openLink, (house, { params, body }) => links.openForm(house, params.token, body)),
  opens(contract.keepDraft, (house, { params, body }) => links.keep(house, params.token, body)),
  opens(contract.submitLink, (house, { params, body }) => links.submit(house, params.token, body)),
]
