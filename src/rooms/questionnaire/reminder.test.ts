import { randomUUID } from 'node:crypto'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aHouse, nobody } from '../../../test/house.ts'
import { setPreference } from '../message/contract/message.ts'
import { sendDue } from '../message/server/index.ts'
import { markDeceased } from '../patient/contract/patient.ts'
import * as contract from './contract/questionnaire.ts'
import { remindDue } from './server/remind.ts'
import { aPatientOf, aTeam, publish, responseOf, VISIT_FORM, type Team } from './sample-form.ts'

const house = await aHouse()
const stranger = nobody(house)
let team: Team
let count = 0

beforeAll(async () => {
  team = await aTeam(house)
  await publish(house, 'visit', VISIT_FORM)
})

// Days pass in between, and sessions do not last that long.
beforeEach(async () => {
  team = await aTeam(house)
})

const DAY = 86_400_000
const aWritable = () => aPatientOf(house, team, { email: `person${++count}@example.org` })
const db = () => house.house.databases.of(house.tenant.id)
const invite = (patientId: never, more: object = {}) =>
  team.manager.call(contract.invitePatient, {
    params: { patientId },
    body: { code: 'visit', byEmail: true, remindAfterDays: [3, 7], ...more },
  })
const mailsTo = (patientId: string) =>
  db()
    .selectFrom('message')
    .select(['id', 'template', 'touch', 'state', 'reason', 'values_sealed', 'not_after'])
    .where('patient_id', '=', patientId)
    .where('source', '=', 'questionnaire')
    .orderBy('created_at')
    .orderBy('id')
    .execute()
const templates = async (patientId: string) => (await mailsTo(patientId)).map(({ template }) => template)
const round = () => remindDue(house.house, house.tenant)
const linkIn = (mail: { values_sealed: Buffer | null }) =>
  (JSON.parse(house.house.sealer.open(house.tenant.id, mail.values_sealed!)) as { link: string }).link
const tokenOf = (link: string) => link.split('/fill/')[1]!
const submit = (token: string) =>
  stranger.call(contract.submitLink, {
    params: { token },
    body: { birthDate: '1970-05-06', submission: randomUUID(), response: responseOf({ worry: '睡不好' }) },
  })

describe('by e-mail', () => {
  test('the link stands in the sealed body alone', async () => {
    const patientId = await aWritable()
    const { link, id } = await invite(patientId)
    const [mail] = await mailsTo(patientId)
    expect(mail).toMatchObject({ template: 'questionnaire-invitation', touch: `questionnaire:${id}`, state: 'planned' })
    expect(linkIn(mail!)).toBe(link)
    const token = tokenOf(link)
    const tables = [
      'message',
      'message_event',
      'questionnaire_invitation',
      'questionnaire_key',
      'audit_entry',
      'outbox_event',
    ]
    for (const table of tables) {
      const rows = await db()
        .selectFrom(table as 'message')
        .selectAll()
        .execute()
      expect(JSON.stringify(rows), table).not.toContain(token)
    }
  })

  test('without an address nothing is sent, and the reason is told', async () => {
    const patientId = await aPatientOf(house, team)
    const refused = await team.manager.try(contract.invitePatient, {
      params: { patientId },
      body: { code: 'visit', byEmail: true },
    })
    expect([refused.status, refused.code]).toEqual([422, 'InviteEmailWanted'])
  })

  test.each([[[0]], [[61]], [[1, 2, 3, 4]], [['3']]])(
    'reminders on the days %j are refused',
    async (remindAfterDays) => {
      const patientId = await aWritable()
      const refused = await team.manager.try(contract.invitePatient, {
        params: { patientId },
        body: { code: 'visit', byEmail: true, remindAfterDays: remindAfterDays as never },
      })
      expect(refused.status).toBe(400)
    },
  )
})

describe('a reminder', () => {
  test('after the fourteenth birthday only what was sent since then opens: the young person answers', async () => {
    const today = house.clock.today(house.tenant.timeZone)
    const birthday = new Date(Date.parse(today) + 2 * DAY).toISOString().slice(0, 10)
    const birthDate = `${Number(birthday.slice(0, 4)) - 14}${birthday.slice(4)}`
    const phone = '13900000001'
    const guardian = { name: '赵母', relation: 'mother', phone, email: `mother${++count}@example.org` }
    const patientId = await aPatientOf(house, team, { birthDate, guardian, email: `young${count}@example.org` })
    const { link } = await invite(patientId)
    const opened = (token: string) => stranger.call(contract.openLink, { params: { token }, body: { birthDate } })
    expect((await opened(tokenOf(link))).result).toBe('open')
    house.clock.advance({ days: 3 })
    await round()
    const body = { birthDate, submission: randomUUID(), response: responseOf({ worry: '睡不好' }) }
    expect((await opened(tokenOf(link))).result).toBe('locked')
    const refused = await stranger.call(contract.submitLink, { params: { token: tokenOf(link) }, body })
    expect([refused.result, refused.scores]).toEqual(['wrong-birth-date', []])
    const reminder = (await mailsTo(patientId)).find(({ template }) => template === 'questionnaire-reminder')!
    expect((await opened(tokenOf(linkIn(reminder)))).result).toBe('open')
    const kept = await stranger.call(contract.submitLink, { params: { token: tokenOf(linkIn(reminder)) }, body })
    expect(kept.result).toBe('kept')
  })

  test('comes on its days with a link of its own that opens the same form, and each one once', async () => {
    const patientId = await aWritable()
    const { link } = await invite(patientId)
    expect(await round()).toBe(0)
    house.clock.advance({ days: 3 })
    await Promise.all([round(), round()])
    expect(await round()).toBe(0)
    expect(await templates(patientId)).toEqual(['questionnaire-invitation', 'questionnaire-reminder'])
    house.clock.advance({ days: 4 })
    await Promise.all([round(), round()])
    expect(await round()).toBe(0)
    const mails = await mailsTo(patientId)
    expect(mails.map(({ template }) => template)).toEqual([
      'questionnaire-invitation',
      'questionnaire-reminder',
      'questionnaire-reminder',
    ])
    const links = new Set(mails.map(linkIn))
    expect(links.size).toBe(3)
    for (const one of links)
      expect((await stranger.call(contract.lookAtLink, { params: { token: tokenOf(one) } })).state).toBe('open')
    expect((await submit(tokenOf(linkIn(mails[1]!)))).result).toBe('kept')
    expect((await stranger.call(contract.lookAtLink, { params: { token: tokenOf(link) } })).state).toBe('answered')
  })

  test.each<[string, (of: { patientId: never; link: string; id: never }) => Promise<unknown>]>([
    ['answered', ({ link }) => submit(tokenOf(link))],
    [
      'answered to a colleague',
      ({ patientId }) =>
        team.manager.call(contract.answerForPatient, {
          params: { patientId },
          body: { code: 'visit', version: 1, submission: randomUUID(), response: responseOf({ worry: '累' }) },
        }),
    ],
    ['withdrawn', ({ id }) => team.manager.call(contract.withdrawInvitation, { params: { invitationId: id } })],
    [
      'dead',
      async ({ patientId }) => {
        await team.manager.call(markDeceased, { params: { patientId }, body: { deceasedOn: '2026-03-01' } })
        await house.settle()
      },
    ],
  ])('%s: none is sent, and what waited is taken back', async (_name, happens) => {
    const patientId = await aWritable()
    const made = await invite(patientId)
    await happens({ patientId, link: made.link, id: made.id as never })
    house.clock.advance({ days: 8 })
    await round()
    const mails = await mailsTo(patientId)
    expect(mails.map(({ state }) => state)).toEqual(['cancelled'])
  })

  test('whoever has opted out is stopped where mails are sent', async () => {
    const patientId = await aWritable()
    await invite(patientId)
    await team.manager.call(setPreference, {
      params: { patientId },
      body: { purpose: 'service', channel: 'email', optedOut: true, note: '电话里说不要邮件' },
    })
    house.clock.advance({ days: 3 })
    await round()
    await sendDue(house.house, house.tenant)
    expect((await mailsTo(patientId)).map(({ reason }) => reason)).toEqual(['opted-out', 'opted-out'])
  })

  test('nothing after the closing, and a mail that comes too late for it is not sent', async () => {
    const patientId = await aWritable()
    const closesAt = new Date(house.clock.now().getTime() + 5 * DAY).toISOString()
    const { link } = await invite(patientId, { closesAt })
    const { rows } = await team.manager.call(contract.invitationsOf, { params: { patientId } })
    expect(rows[0]).toMatchObject({
      sentByMessage: true,
      nextReminderAt: new Date(house.clock.now().getTime() + 3 * DAY).toISOString(),
    })
    house.clock.advance({ days: 6 })
    await round()
    expect(await templates(patientId)).toEqual(['questionnaire-invitation'])
    expect((await mailsTo(patientId))[0]!.not_after!.toISOString()).toBe(closesAt)
    expect((await stranger.call(contract.lookAtLink, { params: { token: tokenOf(link) } })).state).toBe('closed')
  })
})
