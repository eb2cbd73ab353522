import { reads, writes, type Route } from '../../../platform/context/room.ts'
import * as contract from '../contract/home-visit.ts'
import { answerConsent, withdraw } from './consent.ts'
import * as lists from './list.ts'
import * as photo from './photo.ts'
import * as own from './mine.ts'
import { viewOf } from './view.ts'
import { correct, markError, prepare, record } from './visit.ts'

export const routes: Route[] = [
  reads(contract.prepareHomeVisit, (ctx, { params, query }) => prepare(ctx, params.patientId, query)),
  writes(contract.recordHomeVisit, (ctx, { params, body }) => record(ctx, params.patientId, body)),
  reads(contract.patientHomeVisits, (ctx, { params, query }) => lists.ofPatient(ctx, params.patientId, query)),
  reads(contract.listHomeVisits, (ctx, { query }) => lists.list(ctx, query)),
  reads(contract.homeVisitTimeline, (ctx, input) => lists.timeline(ctx, input)),
  reads(contract.getHomeVisit, (ctx, { params }) => viewOf(ctx, params.homeVisitId)),
  writes(contract.correctHomeVisit, (ctx, { params, body }) => correct(ctx, params.homeVisitId, body)),
  writes(contract.markHomeVisitError, (ctx, { params, body }) => markError(ctx, params.homeVisitId, body.because)),
  writes(contract.answerPhotoConsent, (ctx, { params, body }) => answerConsent(ctx, params.homeVisitId, body)),
  writes(contract.withdrawPhotoConsent, (ctx, { params, body }) => withdraw(ctx, params.homeVisitId, body.saidBy)),
  writes(contract.putPhoto, (ctx, input, call) => photo.take(ctx, input, call)),
  reads(contract.myVisitPhotos, (ctx) => own.mine(ctx)),
  writes(contract.withdrawMyPhotos, (ctx, { params }) => own.withdrawMine(ctx, params.homeVisitId)),
  writes(contract.withdrawMyPhoto, (ctx, { params }) => own.withdrawOne(ctx, params.homeVisitId, params.photoId)),
  reads(contract.openPhoto, (ctx, { params }, call) => photo.open(ctx, params, call)),
  writes(contract.removePhoto, (ctx, { params }) => photo.remove(ctx, params)),
]
