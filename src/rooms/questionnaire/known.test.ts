import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse, nobody } from '../../../test/house.ts'
import { addMedication, latestOf, recordObservations } from '../observation/server/index.ts'
import * as contract from './contract/questionnaire.ts'
import { aPatientOf, aTeam, publish, responseOf, VISIT_FORM, type Team } from './sample-form.ts'

const house = await aHouse()
const stranger = nobody(house)
let team: Team

beforeAll(async () => {
  team = await aTeam(house)
  await publish(house, 'visit', VISIT_FORM)
})

const daysAgo = (days: number) => new Date(house.clock.now().getTime() - days * 86_400_000)
const measured = (patientId: string, code: string, value: number, days = 3) =>
  house.write((ctx) =>
    recordObservations(ctx, [
      {
        id: ctx.ids.next(),
        patientId,
        code,
        value,
        unit: code === 'weight' ? 'kg' : 'cm',
        effectiveAt: daysAgo(days),
        source: 'lab',
      },
    ]),
  )
const latest = (patientId: string, code: string) =>
  house.write(async (ctx) => (await latestOf(ctx, patientId, [code])).get(code))
const openLinkOf = async (patientId: never) => {
  const { link } = await team.manager.call(contract.invitePatient, { params: { patientId }, body: { code: 'visit' } })
  const params = { token: link.split('/fill/')[1]! }
  return { params, opened: await stranger.call(contract.openLink, { params, body: { birthDate: '1970-05-06' } }) }
}
const answer = (patientId: never, answers: Parameters<typeof responseOf>[0], submission = randomUUID()) =>
  team.manager.call(contract.answerForPatient, {
    params: { patientId },
    body: { code: 'visit', version: 1, submission, response: responseOf(answers) },
  })
const counted = (responseId: string) =>
  house.house.databases
    .of(house.tenant.id)
    .selectFrom('questionnaire_response')
    .select(['known_count', 'asked_again'])
    .where('id', '=', responseId)
    .executeTakeFirstOrThrow()

describe('S1-17 what the record knows is not asked', () => {
  test('it comes with its date once the person is proven, and to nobody before', async () => {
    const patientId = await aPatientOf(house, team)
    await measured(patientId, 'weight', 71.5)
    await house.write((ctx) => addMedication(ctx, { patientId, name: '氨氯地平', dose: '5 mg 每日一次' }))
    const { params, opened } = await openLinkOf(patientId)
    expect(opened.known).toEqual({
      answers: { weight: [71.5], drugs: ['氨氯地平 5 mg 每日一次'] },
      answeredOn: { weight: '2026-02-27', drugs: '2026-03-02' },
    })
    const wrong = await stranger.call(contract.openLink, { params, body: { birthDate: '1970-05-07' } })
    expect(wrong.known).toBeNull()
  })

  test.each<[string, (patientId: never) => Promise<unknown>]>([
    ['older than the form allows', (patientId) => measured(patientId, 'weight', 70, 31)],
    ['of tomorrow', (patientId) => measured(patientId, 'weight', 70, -1)],
    ['of somebody else', async () => measured(await aPatientOf(house, team), 'weight', 70)],
  ])('a value %s is not taken', async (_name, given) => {
    const patientId = await aPatientOf(house, team)
    await given(patientId)
    expect((await openLinkOf(patientId)).opened.known?.answers).toEqual({})
  })

  test('asked again is counted: a height on file that the form is not linked to', async () => {
    const patientId = await aPatientOf(house, team)
    await measured(patientId, 'weight', 71)
    await measured(patientId, 'height', 172)
    const { response } = await answer(patientId, { weight: 71, height: 172, worry: '睡不好' })
    expect(await counted(response.id)).toEqual({ known_count: 1, asked_again: 1 })
    const stranger2 = await aPatientOf(house, team)
    const { response: other } = await answer(stranger2, { weight: 71, height: 172, worry: '睡不好' })
    expect(await counted(other.id)).toEqual({ known_count: 0, asked_again: 0 })
    const told = await team.manager.call(contract.statistics, { params: { code: 'visit' } })
    expect([told.n, told.spared, told.askedAgain]).toEqual([2, 1, 1])
    // Two answers in a month are too few to be told apart.
    expect(told.months).toEqual([{ month: '2026-03', n: 2, spared: null, askedAgain: null }])
    for (let n = 0; n < 3; n++) await answer(await aPatientOf(house, team), { weight: 70, worry: '睡不好' })
    const { months } = await team.manager.call(contract.statistics, { params: { code: 'visit' } })
    expect(months).toEqual([{ month: '2026-03', n: 5, spared: 1, askedAgain: 1 }])
  })
})

describe('answers become observations of the record', () => {
  test('once, with the answers as their source; what the record had already is not repeated', async () => {
    const patientId = await aPatientOf(house, team)
    await measured(patientId, 'weight', 71)
    const submission = randomUUID()
    const { response } = await answer(patientId, { weight: 71, height: 172, worry: '睡不好' }, submission)
    await answer(patientId, { weight: 71, height: 172, worry: '睡不好' }, submission)
    expect(await latest(patientId, 'weight')).toMatchObject({ value: 71, source: 'lab' })
    expect(await latest(patientId, 'height')).toMatchObject({
      value: 172,
      unit: 'cm',
      source: 'questionnaire',
      original: { responseId: response.id, linkId: 'height' },
    })
    const all = await house.house.databases
      .of(house.tenant.id)
      .selectFrom('observation')
      .select('code')
      .where('patient_id', '=', patientId)
      .execute()
    expect(all.map(({ code }) => code).toSorted()).toEqual(['height', 'weight'])
  })

  test('a correction supersedes what changed, withdraws what is gone and leaves the rest', async () => {
    const patientId = await aPatientOf(house, team)
    const { response } = await answer(patientId, { weight: 80, height: 172, worry: '睡不好' })
    const before = { weight: await latest(patientId, 'weight'), height: await latest(patientId, 'height') }
    const correct = (id: string, answers: Parameters<typeof responseOf>[0]) =>
      team.manager.call(contract.correctResponse, {
        params: { patientId, responseId: id as never },
        body: { submission: randomUUID(), response: responseOf(answers), because: '客户看错了秤' },
      })
    const second = await correct(response.id, { weight: 78, height: 172, worry: '睡不好' })
    const now = { weight: await latest(patientId, 'weight'), height: await latest(patientId, 'height') }
    expect(now.weight).toMatchObject({ value: 78 })
    expect(now.weight!.id).not.toBe(before.weight!.id)
    expect(now.height!.id).toBe(before.height!.id)
    await correct(second.response.id, { weight: 78, worry: '睡不好' })
    expect(await latest(patientId, 'height')).toBeUndefined()
    expect(await latest(patientId, 'weight')).toMatchObject({ value: 78, superseded_by: null })
  })

  test('a weight nobody can have stays an answer and goes into no record', async () => {
    const patientId = await aPatientOf(house, team)
    await answer(patientId, { weight: 7100, worry: '打错了' })
    expect(await latest(patientId, 'weight')).toBeUndefined()
  })
})
