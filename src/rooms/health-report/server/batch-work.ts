import { systemActor, type Actor, type WriteContext } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import { Problem } from '../../../platform/contract/index.ts'
import type { Tenant } from '../../../platform/context/context.ts'
import type { REFUSALS } from '../contract/batch.ts'
import { claimItems, endItem, findBatch, finishBatch, openBatches, type BatchRow } from './batch-store.ts'
import { issuedOf } from './composition.ts'
import { printableExams } from './content/exam.ts'
import { drawn } from './drawing.ts'
import { order } from './printing.ts'

type Refusal = (typeof REFUSALS)[number]

/** Papers on the way at once: as many as the renderer has hands, and one that is being gathered. */
const AT_ONCE = 3
/** A worker that has not ended somebody's turn by then has died: another takes it. */
const CLAIMED_MS = 60_000
/** A report that kills its worker each time is given up. */
const ATTEMPTS_MOST = 8

/**
 * Works off a list until nobody of it is free to be taken. Several workers may do so at once, and one may die at any
 * moment: whoever was taken and not ended is free again after a minute, and the paper that was ordered is found by what
 * it says, so that nobody gets two.
 */
export async function workBatch(house: House, organizationId: string, batchId: string): Promise<void> {
  const tenant = await house.tenant(organizationId)
  const asSystem = { tenant, actor: systemActor(organizationId, 'health-report') }
  for (;;) {
    const batch = await findBatch(house.databases.of(organizationId), organizationId, batchId)
    if (!batch || batch.finished_at) return
    const now = house.clock.now()
    const until = new Date(now.getTime() + CLAIMED_MS)
    const claimed = await write(house, asSystem, (ctx) =>
      claimItems(ctx.tx, organizationId, batchId, { now, until, most: AT_ONCE }),
    )
    if (claimed.length === 0) {
      await write(house, asSystem, (ctx) => finishBatch(ctx.tx, organizationId, batchId, ctx.clock.now()))
      return
    }
    await Promise.all(claimed.map((item) => workItem(house, tenant, batch, item)))
  }
}

/** Takes up lists that a worker left behind. */
export async function workOpenBatches(house: House, tenant: Tenant): Promise<void> {
  for (const id of await openBatches(house.databases.of(tenant.id), tenant.id)) await workBatch(house, tenant.id, id)
}

async function workItem(
  house: House,
  tenant: Tenant,
  batch: BatchRow,
  item: { place: number; patient_id: string; attempts: number },
): Promise<void> {
  const asSystem = { tenant, actor: systemActor(tenant.id, 'health-report') }
  const end = (state: 'done' | 'refused' | 'failed', reportId: string | null, reason: Refusal | null) =>
    write(house, asSystem, (ctx) =>
      endItem(ctx.tx, tenant.id, batch.id, item.place, { state, reportId, reason, at: ctx.clock.now() }),
    )
  if (item.attempts > ATTEMPTS_MOST) return void (await end('failed', null, 'not-drawn'))
  const ordered = await write(house, asSystem, (ctx) => orderFor(ctx, house, batch, item.patient_id))
  if ('refused' in ordered) return void (await end('refused', null, ordered.refused))
  const row = await drawn(house, tenant.id, ordered.id)
  await (row?.state === 'ready' ? end('done', row.id, null) : end('failed', null, 'not-drawn'))
}

/** Orders somebody's newest report, with the audit row of whoever asked for the list. */
async function orderFor(
  ctx: WriteContext,
  house: House,
  batch: BatchRow,
  patientId: string,
): Promise<{ id: string } | { refused: Refusal }> {
  const [exam] = await printableExams(ctx, patientId)
  if (!exam) return { refused: 'no-exam' }
  if (!batch.drafts && !(await issuedOf(ctx, patientId, exam.id))) return { refused: 'not-issued' }
  try {
    const paper = await order(ctx, patientId, { examId: exam.id, language: batch.language, batchId: batch.id })
    await house.recordAudit(
      ctx.tx,
      {
        organizationId: ctx.organizationId,
        actor: askedBy(batch),
        action: 'health-report.print',
        outcome: 'done',
        patientId,
        subjectId: paper.id,
        detail: { batch: batch.id, number: paper.number },
        requestId: null,
        address: null,
      },
      ctx.clock.now(),
      ctx.ids,
    )
    return { id: paper.id }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { refused: error.code === 'NotFound' ? 'merged' : 'no-exam' }
  }
}

function askedBy(batch: BatchRow): Actor {
  return {
    kind: batch.created_by ? 'staff' : 'system',
    organizationId: batch.organization_id,
    id: batch.created_by,
    name: batch.created_by_name,
    roles: [],
    permissions: new Set(),
  }
}
