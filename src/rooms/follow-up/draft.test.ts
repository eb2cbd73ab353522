import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { draftProtocol, getProtocol, publishProtocol } from './contract/catalogue.ts'
import { decideSwitch } from './contract/impact.ts'
import { aPathway, aStep } from './sample-pathway.ts'

const house = await aHouse()
const head = await house.as('quality-lead', { name: '赵护士长' })
const editor = await house.as('content-editor', { name: '陈小雨' })
const reviewer = await house.as('medical-reviewer', { name: '李国栋' })
const params = { code: 'weekly' }
const after = (days: number) => aPathway({}, [aStep({ after: { days } })])
const stands = async () => (await reviewer.call(getProtocol, { params })).versions[0]!

describe('two people at one draft', () => {
  test('each writing counts; whoever has not seen the last one changes nothing and hears whose it is', async () => {
    const first = await head.call(draftProtocol, { params, body: { definition: after(7), revision: 0 } })
    expect(first).toEqual({ version: 1, revision: 1 })
    const second = await editor.call(draftProtocol, { params, body: { definition: after(8), revision: 1 } })
    expect(second).toEqual({ version: 1, revision: 2 })
    const late = await head.try(draftProtocol, { params, body: { definition: after(9), revision: 1 } })
    expect(late).toMatchObject({ status: 409, code: 'DraftChanged' })
    expect(JSON.stringify(late.body)).toContain('陈小雨')
    const anew = await head.try(draftProtocol, { params, body: { definition: after(9), revision: 0 } })
    expect(anew).toMatchObject({ status: 409, code: 'DraftChanged' })
    expect(await stands()).toMatchObject({ revision: 2, definition: { steps: [{ after: { days: 8 } }] } })
  })

  test('at the same moment one of them wins', async () => {
    const { revision } = await stands()
    const answers = await Promise.all(
      [head, editor].map((who, at) =>
        who.try(draftProtocol, { params, body: { definition: after(20 + at), revision } }),
      ),
    )
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect((await stands()).revision).toBe(revision + 1)
  })

  test('what was not read is not published; nor by whoever wrote it last', async () => {
    const { revision } = await stands()
    const publish = (who: typeof head, seen: number) =>
      who.try(publishProtocol, { params, body: { version: 1, running: 'leave', revision: seen } })
    expect(await publish(reviewer, revision - 1)).toMatchObject({ status: 409, code: 'DraftChanged' })
    expect((await publish(head, revision)).status).toBe(403)
    expect(await stands()).toMatchObject({ state: 'draft', isOwn: false })
    expect(await publish(reviewer, revision)).toMatchObject({ status: 200 })
    const late = await head.try(draftProtocol, { params, body: { definition: after(9), revision } })
    expect(late).toMatchObject({ status: 409, code: 'DraftChanged' })
    expect((await stands()).version).toBe(1)
  })

  test('a head of department drafts and decides about plans; one who only writes content does not decide', async () => {
    const body = { to: 1, decisions: [{ runId: house.house.ids.next() as never, how: 'leave' as const }] }
    expect((await head.try(decideSwitch, { params, body })).status).toBe(200)
    expect((await editor.try(decideSwitch, { params, body })).status).toBe(403)
    const { can } = await head.call(getProtocol, { params })
    expect(can).toEqual({ draft: true, publish: false, decide: true })
  })
})
