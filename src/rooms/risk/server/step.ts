import { systemActor, type Tenant } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import type { Round } from '../../../platform/context/room.ts'
import { isAnybodyDue, type CareStep } from '../../agenda/server/index.ts'
import { assess } from './assess.ts'
import { insertDue, takeDue, waitingSince } from './due-store.ts'

/** People in one transaction of a round. */
const MOST = 500

/**
 * The care step of risks: leaves the batch for the round, in the same transaction. Whatever happens to a person wakes
 * their agenda, so nobody is missed; and neither a tag nor a task waits for an estimate over ten years. Measured on
 * 10,000 people: computing within the step took as long as all other steps together, leaving it takes less than can be told.
 */
export const riskStep: CareStep = {
  name: 'risk',
  async evaluate(ctx, { patientIds, now }) {
    await insertDue(ctx.tx, ctx.organizationId, { id: ctx.ids.next(), patientIds: [...patientIds] }, now)
  },
}

/** A batch that has waited this long is computed, whoever else waits. */
const PATIENCE_SECONDS = 60
/** The engine is quiet when it has left nothing for this long. */
const QUIET_SECONDS = 3

/**
 * Works off what the step has left. Whoever's facts are those that were looked at last costs one look at their digest.
 * While reports stream in and people wait for their tags and tasks, estimates over ten years give way: for a minute at most.
 */
export async function assessDue(house: House, tenant: Tenant): Promise<void> {
  while (!(await givesWay(house, tenant)) && (await assessSome(house, tenant)) > 0);
}

async function givesWay(house: House, tenant: Tenant): Promise<boolean> {
  const db = house.databases.of(tenant.id)
  const now = house.clock.now()
  const waits = await waitingSince(db, tenant.id)
  if (!waits || isAgo(waits.oldest, PATIENCE_SECONDS, now)) return false
  return !isAgo(waits.newest, QUIET_SECONDS, now) || (await isAnybodyDue(db, tenant.id, now))
}

function isAgo(at: Date, seconds: number, now: Date): boolean {
  return now.getTime() - at.getTime() >= seconds * 1000
}

async function assessSome(house: House, tenant: Tenant): Promise<number> {
  const options = { tenant, actor: systemActor(tenant.id, 'risk') }
  let taken: string[] = []
  try {
    return await write(house, options, async (ctx) => {
      taken = (await takeDue(ctx.tx, tenant.id, MOST)).flatMap(({ patientIds }) => patientIds)
      if (taken.length > 0) await assess(ctx, { patientIds: [...new Set(taken)], because: 'facts', onlyChanged: true })
      return taken.length
    })
  } catch (error) {
    if (taken.length === 0) throw error
    house.log.error({ err: error, batch: taken.length }, 'risk batch failed; assessing one by one')
    const batches = await write(house, options, (ctx) => takeDue(ctx.tx, tenant.id, MOST))
    for (const patientId of new Set(batches.flatMap(({ patientIds }) => patientIds)))
      await assessAlone(house, tenant, patientId)
    return batches.length
  }
}

/** Somebody whose facts cannot be computed keeps nobody else waiting; their next fact tries again. */
async function assessAlone(house: House, tenant: Tenant, patientId: string): Promise<void> {
  try {
    await write(house, { tenant, actor: systemActor(tenant.id, 'risk') }, (ctx) =>
      assess(ctx, { patientIds: [patientId], because: 'facts', onlyChanged: true }),
    )
  } catch (error) {
    house.log.error({ err: error, patientId }, 'risk assessment failed')
  }
}

export const assessRound: Round = { name: 'risk/assess', everySeconds: 2, run: assessDue }
