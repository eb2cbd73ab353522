import { systemActor, type WriteContext } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import { work } from '../../../platform/context/room.ts'
import type { CareStep } from '../../agenda/server/index.ts'
import { assessChanged } from '../contract/jobs.ts'
import { assess } from './assess.ts'

/**
 * The care step of risks: hands the batch on to a job in the same transaction. Whatever happens to a person wakes their
 * agenda, so nobody is missed; and neither a tag nor a task waits for an estimate over ten years. Measured on 10,000
 * people: computing within the step took as long as all other steps together, handing on takes nothing that shows.
 */
export const riskStep: CareStep = {
  name: 'risk',
  async evaluate(ctx, { patientIds }) {
    await ctx.enqueue(assessChanged, { patientIds: patientIds as never })
  },
}

/** Whoever's facts are those that were looked at last costs one look at their digest. */
export const assessJob = work(assessChanged, async (house, organizationId, { patientIds }) => {
  const tenant = await house.tenant(organizationId)
  const run = (ids: readonly string[]) =>
    write(house, { tenant, actor: systemActor(organizationId, 'risk') }, (ctx) => assessFacts(ctx, ids))
  try {
    await run(patientIds)
  } catch (error) {
    house.log.error({ err: error, batch: patientIds.length }, 'risk batch failed; assessing one by one')
    for (const id of patientIds) await passOver(house, id, () => run([id]))
  }
})

function assessFacts(ctx: WriteContext, patientIds: readonly string[]): Promise<number> {
  return assess(ctx, { patientIds, because: 'facts', onlyChanged: true })
}

/** Somebody whose facts cannot be computed keeps nobody else waiting; their next fact tries again. */
async function passOver(house: House, patientId: string, run: () => Promise<unknown>): Promise<void> {
  try {
    await run()
  } catch (error) {
    house.log.error({ err: error, patientId }, 'risk assessment failed')
  }
}
