import { sql } from 'kysely'
import { careSteps } from '../../src/apps/care.ts'
import { CARE_LANES } from '../../src/apps/worker.ts'
import { evaluateDue } from '../../src/rooms/agenda/server/index.ts'
import { print, round, type Ground } from '../ground.ts'

const PATIENTS = 20_000

/**
 * Patients fully evaluated per second with all shipped rules and protocols, one worker with its lanes. First: nothing is known of them
 * yet, so tags and plans are written; again: nothing has changed. Reference: claiming and settling the same rows of the
 * agenda in the same batches with nothing between.
 */
export async function measure({ house, tenant }: Ground): Promise<void> {
  const db = house.databases.of(tenant.id)
  const ids = await choose(house, tenant.id, PATIENTS)
  const count = ids.length
  await wakeThem(house, tenant.id, ids)
  const first = await drain(() => evaluateDue(house, tenant, careSteps))
  await wakeThem(house, tenant.id, ids)
  const again = await drain(() => evaluateDue(house, tenant, careSteps))
  await wakeThem(house, tenant.id, ids)
  const bare = await drain(() => evaluateDue(house, tenant, []))
  const failing = await db
    .selectFrom('agenda')
    .select('last_error')
    .where('organization_id', '=', tenant.id)
    .where('attempts', '>', 0)
    .limit(1)
    .execute()
  print('agenda', {
    patients: count,
    first: { perSecond: round(count / first, 0) },
    again: { perSecond: round(count / again, 0) },
    reference: { what: 'claim and settle alone', perSecond: round(count / bare, 0) },
    ratio: round(first / bare),
    failing: failing[0]?.last_error ?? null,
  })
}

/** People never evaluated before, as far as this ground still has any. */
async function choose(house: Ground['house'], organizationId: string, count: number): Promise<string[]> {
  const { rows } = await sql<{ patient_id: string }>`
    select patient_id from agenda where organization_id = ${organizationId}
    order by evaluated_at nulls first, patient_id limit ${count}`.execute(house.databases.of(organizationId))
  return rows.map((row) => row.patient_id)
}

async function wakeThem(house: Ground['house'], organizationId: string, ids: readonly string[]): Promise<void> {
  await sql`update agenda set due_at = ${house.clock.now()}, reason = 'bench'
    where organization_id = ${organizationId} and patient_id = any(${ids}::uuid[])`.execute(
    house.databases.of(organizationId),
  )
}

async function drain(step: () => Promise<number>): Promise<number> {
  const started = performance.now()
  const lane = async (): Promise<void> => {
    while ((await step()) > 0);
  }
  await Promise.all(Array.from({ length: CARE_LANES }, lane))
  return (performance.now() - started) / 1000
}
