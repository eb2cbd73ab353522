import { describe, expect, test } from 'vitest'
import { aHouse, type Caller } from '../../../test/house.ts'
import { searchPatients, registerNewPatient } from '../patient/contract/patient.ts'
import { listProposals, mergePatients, undoMerge } from '../patient/contract/merge.ts'
import type { NewPatient } from '../patient/contract/person.ts'
import * as contract from './contract/card.ts'
import { consentsOf } from './server/index.ts'
import { isCardNumber } from './server/rules/card-number.ts'

const house = await aHouse()
let desk = await house.as('front-desk', { name: '前台小周' })
const db = () => house.house.databases.of(house.tenant.id)
let count = 0

const person = (over: Partial<NewPatient> = {}): NewPatient => ({
  name: `卡主${'甲乙丙丁戊己庚辛'[count % 8]}`,
  phone: `1370000${String(++count).padStart(4, '0')}`,
  birthDate: '1970-01-01',
  ...over,
})
const open = (over: Partial<NewPatient> = {}) =>
  desk.call(contract.openCard, { body: { patient: person(over) } }).then((answer) => answer.card)
const codeOf = async (cardId: string) => {
  const { rows } = await desk.call(contract.demoOutbox)
  return /\d{6}/.exec(rows.find((row) => row.cardId === cardId)!.text)![0]
}
const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')
const kindsOf = async (cardId: string) =>
  (
    await db()
      .selectFrom('card_event')
      .select('kind')
      .where('card_id', '=', cardId as never)
      .orderBy('at')
      .execute()
  ).map((row) => row.kind)
const activated = async () => {
  const card = await open()
  await desk.call(contract.sendCode, { params: { cardId: card.id } })
  return (
    await desk.call(contract.activateCard, { params: { cardId: card.id }, body: { code: await codeOf(card.id) } })
  ).card
}

describe('S0-1 客户开卡', () => {
  test('opened at the desk, activated by the code on the phone, found by its number', async () => {
    const consents = [
      { purpose: 'health-record' as const, granted: true, textVersion: '2026-03' },
      { purpose: 'promotion' as const, granted: false, textVersion: '2026-03' },
    ]
    const { card, proposals } = await desk.call(contract.openCard, {
      body: { patient: person({ phone: '13711112222' }), consents },
    })
    expect([card.state, proposals, isCardNumber(card.number)]).toEqual(['pending', 0, true])
    expect((await house.write((ctx) => consentsOf(ctx, card.patientId))).get('promotion')).toMatchObject({
      granted: false,
      by: '前台小周',
    })

    const sent = await desk.call(contract.sendCode, { params: { cardId: card.id } })
    expect(sent).toMatchObject({
      phoneMasked: '137****2222',
      viaGuardian: false,
      expiresAt: '2026-03-02T02:10:00.000Z',
    })
    const code = await codeOf(card.id)
    const first = await desk.call(contract.activateCard, { params: { cardId: card.id }, body: { code: wrong(code) } })
    expect([first.result, first.triesLeft, first.card.state]).toEqual(['wrong-code', 4, 'pending'])
    const done = await desk.call(contract.activateCard, { params: { cardId: card.id }, body: { code } })
    expect([done.result, done.card.state]).toEqual(['activated', 'active'])
    expect(await kindsOf(card.id)).toEqual(expect.arrayContaining(['opened', 'activated']))
    const found = await desk
      .call(contract.openCard, { body: { patientId: card.patientId } })
      .catch((error: Error) => error.message)
    expect(found).toContain('CardOpenAlready')
    expect(
      (await desk.call(searchPatients, { query: { q: card.number.toLowerCase() } })).rows.map((row) => row.id),
    ).toEqual([card.patientId])
  })

  test('the code of a child goes to the guardian', async () => {
    const card = await open({
      birthDate: '2020-01-01',
      phone: '13733330001',
      guardian: { relation: 'father', name: '爸爸', phone: '13733330002' },
    })
    expect(await desk.call(contract.sendCode, { params: { cardId: card.id } })).toMatchObject({
      phoneMasked: '137****0002',
      viaGuardian: true,
    })
    const orphan = await open({ phone: undefined })
    expect((await desk.try(contract.sendCode, { params: { cardId: orphan.id } })).code).toBe('NoPhone')
  })

  test('each act leaves its line in the log, with the patient', async () => {
    const card = await activated()
    await desk.call(contract.freezeCard, { params: { cardId: card.id }, body: { reason: '本人要求暂停' } })
    const lines = await db()
      .selectFrom('audit_entry')
      .select(['action', 'outcome'])
      .where('patient_id', '=', card.patientId)
      .execute()
    expect(lines.map((line) => line.action)).toEqual(
      expect.arrayContaining(['card.open', 'card.send-code', 'card.activate', 'card.freeze']),
    )
  })
})

describe('codes', () => {
  test('five tries, however many come at once; then only a new code helps', async () => {
    const card = await open()
    const params = { cardId: card.id }
    await desk.call(contract.sendCode, { params })
    const code = await codeOf(card.id)
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => desk.call(contract.activateCard, { params, body: { code: wrong(code) } })),
    )
    expect(answers.map((a) => a.triesLeft).toSorted()).toEqual([0, 0, 0, 0, 1, 2, 3, 4])
    expect((await desk.call(contract.activateCard, { params, body: { code } })).result).toBe('used-up')
    house.clock.advance({ minutes: 1 })
    await desk.call(contract.sendCode, { params })
    const fresh = await codeOf(card.id)
    expect((await desk.call(contract.activateCard, { params, body: { code: fresh } })).result).toBe('activated')
  })

  test('a code ends after ten minutes, and an older one with the next', async () => {
    const card = await open()
    const params = { cardId: card.id }
    expect((await desk.call(contract.activateCard, { params, body: { code: '123456' } })).result).toBe('no-code')
    await desk.call(contract.sendCode, { params })
    const old = await codeOf(card.id)
    house.clock.advance({ minutes: 2 })
    await desk.call(contract.sendCode, { params })
    const fresh = await codeOf(card.id)
    if (old !== fresh)
      expect((await desk.call(contract.activateCard, { params, body: { code: old } })).result).toBe('wrong-code')
    house.clock.advance({ minutes: 10 })
    expect((await desk.call(contract.activateCard, { params, body: { code: fresh } })).result).toBe('no-code')
    expect((await desk.call(contract.demoOutbox)).rows).toEqual([])
  })

  test('one a minute, five an hour to a phone, also when clicked twice at once', async () => {
    const card = await open()
    const params = { cardId: card.id }
    const both = await Promise.all([desk.try(contract.sendCode, { params }), desk.try(contract.sendCode, { params })])
    expect(both.map((a) => a.code ?? 'sent').toSorted()).toEqual(['CodeTooSoon', 'sent'])
    for (let i = 0; i < 4; i++) {
      house.clock.advance({ minutes: 2 })
      await desk.call(contract.sendCode, { params })
    }
    house.clock.advance({ minutes: 2 })
    const sixth = await desk.try(contract.sendCode, { params })
    expect(sixth.body).toMatchObject({ code: 'CodeTooMany', status: 429, values: { minutes: 50 } })
  })

  test('the right code twice at once activates once and says so once', async () => {
    const card = await open()
    const params = { cardId: card.id }
    desk = await house.as('front-desk', { name: '前台小周' })
    await desk.call(contract.sendCode, { params })
    const code = await codeOf(card.id)
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => desk.call(contract.activateCard, { params, body: { code } })),
    )
    expect(answers.filter((a) => a.result === 'activated')).toHaveLength(1)
    expect(answers.filter((a) => a.result === 'active-already')).toHaveLength(5)
    expect((await kindsOf(card.id)).filter((kind) => kind === 'activated')).toHaveLength(1)
    const events = await db()
      .selectFrom('outbox_event')
      .select('payload')
      .where('name', '=', 'card.activated')
      .execute()
    // Kept only when somebody listens; then exactly one.
    expect(events.filter((event) => (event.payload as { cardId: string }).cardId === card.id).length).toBe(
      house.house.listened.has('card.activated') ? 1 : 0,
    )
  })

  test('when an SMS provider is set the outbox is closed', async () => {
    const tenant = await house.anOrganization()
    const clerk = await house.as('front-desk', { tenant })
    expect((await clerk.call(contract.demoOutbox)).enabled).toBe(true)
    await house.house.databases
      .of(tenant.id)
      .updateTable('organization')
      .set({ settings: JSON.stringify({ sms: { provider: 'x' } }) as never })
      .where('id', '=', tenant.id)
      .execute()
    expect(await clerk.call(contract.demoOutbox)).toEqual({ enabled: false, rows: [] })
  })
})

describe('states', () => {
  test('frozen, taken up again, closed; each with a reason, and closed is the end', async () => {
    const card = await activated()
    const params = { cardId: card.id }
    const body = { reason: '本人要求' }
    expect((await desk.try(contract.freezeCard, { params, body: { reason: '' } })).code).toBe('InvalidInput')
    expect((await desk.call(contract.freezeCard, { params, body })).state).toBe('frozen')
    expect((await desk.try(contract.freezeCard, { params, body })).code).toBe('CardStateRefuses')
    expect((await desk.call(contract.unfreezeCard, { params, body })).state).toBe('active')
    const closed = await desk.call(contract.closeCard, { params, body })
    expect(closed).toMatchObject({
      state: 'closed',
      can: { sendCode: false, freeze: false, unfreeze: false, close: false },
    })
    expect(closed.history.map((line) => line.kind).toSorted()).toEqual([
      'activated',
      'closed',
      'frozen',
      'opened',
      'unfrozen',
    ])
    for (const endpoint of [contract.freezeCard, contract.unfreezeCard, contract.closeCard])
      expect((await desk.try(endpoint, { params, body })).code).toBe('CardStateRefuses')
    expect((await desk.try(contract.sendCode, { params })).code).toBe('CardStateRefuses')
    // A new one may be opened then.
    expect((await desk.call(contract.openCard, { body: { patientId: card.patientId } })).card.state).toBe('pending')
  })

  test('of two who open at once for one person one does; of two who freeze at once one does', async () => {
    const { patient } = await desk.call(registerNewPatient, { body: person() })
    const opened = await Promise.all([1, 2].map(() => desk.try(contract.openCard, { body: { patientId: patient.id } })))
    expect(opened.map((a) => a.code ?? 'ok').toSorted()).toEqual(['CardOpenAlready', 'ok'])
    const card = await activated()
    const frozen = await Promise.all(
      [1, 2].map(() => desk.try(contract.freezeCard, { params: { cardId: card.id }, body: { reason: '挂失' } })),
    )
    expect(frozen.map((a) => a.code ?? 'ok').toSorted()).toEqual(['CardStateRefuses', 'ok'])
  })

  test('consents are answered again, and every answer stays', async () => {
    const { card } = await desk.call(contract.openCard, {
      body: { patient: person(), consents: [{ purpose: 'promotion', granted: true, textVersion: '1' }] },
    })
    const after = await desk.call(contract.recordConsents, {
      params: { cardId: card.id },
      body: { consents: [{ purpose: 'promotion', granted: false, textVersion: '2' }] },
    })
    expect(after.consents).toMatchObject([{ purpose: 'promotion', granted: false, textVersion: '2' }])
    expect(after.history.filter((line) => line.kind === 'consents')).toHaveLength(1)
  })
})

describe('who may', () => {
  test.each([
    ['front-desk', [200, 200]],
    ['service-manager', [403, 403]],
    ['physician', [403, 403]],
    ['sales-manager', [403, 403]],
    ['audit-administrator', [403, 403]],
  ] as const)('%s opening and freezing: %j', async (role, [opening, freezing]) => {
    const card = await activated()
    const who: Caller = await house.as(role)
    expect((await who.try(contract.openCard, { body: { patient: person() } })).status).toBe(opening)
    expect((await who.try(contract.freezeCard, { params: { cardId: card.id }, body: { reason: '试试' } })).status).toBe(
      freezing,
    )
  })

  test('another organization sees no card', async () => {
    const card = await open()
    const clerk = await house.as('front-desk', { tenant: await house.anOrganization() })
    expect((await clerk.try(contract.sendCode, { params: { cardId: card.id } })).code).toBe('NotFound')
    expect((await clerk.try(contract.cardsOfPatient, { params: { patientId: card.patientId } })).code).toBe('NotFound')
    expect((await clerk.call(contract.demoOutbox)).rows).toEqual([])
  })
})

describe('merging', () => {
  test('cards follow their person, and come back when the merge is undone', async () => {
    const same = { name: '双卡人', phone: '13799990000', birthDate: '1960-01-01' }
    const first = (await desk.call(contract.openCard, { body: { patient: same } })).card
    const second = (await desk.call(contract.openCard, { body: { patient: same } })).card
    const { rows } = await desk.call(listProposals)
    const { mergeId } = await desk.call(mergePatients, {
      params: { proposalId: rows[0]!.id },
      body: { intoId: first.patientId, chosen: {} },
    })
    await house.settle()
    const cardsOf = async (patientId: typeof first.patientId) =>
      (await desk.call(contract.cardsOfPatient, { params: { patientId } })).rows.map((card) => card.id).toSorted()
    expect(await cardsOf(first.patientId)).toEqual([first.id, second.id].toSorted())
    expect((await desk.call(searchPatients, { query: { q: second.number } })).rows.map((row) => row.id)).toEqual([
      first.patientId,
    ])
    await desk.call(undoMerge, { params: { mergeId }, body: { reason: '两个人' } })
    await house.settle()
    expect([await cardsOf(first.patientId), await cardsOf(second.patientId)]).toEqual([[first.id], [second.id]])
    expect((await desk.call(searchPatients, { query: { q: second.number } })).rows.map((row) => row.id)).toEqual([
      second.patientId,
    ])
  })
})
