import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { aPatient } from '../message/sample.ts'
import { installShippedQuestionnaires } from '../questionnaire/server/index.ts'
import { patientMerged, patientUnmerged } from '../patient/contract/events.ts'
import { aCampaign, aRunning, messagesOf, runsOf } from './sample-campaign.ts'
import { enterDue, stepDue } from './server/index.ts'

/** One person in three files, of which some go home again: nobody enters a way twice, and nobody is told twice. */
const house = await aHouse()
const db = house.house.databases.of(house.tenant.id)
beforeAll(() => house.write(async (ctx) => void (await installShippedQuestionnaires(ctx))))

const old = () => aPatient(house, { birthDate: '1950-04-01' })
const turn = async () => {
  await enterDue(house.house, house.tenant)
  await stepDue(house.house, house.tenant)
}
/** As the room patient does it, as far as this room sees. */
const join = async (fromId: string, intoId: string) => {
  const merge = { fromId, intoId, mergeId: house.house.ids.next() } as never
  await db
    .updateTable('patient')
    .set({ state: 'merged' } as never)
    .where('id', '=', fromId)
    .execute()
  await house.write((ctx) => ctx.emit(patientMerged, merge))
  await house.settle()
  return merge
}
const part = async (merge: never) => {
  const { fromId } = merge as { fromId: string }
  await db
    .updateTable('patient')
    .set({ state: 'active' } as never)
    .where('id', '=', fromId)
    .execute()
  await house.write((ctx) => ctx.emit(patientUnmerged, merge))
  await house.settle()
}
const whose = async (campaignId: string) => (await runsOf(house, campaignId)).map((run) => run.patient_id)

describe('one person in three files', () => {
  test('the first merge undone, the other two are one person who has been through', async () => {
    const [a, b] = [await old(), await old()]
    const c = await aPatient(house, { birthDate: '2001-04-01' })
    const campaignId = await aRunning(house, aCampaign())
    await turn()
    expect(await whose(campaignId)).toEqual([a, b].toSorted())
    const before = (await messagesOf(house, campaignId)).length
    const first = await join(a, c)
    const second = await join(b, c)
    expect((await whose(campaignId)).toSorted()).toEqual([b, c].toSorted())
    await part(first)
    expect((await whose(campaignId)).toSorted()).toEqual([a, c].toSorted())
    // Now the surviving file is of an age to be asked.
    await db
      .updateTable('patient')
      .set({ birth_date: '1950-04-01' } as never)
      .where('id', '=', c)
      .execute()
    await turn()
    expect((await whose(campaignId)).toSorted()).toEqual([a, c].toSorted())
    expect(await messagesOf(house, campaignId)).toHaveLength(before)
    await part(second)
    expect((await whose(campaignId)).toSorted()).toEqual([a, b].toSorted())
  })

  test('merged in a chain and taken apart from its end each has their own', async () => {
    const [a, b, c] = [await old(), await old(), await old()]
    const campaignId = await aRunning(house, aCampaign())
    await turn()
    const mine = (await whose(campaignId)).filter((id) => [a, b, c].includes(id))
    expect(mine).toEqual([a, b, c].toSorted())
    const first = await join(a, b)
    const second = await join(b, c)
    await part(second)
    await part(first)
    expect((await whose(campaignId)).filter((id) => [a, b, c].includes(id))).toEqual([a, b, c].toSorted())
    const left = await db.selectFrom('journey_run').select('id').where('stays_for', 'is not', null).execute()
    expect(left).toEqual([])
  })
})
