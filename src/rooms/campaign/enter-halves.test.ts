import { expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import type { Tenant } from '../../platform/context/context.ts'
import { aPatient } from '../message/sample.ts'
import type { Divide } from '../patient/server/index.ts'
import { aCampaign, aRunning } from './sample-campaign.ts'
import { enterDue } from './server/index.ts'
import { enterAll } from './server/run-store.ts'

const house = await aHouse()
const inTheMiddle: Divide = async (db, organizationId) => {
  const rows = await db
    .selectFrom('patient')
    .select('id')
    .where('organization_id', '=', organizationId)
    .orderBy('id')
    .execute()
  const middle = rows[Math.floor(rows.length / 2)]!.id
  return [{ below: middle }, { from: middle }]
}

const runsOf = (tenant: Tenant) =>
  house.house.databases
    .of(tenant.id)
    .selectFrom('journey_run')
    .selectAll()
    .where('organization_id', '=', tenant.id)
    .orderBy('patient_id')
    .execute()

async function somePeople(count: number): Promise<{ tenant: Tenant; ids: string[] }> {
  const tenant = await house.anOrganization()
  const ids: string[] = []
  for (let n = 0; n < count; n++) ids.push(await aPatient(house, { tenant }))
  return { tenant, ids: ids.toSorted() }
}

test('both halves come in, each person once, though two begin at the same time', async () => {
  const { tenant, ids } = await somePeople(7)
  const id = await aRunning(house, aCampaign({ audience: null }), tenant)
  const came = await Promise.all([0, 1].map(() => enterDue(house.house, tenant, inTheMiddle)))
  expect(came.toSorted()).toEqual([0, 7])
  const runs = await runsOf(tenant)
  expect(runs.map((run) => run.patient_id)).toEqual(ids)
  expect(new Set(runs.map((run) => run.campaign_id))).toEqual(new Set([id]))
  expect(await enterDue(house.house, tenant, inTheMiddle)).toBe(0)
})

test('whoever is in from a round that broke off is passed over', async () => {
  const { tenant, ids } = await somePeople(6)
  const id = await aRunning(house, aCampaign({ audience: null }), tenant)
  const entry = { campaignId: id, version: 1, occurrence: '', state: 'waiting' as const, perHour: null }
  await house.write(
    (ctx) => enterAll(ctx, null, { ...entry, from: ctx.clock.now() }, { below: ids[2]! }).then(() => undefined),
    tenant,
  )
  expect(await enterDue(house.house, tenant, inTheMiddle)).toBe(4)
  expect((await runsOf(tenant)).map((run) => run.patient_id)).toEqual(ids)
})

test('waves are numbered through everybody', async () => {
  const { tenant } = await somePeople(5)
  const trigger = { kind: 'once' as const, perHour: 2 }
  await aRunning(house, aCampaign({ audience: null, trigger }), tenant)
  expect(await enterDue(house.house, tenant, inTheMiddle)).toBe(5)
  const hours = (await runsOf(tenant)).map((run) => (run.wake_at!.getTime() - house.clock.now().getTime()) / 3_600_000)
  expect(hours).toEqual([0, 0, 1, 1, 2])
})

test('a small organization enters in one statement', async () => {
  const { tenant } = await somePeople(3)
  await aRunning(house, aCampaign({ audience: null }), tenant)
  expect(await enterDue(house.house, tenant)).toBe(3)
})
