import { sql } from 'kysely'
import { careSteps } from '../../src/apps/care.ts'
import { evaluateDue } from '../../src/rooms/agenda/server/index.ts'
import { print, round, type Ground } from '../ground.ts'

const PATIENTS = 20_000

/**
 * Patients fully evaluated per second with all shipped rules and protocols, one worker. First: nothing is known of them
 * yet, so tags and plans are written; again: nothing has changed. Reference: claiming and settling the same rows of the
 * agenda in the same batches with nothing between.
 */
export async function measure({ house, tenant }: Ground): Promise<void> {
  const db = house.databases.of(tenant.id)
  const count = await wakeSome(house, tenant.id, PATIENTS)
  const first = await drain(() => evaluateDue(house, tenant, careSteps))
  await wakeSome(house, tenant.id, PATIENTS)
  const again = await drain(() => evaluateDue(house, tenant, careSteps))
  await wakeSome(house, tenant.id, PATIENTS)
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

async function wakeSome(house: Ground['house'], organizationId: string, count: number): Promise<number> {
  const { rows } = await sql`
    update agenda set due_at = ${house.clock.now()}, reason = 'bench' where organization_id = ${organizationId}
      and patient_id in (select id from patient where organization_id = ${organizationId} order by id limit ${count})
    returning patient_id`.execute(house.databases.of(organizationId))
  return rows.length
}

async function drain(step: () => Promise<number>): Promise<number> {
  const started = performance.now()
  while ((await step()) > 0);
  return (performance.now() - started) / 1000
}
