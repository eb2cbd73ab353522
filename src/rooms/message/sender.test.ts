import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import type { MailTransport } from '../../platform/mail/transport.ts'
import { markDeceased } from '../patient/contract/patient.ts'
import { setPreference } from './contract/message.ts'
import { sendDue, sendMessage } from './server/index.ts'
import { ledgerState } from './server/claim-store.ts'
import { LEASE_MS } from './server/sender.ts'
import { aPatient, aTemplate, keepingTransport, mailingBy, mailRow, publish, setWebAddress } from './sample.ts'

const house = await aHouse()
const db = house.house.databases.of(house.tenant.id)
await setWebAddress(house, 'https://care.example.org')

let touch = 0
const plan = async (patientId: string, over: object = {}) => {
  await house.write((ctx) =>
    sendMessage(ctx, { patientId, template: 'bp-remeasure', touch: `t:${++touch}`, channels: ['email'], ...over }),
  )
  return mailRow(house, patientId)
}
const send = async (answer?: MailTransport['send']) => {
  const { mails, transport } = keepingTransport(answer)
  await sendDue(mailingBy(house.house, transport), house.tenant)
  return mails
}
const eventsOf = async (messageId: string) =>
  (
    await db
      .selectFrom('message_event')
      .select('kind')
      .where('message_id', '=', messageId)
      .orderBy('at')
      .orderBy('kind', 'desc')
      .execute()
  ).map((row) => row.kind)

describe('a crash between the answer and the commit', () => {
  test('the mail goes out again under the same Message-ID, and is counted', async () => {
    const patientId = await aPatient(house)
    await plan(patientId)
    // The server took it; then the process is gone before it could say so.
    const first = await send(() => Promise.reject(new Error('killed')))
    expect(await mailRow(house, patientId)).toMatchObject({ state: 'claimed', attempts: 1, possible_doubles: 0 })
    expect(await send()).toEqual([])
    house.clock.advance({ seconds: LEASE_MS / 1000 + 1 })
    const second = await send()
    expect(second.map((mail) => mail.messageId)).toEqual(first.map((mail) => mail.messageId))
    expect(second[0]).toEqual(first[0])
    const row = await mailRow(house, patientId)
    expect(row).toMatchObject({ state: 'accepted', attempts: 2, possible_doubles: 1 })
    expect(await eventsOf(row.id)).toEqual(['claimed', 'claimed', 'accepted'])
    expect((await ledgerState(db, house.tenant.id, house.clock.now())).possibleDoubles).toBe(1)
  })

  test('who opted out after the crash gets no second copy', async () => {
    const patientId = await aPatient(house)
    await plan(patientId)
    await send(() => Promise.reject(new Error('killed')))
    const manager = await house.as('service-manager')
    await db.updateTable('patient').set({ manager_id: manager.staffId }).where('id', '=', patientId).execute()
    await manager.call(setPreference, {
      params: { patientId },
      body: { purpose: 'care', channel: 'email', optedOut: true },
    })
    house.clock.advance({ seconds: LEASE_MS / 1000 + 1 })
    expect(await send()).toEqual([])
    expect(await mailRow(house, patientId)).toMatchObject({ state: 'suppressed', reason: 'opted-out', uncertain: true })
  })

  test('a connection that breaks after the mail was handed over is a doubt too; one that never stood is none', async () => {
    const [broken, refused] = [await aPatient(house), await aPatient(house)]
    await plan(broken)
    await send(() => Promise.resolve({ kind: 'deferred', reply: 'Connection closed unexpectedly', uncertain: true }))
    await plan(refused)
    await send(() => Promise.resolve({ kind: 'deferred', reply: 'connect ECONNREFUSED', uncertain: false }))
    expect(await mailRow(house, broken)).toMatchObject({
      state: 'deferred',
      reason: 'unreachable',
      possible_doubles: 0,
    })
    house.clock.advance({ minutes: 6 })
    expect(await send()).toHaveLength(2)
    expect([(await mailRow(house, broken)).possible_doubles, (await mailRow(house, refused)).possible_doubles]).toEqual(
      [1, 0],
    )
  })

  test('a sender that slept through its claim settles nothing', async () => {
    const patientId = await aPatient(house)
    await plan(patientId)
    let wakeUp = (): void => {}
    const slow = keepingTransport(
      () => new Promise((resolve) => (wakeUp = () => resolve({ kind: 'rejected', reply: '550 too late' }))),
    )
    const sleeping = sendDue(mailingBy(house.house, slow.transport), house.tenant)
    await expect.poll(() => slow.mails.length).toBe(1)
    house.clock.advance({ seconds: LEASE_MS / 1000 + 1 })
    expect(await send()).toHaveLength(1)
    wakeUp()
    await sleeping
    expect(await mailRow(house, patientId)).toMatchObject({ state: 'accepted', possible_doubles: 1 })
  })
})

describe('two senders at once', () => {
  test('never send one message twice', async () => {
    const ids = await Promise.all(Array.from({ length: 90 }, () => aPatient(house)))
    await Promise.all(ids.map((patientId) => plan(patientId)))
    const { mails, transport } = keepingTransport(async () => {
      await new Promise((resolve) => setImmediate(resolve))
      return { kind: 'accepted', reply: '250' }
    })
    await Promise.all(Array.from({ length: 4 }, () => sendDue(mailingBy(house.house, transport), house.tenant)))
    expect(mails).toHaveLength(90)
    expect(new Set(mails.map((mail) => mail.messageId)).size).toBe(90)
  })
})

test('a row that cannot be read is put off, and holds up nobody', async () => {
  const [broken, fine] = [await aPatient(house), await aPatient(house)]
  await plan(broken)
  await db
    .updateTable('message')
    .set({ values_sealed: Buffer.from('not a seal') })
    .where('patient_id', '=', broken)
    .execute()
  await plan(fine)
  expect(await send()).toHaveLength(1)
  expect(await mailRow(house, broken)).toMatchObject({ state: 'planned', reason: 'fault', attempts: 0 })
  expect(await mailRow(house, fine)).toMatchObject({ state: 'accepted' })
  await db.updateTable('message').set({ state: 'cancelled', next_at: null }).where('patient_id', '=', broken).execute()
})

describe('judged at the moment of sending', () => {
  test('opted out between planning and sending', async () => {
    const patientId = await aPatient(house)
    await plan(patientId)
    const manager = await house.as('service-manager')
    await db.updateTable('patient').set({ manager_id: manager.staffId }).where('id', '=', patientId).execute()
    const { preferences } = await manager.call(setPreference, {
      params: { patientId },
      body: { purpose: 'care', channel: 'email', optedOut: true, note: '电话里说的' },
    })
    expect(preferences.find((p) => p.purpose === 'care' && p.channel === 'email')).toMatchObject({
      optedOut: true,
      how: 'patient-word',
      by: manager.name,
    })
    expect(await send()).toEqual([])
    expect(await mailRow(house, patientId)).toMatchObject({ state: 'suppressed', reason: 'opted-out' })
    await manager.call(setPreference, {
      params: { patientId },
      body: { purpose: 'care', channel: 'email', optedOut: false },
    })
    const later = await aPatient(house)
    await plan(later)
    expect(await send()).toHaveLength(1)
    const proof = await db
      .selectFrom('message_preference_event')
      .select('change')
      .where('patient_id', '=', patientId)
      .orderBy('at')
      .execute()
    expect(proof.map((row) => row.change).toSorted()).toEqual(['in', 'out'])
  })

  test('died between planning and sending: withdrawn by the event, and held by the gate before it came', async () => {
    const [before, after] = [await aPatient(house), await aPatient(house)]
    await plan(before)
    await plan(after)
    const desk = await house.as('front-desk')
    await desk.call(markDeceased, { params: { patientId: before }, body: { deceasedOn: '2026-03-01' } })
    expect((await send()).length).toBe(1)
    expect(await mailRow(house, before)).toMatchObject({ state: 'suppressed', reason: 'deceased' })
    const third = await aPatient(house)
    await plan(third, { sendAt: new Date(house.clock.now().getTime() + 3600_000) })
    await desk.call(markDeceased, { params: { patientId: third }, body: { deceasedOn: '2026-03-01' } })
    await house.settle()
    expect(await mailRow(house, third)).toMatchObject({ state: 'cancelled', reason: 'patient-died' })
    expect(await mailRow(house, after)).toMatchObject({ state: 'accepted' })
  })

  test('no address, and an address that does not exist', async () => {
    const nowhere = await aPatient(house, { email: undefined })
    await plan(nowhere)
    const wrong = await aPatient(house, { email: 'gone@qq.com' })
    await plan(wrong)
    await send(() =>
      Promise.resolve({ kind: 'rejected', reply: '550 Mailbox not found. http://service.mail.qq.com', code: 550 }),
    )
    expect(await mailRow(house, nowhere)).toMatchObject({ state: 'failed', reason: 'no-address' })
    expect(await mailRow(house, wrong)).toMatchObject({ state: 'failed', reason: 'address-unknown' })
    const again = await aPatient(house, { email: 'GONE@qq.com' })
    await plan(again)
    expect(await send()).toEqual([])
    expect(await mailRow(house, again)).toMatchObject({ state: 'failed', reason: 'address-unknown', attempts: 0 })
  })

  test('a throttle of QQ is no bounce: it waits a quarter of an hour and goes out then', async () => {
    const patientId = await aPatient(house)
    await plan(patientId)
    await send(() => Promise.resolve({ kind: 'rejected', reply: '550 Domain frequency limited [ab12]', code: 550 }))
    const row = await mailRow(house, patientId)
    expect(row).toMatchObject({ state: 'deferred', reason: 'temporary' })
    expect(row.next_at!.getTime() - house.clock.now().getTime()).toBe(15 * 60_000)
    house.clock.advance({ minutes: 16 })
    expect(await send()).toHaveLength(1)
  })

  test('what stays unreachable is given up in the end', async () => {
    const patientId = await aPatient(house)
    await plan(patientId, { notAfter: new Date(house.clock.now().getTime() + 30 * 86_400_000) })
    for (let attempt = 0; attempt < 8; attempt++) {
      await send(() => Promise.resolve({ kind: 'deferred', reply: '450 try later', code: 450 }))
      house.clock.set(new Date(house.clock.now().getTime() + 24 * 3_600_000))
    }
    expect(await mailRow(house, patientId)).toMatchObject({ state: 'failed', reason: 'gave-up', attempts: 8 })
  })

  test('at night it waits for the morning of the organization, unless it is urgent; too late is too late', async () => {
    const urgent = await publish(house, aTemplate({ purpose: 'service', urgent: true }))
    const [calm, pressing, late] = [await aPatient(house), await aPatient(house), await aPatient(house)]
    house.clock.set('2026-05-04T14:30:00Z')
    await plan(calm)
    await plan(pressing, { template: urgent })
    await plan(late, { notAfter: new Date('2026-05-04T23:00:00Z') })
    expect(await send()).toHaveLength(1)
    const row = await mailRow(house, calm)
    expect([row.state, row.reason, row.next_at!.toISOString()]).toEqual([
      'planned',
      'quiet-hours',
      '2026-05-05T00:00:00.000Z',
    ])
    house.clock.set('2026-05-05T00:00:00Z')
    expect(await send()).toHaveLength(1)
    expect(await mailRow(house, late)).toMatchObject({ state: 'expired', reason: 'too-late' })
  })

  test('a promotion needs a consent; words that give a person away are blocked', async () => {
    const promotion = await publish(house, aTemplate({ purpose: 'promotion' }))
    const patientId = await aPatient(house)
    await plan(patientId, { template: promotion })
    const leaky = await publish(
      house,
      aTemplate({
        variables: [
          { name: 'note', dataClass: 'plain', label: { zh: '话', en: 'Note' }, example: { zh: '好', en: 'ok' } },
        ],
        zh: { subject: '问候', text: '{{ note }}' },
        en: { subject: 'Hi', text: '{{ note }}' },
      }),
    )
    const other = await aPatient(house)
    await plan(other, { template: leaky, values: { note: '空腹血糖 6.8 mmol/L' } })
    expect(await send()).toEqual([])
    expect(await mailRow(house, patientId)).toMatchObject({ state: 'suppressed', reason: 'consent-missing' })
    expect(await mailRow(house, other)).toMatchObject({ state: 'blocked', reason: 'lab-value', content_sealed: null })
  })

  test("the organization's rate: what is beyond it waits a minute", async () => {
    await db
      .updateTable('organization')
      .set({
        settings: JSON.stringify({
          general: { webAddress: 'https://care.example.org', messageLimits: { mailsPerMinute: 5 } },
        }),
      })
      .where('id', '=', house.tenant.id)
      .execute()
    house.clock.advance({ minutes: 5 })
    const ids = await Promise.all(Array.from({ length: 8 }, () => aPatient(house)))
    await Promise.all(ids.map((patientId) => plan(patientId)))
    expect(await send()).toHaveLength(5)
    expect(await send()).toHaveLength(0)
    house.clock.advance({ minutes: 1, seconds: 1 })
    expect(await send()).toHaveLength(3)
    await setWebAddress(house, 'https://care.example.org')
  })
})
