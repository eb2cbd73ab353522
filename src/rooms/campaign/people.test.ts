import { beforeAll, expect, test } from 'vitest'
import { aHouse, type Caller } from '../../../test/house.ts'
import { aPatient } from '../message/sample.ts'
import { sendDue } from '../message/server/index.ts'
import * as contract from './contract/campaign.ts'
import * as outcome from './contract/outcome.ts'
import { aCampaign, aRunning } from './sample-campaign.ts'
import { enterDue, stepDue } from './server/index.ts'

const house = await aHouse()
const db = house.house.databases.of(house.tenant.id)
let manager: Caller
let params: { campaignId: never }

beforeAll(async () => {
  manager = await house.as('service-manager')
  for (let n = 0; n < 5; n++) {
    const id = await aPatient(house)
    const without = n < 2 ? { email_sealed: null, email_masked: null } : {}
    await db
      .updateTable('patient')
      .set({ manager_id: manager.staffId, ...without } as never)
      .where('id', '=', id)
      .execute()
  }
  params = { campaignId: (await aRunning(house, aCampaign())) as never }
  await enterDue(house.house, house.tenant)
  const [last] = await db.selectFrom('journey_run').select('patient_id').orderBy('patient_id', 'desc').execute()
  // One has left before their turn.
  await db
    .updateTable('journey_run')
    .set({ state: 'left', reason: 'condition', ended_at: house.clock.now() })
    .where('patient_id', '=', last!.patient_id)
    .execute()
  await stepDue(house.house, house.tenant)
  await sendDue(house.house, house.tenant)
})

const found = async (query: outcome.PeopleFilter) =>
  (await manager.call(outcome.listPeople, { params, query: query as never })).rows

test('each line of the sums opens as many people as it counts', async () => {
  const shown = await (await house.as('quality-lead')).call(contract.readCampaign, { params })
  const reason = (given: string | null) => given ?? outcome.NO_REASON
  expect(shown.runs.length).toBeGreaterThan(1)
  for (const line of shown.runs) {
    const rows = await found({ state: line.state, reason: reason(line.reason) } as never)
    expect(rows, `${line.state} ${line.reason}`).toHaveLength(line.count)
    for (const row of rows) expect([row.state, row.reason]).toEqual([line.state, line.reason])
  }
  expect(new Set(shown.messages.map((line) => line.reason)).size).toBeGreaterThan(1)
  for (const line of shown.messages) {
    const rows = await found({
      channel: line.channel,
      message: line.state,
      messageReason: reason(line.reason),
    })
    expect(rows, `${line.channel} ${line.state} ${line.reason}`).toHaveLength(line.count)
  }
})

test('without a filter everybody who entered, and what nobody is in is empty', async () => {
  expect(await found({})).toHaveLength(5)
  expect(await found({ state: 'held' })).toEqual([])
  expect((await manager.try(outcome.listPeople, { params, query: { reason: 'x'.repeat(61) } as never })).status).toBe(
    400,
  )
})

test('whoever looks after nobody of them sees nobody behind a number', async () => {
  const other = await house.as('service-manager')
  expect((await other.call(outcome.listPeople, { params, query: { state: 'done' } as never })).rows).toEqual([])
})
