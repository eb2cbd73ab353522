import { reads, writes, type Route } from '../../../platform/context/room.ts'
import * as order from '../contract/order.ts'
import * as own from '../contract/own.ts'
import * as slots from '../contract/slot.ts'
import * as talks from '../contract/talk.ts'
import { requireVisible } from '../../patient/server/index.ts'
import { findDoctors } from './list-store.ts'
import { showList } from './list.ts'
import * as act from './order.ts'
import * as outcome from './outcome.ts'
import * as mine from './own.ts'
import * as question from './question.ts'
import { offerTimes, removeTimes, showSlots } from './slot.ts'
import { showTalk } from './talk.ts'
import { showTimeline } from './timeline.ts'
import { endTracking } from './tracking.ts'
import { showOfPatient, showOrder } from './view.ts'

export const routes: Route[] = [
  reads(slots.listSlots, (ctx, { query }) => showSlots(ctx, query)),
  writes(slots.addSlots, (ctx, { body }) => offerTimes(ctx, body)),
  writes(slots.removeSlot, (ctx, { params, query }) => removeTimes(ctx, params.slotId, query.following ?? false)),
  reads(order.listOrders, (ctx, { query }) => showList(ctx, query)),
  reads(order.listDoctors, async (ctx) => ({ rows: (await findDoctors(ctx)) as never })),
  reads(order.ordersOfPatient, (ctx, { params }) => showOfPatient(ctx, params.patientId)),
  writes(order.makeOrder, async (ctx, { params, body }) => {
    await requireVisible(ctx, params.patientId)
    return showOrder(ctx, await act.ask(ctx, params.patientId, body))
  }),
  reads(order.getOrder, (ctx, { params }) => showOrder(ctx, params.orderId)),
  writes(order.offerSlots, async (ctx, { params: { orderId }, body }) => {
    await act.offer(ctx, orderId, body.slotIds)
    return showOrder(ctx, orderId)
  }),
  writes(order.bookSlot, async (ctx, { params: { orderId }, body }) => {
    await act.book(ctx, orderId, body.slotId)
    return showOrder(ctx, orderId)
  }),
  writes(order.cancelOrder, async (ctx, { params: { orderId }, body }) => {
    await act.cancel(ctx, orderId, body.because)
    return showOrder(ctx, orderId)
  }),
  writes(order.missOrder, async (ctx, { params: { orderId }, body }) => {
    await act.miss(ctx, orderId, body.note)
    return showOrder(ctx, orderId)
  }),
  writes(order.endTracking, async (ctx, { params: { orderId }, body }) => {
    await endTracking(ctx, orderId, body.because, body.note)
    return showOrder(ctx, orderId)
  }),
  writes(order.answerQuestion, async (ctx, { params: { orderId, questionId }, body }) => {
    await question.answer(ctx, orderId, questionId, body.text)
    return showOrder(ctx, orderId)
  }),
  reads(order.interpretationTimeline, (ctx, input) => showTimeline(ctx, input)),
  reads(talks.openTalk, (ctx, { params }, { house }) => showTalk(ctx, house, params.orderId)),
  writes(talks.signOutcome, async (ctx, { params: { orderId }, body }) => {
    await outcome.sign(ctx, orderId, body)
    return showOrder(ctx, orderId)
  }),
  writes(talks.correctOutcome, async (ctx, { params: { orderId }, body }) => {
    await outcome.correct(ctx, orderId, body)
    return showOrder(ctx, orderId)
  }),
  reads(own.listMine, (ctx) => mine.listMine(ctx)),
  reads(own.mineOfReport, (ctx, { params }) => mine.mineOfReport(ctx, params.compositionId)),
  writes(own.askForOne, (ctx, { body }) => mine.askForOne(ctx, body)),
  reads(own.readMine, (ctx, { params }, { house }) => mine.readMine(ctx, house, params.orderId)),
  writes(own.bookMine, async (ctx, { params, body }) => {
    await mine.bookMine(ctx, params.orderId, body.slotId)
    return {}
  }),
  writes(own.cancelMine, async (ctx, { params, body }) => {
    await mine.cancelMine(ctx, params.orderId, body.because)
    return {}
  }),
  writes(own.askMore, async (ctx, { params, body }) => {
    await question.askMore(ctx, params.orderId, body)
    return {}
  }),
  writes(own.wishMine, (ctx, { params, body }) => mine.wish(ctx, params.orderId, body)),
]
