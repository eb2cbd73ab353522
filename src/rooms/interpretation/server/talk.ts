import type { ReadContext } from '../../../platform/context/context.ts'
import type { House } from '../../../platform/context/house.ts'
import type { AnswerOf } from '../../../platform/contract/index.ts'
import { untoldOf } from '../../alert/server/index.ts'
import { readStanding } from '../../health-report/server/index.ts'
import type { openTalk } from '../contract/talk.ts'
import { findOrdersOf, findOutcomes } from './store.ts'
import { outcomeViewOf, showOrder } from './view.ts'

/** What the doctor has before them in the talk. @throws Problem NotFound */
export async function showTalk(ctx: ReadContext, house: House, orderId: string): Promise<AnswerOf<typeof openTalk>> {
  const order = await showOrder(ctx, orderId)
  const patientId = order.patient.id
  const content = order.report ? await readStanding(ctx, house, patientId, order.report.id) : undefined
  return {
    order,
    content: content ?? null,
    untold: (await untoldOf(ctx, patientId)).map(({ id, class: cls, title, reading }) => ({
      id,
      class: cls,
      title,
      value: reading,
    })),
    last: await lastOf(ctx, patientId, orderId),
  }
}

/** What was signed last in another talk with this person. */
async function lastOf(
  ctx: ReadContext,
  patientId: string,
  orderId: string,
): Promise<AnswerOf<typeof openTalk>['last']> {
  const others = (await findOrdersOf(ctx, patientId)).filter(({ id, state }) => id !== orderId && state === 'done')
  const outcomes = await findOutcomes(
    ctx,
    others.map(({ id }) => id),
  )
  const newest = [...outcomes.values()]
    .flatMap(([first]) => first ?? [])
    .toSorted((a, b) => b.signed_at.getTime() - a.signed_at.getTime())[0]
  if (!newest) return null
  const {
    version: _version,
    because: _because,
    signedBy,
    signedTitle: _title,
    signedAt,
    ...outcome
  } = outcomeViewOf(newest)
  return { signedAt, signedBy, outcome }
}
