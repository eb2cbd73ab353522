import { expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { installShippedTags } from '../tag/server/index.ts'
import { listCampaigns, readCampaign, submitCampaign } from './contract/campaign.ts'
import { stepsOf } from './contract/definition.ts'
import { furnishCampaigns, installShippedCampaigns } from './server/index.ts'
import { shippedCampaigns } from './server/shipped.ts'

const house = await aHouse()

test('the journeys that come with Peiban are sound drafts, once each', async () => {
  await house.write((ctx) => installShippedTags(ctx))
  expect(await house.write(installShippedCampaigns)).toBe(shippedCampaigns.length)
  expect(await house.write(installShippedCampaigns)).toBe(0)
  const editor = await house.as('content-editor')
  const { rows } = await editor.call(listCampaigns)
  expect(rows.length).toBe(shippedCampaigns.length)
  for (const { id, name } of rows) {
    const { open, state } = await editor.call(readCampaign, { params: { campaignId: id } })
    expect([state, open!.state, open!.faults], name.zh).toEqual(['preparing', 'draft', []])
    await editor.call(submitCampaign, { params: { campaignId: id }, body: { revision: open!.revision } })
  }
})

test('all four families are there, and knowledge names its sources', () => {
  const definitions = shippedCampaigns.map(({ definition }) => definition)
  expect(new Set(definitions.map(({ goal }) => goal))).toEqual(
    new Set(['knowledge', 'after-visit', 'satisfaction', 'membership']),
  )
  for (const { goal, sources, name } of definitions)
    if (goal === 'knowledge') expect(sources.length, name.zh).toBeGreaterThan(0)
  const templates = definitions
    .flatMap(({ path }) => stepsOf(path))
    .flatMap((step) => (step.kind === 'send' ? [step.template] : []))
  // S3-10 and S3-15; 报告已出 is sent by the care step.
  expect(templates).toEqual(
    expect.arrayContaining(['flu-season', 'record-updated', 'visit-experience', 'post-surgery-guide']),
  )
})

test('the letter of how far somebody has come goes to those who have a plan that runs', () => {
  const { audience } = shippedCampaigns.find(({ code }) => code === 'plan-progress')!.definition
  expect(audience).toMatchObject({ all: [{ age: { op: '>=', years: 18 } }, { carePlan: { state: 'active' } }] })
})

test('a demonstration has one on its way, once', async () => {
  await house.write(furnishCampaigns)
  await house.write(furnishCampaigns)
  const lead = await house.as('quality-lead')
  const running = (await lead.call(listCampaigns)).rows.filter(({ state }) => state === 'running')
  expect(running).toHaveLength(1)
})
