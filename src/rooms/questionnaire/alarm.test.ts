import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse, nobody } from '../../../test/house.ts'
import { acknowledgeAlert, closeAlert, listAlerts, noteAttempt } from '../alert/contract/alert.ts'
import { addDuty } from '../alert/contract/duty.ts'
import { listNotices } from '../message/contract/notice.ts'
import * as contract from './contract/questionnaire.ts'
import { aPatientOf, aTeam, publish, responseOf, type Team } from './sample-form.ts'
import { installShippedQuestionnaires } from './server/index.ts'

const house = await aHouse()
const stranger = nobody(house)
let team: Team

const SYSTEM = 'urn:peiban:scale:two-weeks'
const CODES = ['not-at-all', 'several-days', 'more-than-half', 'nearly-every-day']
const phq9 = (points: readonly number[]) =>
  responseOf(Object.fromEntries(points.map((n, i) => [`phq9-${i + 1}`, { system: SYSTEM, code: CODES[n]! }])))
const WORRYING = [0, 0, 0, 0, 0, 0, 0, 0, 1]
const CALM = [0, 0, 0, 0, 0, 0, 0, 0, 0]

beforeAll(async () => {
  team = await aTeam(house)
  await house.write(installShippedQuestionnaires)
})

const alertsOf = (patientId: string) =>
  house.house.databases
    .of(house.tenant.id)
    .selectFrom('alert')
    .selectAll()
    .where('patient_id', '=', patientId)
    .where('source', '=', 'questionnaire')
    .execute()
const answer = (patientId: never, points: readonly number[]) =>
  team.physician.call(contract.answerForPatient, {
    params: { patientId },
    body: { code: 'phq-9', version: 1, submission: randomUUID(), response: phq9(points) },
  })
const byLink = async (patientId: never, points: readonly number[], submission = randomUUID()) => {
  const { link } = await team.physician.call(contract.invitePatient, { params: { patientId }, body: { code: 'phq-9' } })
  const params = { token: link.split('/fill/')[1]! }
  const body = { birthDate: '1970-05-06', submission, response: phq9(points) }
  return { params, body, answer: await stranger.call(contract.submitLink, { params, body }) }
}

describe('S0-47 an answer that makes us fear for somebody', () => {
  test.each(['asked by staff', 'through a link'])(
    '%s: the duty list has it at once, to be taken in 15 minutes',
    async (way) => {
      const patientId = await aPatientOf(house, team)
      const urgent =
        way === 'through a link'
          ? (await byLink(patientId, WORRYING)).answer.urgent
          : (await answer(patientId, WORRYING)).urgent
      expect(urgent).toBe(true)
      const [alert, ...more] = await alertsOf(patientId)
      expect(more).toEqual([])
      expect(alert).toMatchObject({ class: 'A', state: 'raised' })
      expect(alert!.due_at!.getTime() - house.clock.now().getTime()).toBe(15 * 60_000)
      expect(['12356', '120', '110'].filter((number) => !alert!.note.includes(number))).toEqual([])
      // The title is read over shoulders: neither the scale nor the answer stands in it.
      expect(alert!.title).not.toMatch(/PHQ|自伤|伤害|抑郁/)
      const board = await team.manager.call(listAlerts, { query: {} as never })
      expect(board.rows.map((row) => row.id)).toContain(alert!.id)
    },
  )

  test('whoever is on duty is told, and the counsellor of the person, who does not see the board', async () => {
    const onDuty = await house.as('service-manager')
    const lead = await house.as('quality-lead')
    const now = house.clock.now().getTime()
    await lead.call(addDuty, {
      body: {
        staffId: onDuty.staffId as never,
        from: new Date(now - 60_000).toISOString(),
        until: new Date(now + 3_600_000).toISOString(),
      },
    })
    const patientId = await aPatientOf(house, team)
    await byLink(patientId, WORRYING)
    const [alert] = await alertsOf(patientId)
    const duty = await onDuty.call(listNotices)
    expect(duty.rows.map((row) => [row.kind, row.link])).toEqual([['alert-raised', `/alerts?alert=${alert!.id}`]])
    const told = await team.counsellor.call(listNotices)
    expect(told.rows[0]).toMatchObject({
      kind: 'questionnaire-alarm',
      link: `/patients/${patientId as string}?tab=questionnaires`,
    })
    expect((await team.counsellor.try(listAlerts, { query: {} as never })).status).toBe(403)
  })

  test('holds promotion as a crisis, from the answer until it is closed with its result', async () => {
    const holds = (patientId: string) =>
      house.house.databases
        .of(house.tenant.id)
        .selectFrom('message_hold')
        .select(['kind', 'source_key'])
        .where('patient_id', '=', patientId)
        .execute()
    const [patientId, calm] = [await aPatientOf(house, team), await aPatientOf(house, team)]
    await byLink(patientId, WORRYING)
    await byLink(calm, CALM)
    const [alert] = await alertsOf(patientId)
    expect(alert!.kind).toBe('safety')
    expect(await holds(patientId)).toEqual([{ kind: 'crisis', source_key: alert!.id }])
    expect(await holds(calm)).toEqual([])
    const params = { alertId: alert!.id as never }
    await team.manager.call(acknowledgeAlert, { params })
    const told = { outcome: 'reached' as const, readBack: '家人陪着，明天去看门诊' }
    await team.manager.call(noteAttempt, { params, body: told })
    expect(await holds(patientId)).toHaveLength(1)
    await team.manager.call(closeAlert, { params, body: { result: 'visit', text: '心理科门诊已经看过' } })
    expect(await holds(patientId)).toEqual([])
  })

  test('a calm answer raises none, handing in twice or at once raises one', async () => {
    const calm = await aPatientOf(house, team)
    await answer(calm, CALM)
    expect(await alertsOf(calm)).toEqual([])
    const patientId = await aPatientOf(house, team)
    const { params, body } = await byLink(patientId, WORRYING)
    await Promise.all([1, 2].map(() => stranger.call(contract.submitLink, { params, body })))
    expect(await alertsOf(patientId)).toHaveLength(1)
  })

  test('a correction raises what its former version had not, and nothing twice; it takes none back', async () => {
    const patientId = await aPatientOf(house, team)
    const correct = async (responseId: string, points: readonly number[]) =>
      team.physician.call(contract.correctResponse, {
        params: { patientId, responseId: responseId as never },
        body: { submission: randomUUID(), response: phq9(points), because: '客户说听错了' },
      })
    const first = await answer(patientId, CALM)
    const second = await correct(first.response.id, WORRYING)
    expect(await alertsOf(patientId)).toHaveLength(1)
    const third = await correct(second.response.id, [1, 0, 0, 0, 0, 0, 0, 0, 1])
    expect(await alertsOf(patientId)).toHaveLength(1)
    await correct(third.response.id, CALM)
    expect(await alertsOf(patientId)).toMatchObject([{ state: 'raised' }])
  })

  test('words of danger in any free text raise it too, once, and are told to nobody; calm words raise none', async () => {
    await publish(house, 'open-words', {
      resourceType: 'Questionnaire',
      title: '意见',
      item: [{ linkId: 'words', type: 'text', text: '还想说的' }],
    })
    const patientId = await aPatientOf(house, team)
    const say = (words: string, submission = randomUUID()) =>
      team.manager.call(contract.answerForPatient, {
        params: { patientId },
        body: { code: 'open-words', version: 1, submission, response: responseOf({ words }) },
      })
    expect((await say('等了很久，累死了')).urgent).toBe(false)
    expect(await alertsOf(patientId)).toEqual([])
    const given = await say('真的不想活了')
    expect(given.urgent).toBe(true)
    const [alert, ...more] = await alertsOf(patientId)
    expect(more).toEqual([])
    expect(alert).toMatchObject({ class: 'A', kind: 'safety', state: 'raised' })
    expect(JSON.stringify(alert)).not.toContain('不想活')
    await team.manager.call(contract.correctResponse, {
      params: { patientId, responseId: given.response.id },
      body: { submission: randomUUID(), response: responseOf({ words: '不想活了，活着没意思' }), because: '听漏了' },
    })
    expect(await alertsOf(patientId)).toHaveLength(1)
  })

  test('a red flag of an ordinary form stands in the title, for it says what to do', async () => {
    await publish(house, 'chest', {
      resourceType: 'Questionnaire',
      title: '症状',
      item: [{ linkId: 'pain', type: 'boolean', text: '现在胸口疼吗？' }],
      scoring: {
        scores: [],
        rules: [
          {
            code: 'chest-pain',
            when: [{ linkId: 'pain', from: 1 }],
            actions: [
              {
                kind: 'alert',
                code: 'chest-pain',
                text: { zh: '现在胸痛：马上电话联系', en: 'Chest pain now: call at once' },
              },
            ],
          },
        ],
      },
    })
    const patientId = await aPatientOf(house, team)
    await team.manager.call(contract.answerForPatient, {
      params: { patientId },
      body: { code: 'chest', version: 1, submission: randomUUID(), response: responseOf({ pain: true }) },
    })
    expect(await alertsOf(patientId)).toMatchObject([{ title: '现在胸痛：马上电话联系', class: 'A', kind: 'result' }])
  })
})
