import { expect, test } from 'vitest'
import { readTemplate, publishTemplate } from './contract/template.ts'
import { aPlanClinic } from './sample-clinic.ts'
import {
  dropPackedTemplate,
  findPackedTemplates,
  layPackedTemplate,
  openPlansOfKinds,
  retirePackedTemplate,
} from './server/index.ts'
import { shippedPlanTemplates } from './server/shipped.ts'

const clinic = await aPlanClinic()
const { house } = clinic
const reviewer = await house.as('medical-reviewer', { name: '钱学礼' })
const { definition } = shippedPlanTemplates[0]!
const mine = (kind: string) => ({ ...definition, kind })
const standing = async (code: string) =>
  (await house.write((ctx) => findPackedTemplates(ctx, [code]))).map(({ state, version }) => [state, version])

test('S0-22 a template of a pack waits for a second person, is retired and comes back', async () => {
  await house.write((ctx) => layPackedTemplate(ctx, 'pack-plan', mine('pack-plan'), false))
  expect(await standing('pack-plan')).toEqual([['draft', 1]])
  await reviewer.call(publishTemplate, { params: { code: 'pack-plan' }, body: { revision: 1 } })
  const view = await reviewer.call(readTemplate, { params: { code: 'pack-plan', version: 1 } as never })
  expect(view).toMatchObject({ state: 'active', changedBy: 'Peiban', publishedBy: '钱学礼' })
  expect(await house.write((ctx) => retirePackedTemplate(ctx, 'pack-plan'))).toBe(true)
  expect(await standing('pack-plan')).toEqual([['retired', 1]])
  await house.write((ctx) => layPackedTemplate(ctx, 'pack-plan', mine('pack-plan'), true))
  expect(await standing('pack-plan')).toEqual([['in-force', 2]])
  expect(await house.write((ctx) => dropPackedTemplate(ctx, 'pack-plan', 2))).toBe(false)
})

test('plans that run or are being drafted are counted by their kind', async () => {
  const counted = () => house.write((ctx) => openPlansOfKinds(ctx, ['hypertension', 'pack-plan']))
  expect([...(await counted())]).toEqual([])
  await clinic.drafted(await clinic.aPatient('王秀兰'))
  await clinic.running(await clinic.aPatient('李桂英'))
  expect([...(await counted())]).toEqual([['hypertension', 2]])
})
