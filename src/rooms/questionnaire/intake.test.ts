import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse, nobody } from '../../../test/house.ts'
import { latestOf } from '../observation/server/index.ts'
import { intakeSummary } from './contract/intake.ts'
import * as contract from './contract/questionnaire.ts'
import { aPatientOf, aTeam, responseOf, type Team } from './sample-form.ts'
import { installShippedQuestionnaires } from './server/index.ts'

const house = await aHouse()
const stranger = nobody(house)
let team: Team

beforeAll(async () => {
  team = await aTeam(house)
  await house.write(installShippedQuestionnaires)
})

const CALM = { chest: false, breath: false, stroke: false, head: false }
const summaryFor = async (patientId: never, who = team.physician) =>
  (await who.call(intakeSummary, { params: { patientId } })).summary
const answer = (patientId: never, code: string, answers: Parameters<typeof responseOf>[0], who = team.physician) =>
  who.call(contract.answerForPatient, {
    params: { patientId },
    body: { code, version: 1, submission: randomUUID(), response: responseOf(answers) },
  })

describe('S1-6 one screen before the person comes in', () => {
  test('sent for a visit, filled in at home: worry, danger, what is open; measured values go into the record', async () => {
    const patientId = await aPatientOf(house, team)
    const visit = { kind: 'planned' as const, id: null, on: '2026-03-05' }
    const { link } = await team.physician.call(contract.invitePatient, {
      params: { patientId },
      body: { code: 'intake-hypertension', visit },
    })
    const params = { token: link.split('/fill/')[1]! }
    const response = responseOf({ worry: '早上头晕', sbp: 152, dbp: 94, ...CALM, head: true })
    const body = { birthDate: '1970-05-06', submission: randomUUID(), response }
    expect(await stranger.call(contract.submitLink, { params, body })).toMatchObject({ result: 'kept', urgent: true })
    const summary = (await summaryFor(patientId))!
    expect(summary).toMatchObject({ mainWorry: '早上头晕', visit, changed: null, formerAt: null })
    expect(summary.redFlags).toEqual([{ question: '现在有没有很厉害的头痛、呕吐，或者看东西突然模糊？', answer: '是' }])
    expect(summary.unanswered).toContain('降压药按时吃吗？')
    expect(summary.abnormal).toContainEqual({
      question: '最近一次在家量的高压（收缩压）是多少？',
      answer: '152 mmHg',
      flag: 'H',
      before: null,
    })
    expect(summary.answers.map(({ question }) => question)).not.toContain('最近一次在家量的高压（收缩压）是多少？')
    const { sbp } = await house.write(async (ctx) => Object.fromEntries(await latestOf(ctx, patientId, ['sbp'])))
    expect(sbp).toMatchObject({ value: 152, source: 'questionnaire' })
  })

  test('the next one tells what has changed, and in the reader’s language', async () => {
    const patientId = await aPatientOf(house, team)
    await answer(patientId, 'intake-hypertension', { worry: '头晕', ...CALM, salt: { code: 'salty' }, sbp: 124 })
    house.clock.advance({ minutes: 5 })
    const now = { worry: '还是头晕', ...CALM, salt: { code: 'light' }, sbp: 124, questions: '药要不要换？' }
    await answer(patientId, 'intake-hypertension', now)
    const summary = (await summaryFor(patientId))!
    // What worries them stands above by itself, with what it was.
    expect(summary.changed).toEqual([{ question: '平时吃得咸不咸？', before: '偏咸', after: '清淡' }])
    expect(summary).toMatchObject({
      mainWorry: '还是头晕',
      formerWorry: '头晕',
      questions: '药要不要换？',
      abnormal: [],
    })
    expect(summary.answers.map(({ answer: said }) => said)).toContain('124 mmHg')
    const english = await team.physician.try(intakeSummary, { params: { patientId } }, { locale: 'en' })
    expect(english.body).toMatchObject({ summary: { changed: [{ before: 'Salty', after: 'Light' }] } })
  })

  test('R2 a first talk is read by physicians and counsellors; others see what they may', async () => {
    const patientId = await aPatientOf(house, team)
    await answer(patientId, 'intake-mind', { worry: '总是紧张', safety: { code: 'thought' } }, team.counsellor)
    expect((await summaryFor(patientId, team.counsellor))!.redFlags).toEqual([
      { question: '最近有没有觉得活着没意思，或者想过伤害自己？', answer: '想过，没有打算' },
    ])
    expect(await summaryFor(patientId, team.manager)).toBeNull()
    const sales = await house.as('sales-manager')
    expect((await sales.try(intakeSummary, { params: { patientId } })).status).toBe(403)
    const other = await house.as('physician')
    expect((await other.try(intakeSummary, { params: { patientId } })).status).toBe(404)
  })

  test('a scale is no form before a visit', async () => {
    const patientId = await aPatientOf(house, team)
    await answer(patientId, 'ipaq-sf', { 'vigorous-days': 0, 'moderate-days': 0, 'walking-days': 0 })
    expect(await summaryFor(patientId)).toBeNull()
  })
})
