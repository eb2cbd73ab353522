import { reads, writes, type Route } from '../../../platform/context/room.ts'
import * as contract from '../contract/growth.ts'
import * as course from './course.ts'
import * as content from './edit-content.ts'
import * as programme from './enrol.ts'
import * as items from './items.ts'
import * as list from './list.ts'
import * as measures from './measure.ts'
import { consentMine, myGrowth, withdrawMine } from './my.ts'
import * as profile from './profile.ts'
import { programmeOf } from './programme.ts'
import * as references from './reference.ts'

const measuring: Route[] = [
  reads(contract.getCourse, (ctx, { params }) => course.courseOf(ctx, params.patientId)),
  writes(contract.addMeasurement, (ctx, { params, body }) => measures.enter(ctx, params.patientId, body)),
  writes(contract.correctMeasurement, (ctx, { params, body }) =>
    measures.correct(ctx, params.patientId, params.measurementId, body),
  ),
  writes(contract.retractMeasurement, (ctx, { params, body }) =>
    measures.retract(ctx, params.patientId, params.measurementId, body.because),
  ),
  writes(contract.saveProfile, (ctx, { params, body }) => profile.keepProfile(ctx, params.patientId, body)),
  writes(contract.addBoneAge, (ctx, { params, body }) => profile.keepBoneAge(ctx, params.patientId, body)),
]

const looking: Route[] = [
  reads(contract.getProgramme, (ctx, { params }) => programmeOf(ctx, params.patientId)),
  reads(contract.listEnrolled, (ctx, { query }) => list.listChildren(ctx, query)),
]

const accompanying: Route[] = [
  writes(contract.enrolChild, (ctx, { params, body }) => programme.enrol(ctx, params.patientId, body)),
  writes(contract.giveOwnConsent, (ctx, { params, body }) => programme.ownConsent(ctx, params.patientId, body)),
  writes(contract.withdrawConsent, (ctx, { params, body }) => programme.withdraw(ctx, params.patientId, body)),
  writes(contract.endEnrolment, (ctx, { params, body }) => programme.finishByStaff(ctx, params.patientId, body)),
  writes(contract.addItem, (ctx, { params, body }) => items.plan(ctx, params.patientId, body)),
  writes(contract.settleItem, (ctx, { params, body }) => items.settle(ctx, params.patientId, params.itemId, body)),
  writes(contract.markStage, (ctx, { params, body }) => items.sumUp(ctx, params.patientId, body)),
]

const referring: Route[] = [
  reads(contract.listReferences, (ctx) => references.listAll(ctx)),
  writes(contract.importReference, (ctx, _input, call) => references.importPack(ctx, call.stream)),
  writes(contract.confirmReference, (ctx, { params }) => references.confirm(ctx, params)),
  writes(contract.retireReference, (ctx, { params }) => references.retire(ctx, params)),
]

const writing: Route[] = [
  reads(contract.listGrowthContent, (ctx) => content.listContent(ctx)),
  writes(contract.draftGrowthContent, (ctx, { params, body }) => content.keepContent(ctx, params.contentCode, body)),
  writes(contract.publishGrowthContent, (ctx, { params, body }) =>
    content.publishContent(ctx, params.contentCode, body.revision),
  ),
  writes(contract.discardGrowthContent, (ctx, { params }) => content.discardContent(ctx, params.contentCode)),
]

const forFamilies: Route[] = [
  reads(contract.readMyGrowth, (ctx) => myGrowth(ctx)),
  writes(contract.giveMyConsent, (ctx, { body }) => consentMine(ctx, body.textVersion)),
  writes(contract.withdrawMyConsent, (ctx) => withdrawMine(ctx)),
]

export const routes: Route[] = [...measuring, ...looking, ...accompanying, ...referring, ...writing, ...forFamilies]
