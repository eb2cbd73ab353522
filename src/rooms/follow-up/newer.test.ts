import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import {
  draftProtocol,
  getProtocol,
  listProtocols,
  publishProtocol,
  takeShippedProtocol,
} from './contract/catalogue.ts'
import type { ProtocolDefinition } from './contract/protocol.ts'
import { installShippedProtocols } from './server/index.ts'
import { shippedProtocols } from './server/shipped.ts'

/** Houses that were founded before a shipped protocol was written anew keep what they have, and are told. */
const house = await aHouse()
const db = house.house.databases.of(house.tenant.id)
await house.write(installShippedProtocols)
const editor = await house.as('content-editor', { name: '陈小雨' })
const reviewer = await house.as('medical-reviewer', { name: '李国栋' })
const shipped = (code: string) => shippedProtocols.find((one) => one.code === code)!

/** As it was shipped years ago. */
async function grownOld(code: string): Promise<ProtocolDefinition> {
  const definition = structuredClone(shipped(code))
  definition.steps[0]!.name = { zh: '旧的名字', en: 'The old name' }
  await db
    .updateTable('protocol')
    .set({ definition: JSON.stringify(definition), taken_print: null })
    .where('code', '=', code)
    .where('version', '=', 1)
    .execute()
  return definition
}
const newerOf = async (code: string) => (await editor.call(getProtocol, { params: { code } })).newer
const marked = async () =>
  (await editor.call(listProtocols)).protocols.filter(({ newer }) => newer).map(({ code }) => code)
const take = (code: string, who = editor) => who.try(takeShippedProtocol, { params: { code }, body: {} })
const versions = async (code: string) => (await editor.call(getProtocol, { params: { code } })).versions

describe('a newer shipped version', () => {
  test('is none where the house has it already', async () => {
    expect(await marked()).toEqual([])
    expect(await newerOf('hypertension')).toBeNull()
    const before = await versions('hypertension')
    expect(await take('hypertension')).toMatchObject({ status: 409, code: 'ChangedMeanwhile' })
    expect(await versions('hypertension')).toEqual(before)
  })

  test('is told of, taken over as a draft, published by another, and not told of again', async () => {
    const old = await grownOld('diabetes-2')
    expect(await marked()).toEqual(['diabetes-2'])
    expect(await newerOf('diabetes-2')).toEqual(shipped('diabetes-2'))
    const answer = await take('diabetes-2')
    expect(answer).toMatchObject({ status: 200, body: { version: 2, revision: 1 } })
    const [draft, inForce] = await versions('diabetes-2')
    expect(draft).toMatchObject({ state: 'draft', isOwn: true, definition: shipped('diabetes-2') })
    // What is in force stays in force.
    expect(inForce).toMatchObject({ state: 'published', definition: old })
    expect(await marked()).toEqual([])
    const published = { params: { code: 'diabetes-2' }, body: { version: 2, running: 'leave' as const } }
    expect((await reviewer.try(publishProtocol, published)).status).toBe(200)
    expect(await newerOf('diabetes-2')).toBeNull()
  })

  test('is not told of again once the draft that it became was changed', async () => {
    await grownOld('post-surgery')
    const params = { code: 'post-surgery' }
    const { revision } = (await take('post-surgery')).body as { revision: number }
    const definition = structuredClone(shipped('post-surgery'))
    definition.steps[0]!.name = { zh: '我们的名字', en: 'Ours' }
    await editor.call(draftProtocol, { params, body: { definition, revision } })
    expect(await marked()).toEqual([])
    expect(await take('post-surgery')).toMatchObject({ status: 409, code: 'ChangedMeanwhile' })
  })

  test('writes over nobody’s draft; of two who take it at once one does', async () => {
    const code = 'blood-pressure-half-yearly'
    const old = await grownOld(code)
    const answers = await Promise.all([take(code), take(code)])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    await db.deleteFrom('protocol').where('code', '=', code).where('state', '=', 'draft').execute()
    const own = { ...old, goal: { zh: '我们的目标', en: 'Our goal' } }
    await editor.call(draftProtocol, { params: { code }, body: { definition: own, revision: 0 } })
    const before = await versions(code)
    expect(await marked()).toEqual([code])
    const refused = await take(code)
    expect(refused).toMatchObject({ status: 409, code: 'DraftChanged' })
    expect(refused.raw.body).toContain('陈小雨')
    expect(await versions(code)).toEqual(before)
  })

  test('is taken over by who may draft, and known for pathways of the house', async () => {
    const physician = await house.as('physician')
    const before = await versions('hypertension')
    expect((await take('hypertension', physician)).status).toBe(403)
    expect((await take('hypertension', reviewer)).status).toBe(403)
    expect(await versions('hypertension')).toEqual(before)
    expect(await take('no-such-pathway')).toMatchObject({ code: 'ProtocolUnknown' })
  })
})
