import { randomUUID } from 'node:crypto'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aHouse, nobody } from '../../../test/house.ts'
import * as kiosks from './contract/kiosks.ts'
import * as contract from './contract/questionnaire.ts'
import { aPatientOf, aTeam, publish, responseOf, VISIT_FORM, type Team } from './sample-form.ts'

const house = await aHouse()
const stranger = nobody(house)
let team: Team
let tablet: { token: string }

beforeAll(async () => {
  team = await aTeam(house)
  await publish(house, 'visit', VISIT_FORM)
  tablet = await aTablet()
})

// Hours pass in between, and sessions do not last that long.
beforeEach(async () => {
  team = await aTeam(house)
})

async function aTablet() {
  const { link } = await team.manager.call(kiosks.setUpKiosk, { body: { name: '候诊区平板' } })
  return { token: link.split('/kiosk/')[1]! }
}
async function aLink() {
  const patientId = await aPatientOf(house, team)
  return team.manager.call(contract.invitePatient, { params: { patientId }, body: { code: 'visit' } })
}
const codeFor = (invitationId: string) =>
  team.manager.call(kiosks.codeForKiosk, { params: { invitationId: invitationId as never } })
const type = (code: string, params = tablet) => stranger.call(kiosks.openKiosk, { params, body: { code } })
/** Another code than this one. */
const wrong = (code: string, n = 1) => String((Number(code) + n) % 1_000_000).padStart(6, '0')
const birthDate = '1970-05-06'

describe('a tablet of the house', () => {
  test('opens the one form that a code stands for, once; the date of birth is still asked for', async () => {
    const { id } = await aLink()
    const { code } = await codeFor(id)
    const opened = await type(code)
    expect(opened.result).toBe('open')
    const params = { token: opened.token! }
    expect((await stranger.call(contract.openLink, { params, body: {} })).result).toBe('wrong-birth-date')
    expect((await stranger.call(contract.openLink, { params, body: { birthDate } })).result).toBe('open')
    expect((await type(code)).result).toBe('wrong-code')
    const body = { birthDate, submission: randomUUID(), response: responseOf({ worry: '睡不好' }) }
    expect((await stranger.call(contract.submitLink, { params, body })).result).toBe('kept')
    house.clock.advance({ minutes: 121 })
    expect((await stranger.call(contract.lookAtLink, { params })).state).toBe('unknown')
  })

  test('two who type the same code at once: one gets in', async () => {
    const { code } = await codeFor((await aLink()).id)
    const second = await aTablet()
    const results = await Promise.all([type(code), type(code, second)])
    expect(results.map(({ result }) => result).toSorted()).toEqual(['open', 'wrong-code'])
  })

  test('a code runs out after ten minutes, and a new one takes its place', async () => {
    const { id } = await aLink()
    const first = await codeFor(id)
    const second = await codeFor(id)
    const fresh = await aTablet()
    if (first.code !== second.code) expect((await type(first.code, fresh)).result).toBe('wrong-code')
    house.clock.advance({ minutes: 11 })
    expect((await type(second.code, fresh)).result).toBe('wrong-code')
  })

  test('rests after five wrong codes, also when they come at once, and is ready again later', async () => {
    const params = await aTablet()
    const { code } = await codeFor((await aLink()).id)
    const answers = await Promise.all([1, 2, 3, 4, 5, 6, 7].map((n) => type(wrong(code, n), params)))
    expect(answers.filter(({ result }) => result === 'wrong-code')).toHaveLength(5)
    expect((await type(code, params)).result).toBe('resting')
    expect((await stranger.call(kiosks.lookAtKiosk, { params })).state).toBe('resting')
    house.clock.advance({ minutes: 10 })
    expect((await stranger.call(kiosks.lookAtKiosk, { params })).state).toBe('ready')
  })

  test('that is ended takes nothing more', async () => {
    const params = await aTablet()
    const { rows } = await team.manager.call(kiosks.listKiosks)
    const { ended } = await team.manager.call(kiosks.endKiosk, { params: { kioskId: rows[0]!.id } })
    expect(ended).toBe(true)
    const { code } = await codeFor((await aLink()).id)
    expect((await type(code, params)).result).toBe('ended')
  })

  test('no code for what cannot be filled in any more, and none for whom it is not', async () => {
    const { id } = await aLink()
    await team.manager.call(contract.withdrawInvitation, { params: { invitationId: id } })
    const refused = await team.manager.try(kiosks.codeForKiosk, { params: { invitationId: id } })
    expect([refused.status, refused.code]).toEqual([409, 'InvitationClosed'])
    const other = await house.as('service-manager')
    expect((await other.try(kiosks.codeForKiosk, { params: { invitationId: (await aLink()).id } })).status).toBe(404)
    const sales = await house.as('sales-manager')
    expect((await sales.try(kiosks.listKiosks)).status).toBe(403)
  })

  test.each(['12345', '1234567', 'abcdef', ''])('the code %j is none', async (code) => {
    expect((await stranger.try(kiosks.openKiosk, { params: tablet, body: { code } })).status).toBe(400)
  })

  test('an address that is none of ours is nothing', async () => {
    const token = `${house.tenant.id.replaceAll('-', '')}.${'x'.repeat(43)}`
    expect((await stranger.call(kiosks.lookAtKiosk, { params: { token } })).state).toBe('unknown')
    expect((await type('123456', { token })).result).toBe('unknown')
  })
})
