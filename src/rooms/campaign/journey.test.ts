import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aHouse, TEST_NOW } from '../../../test/house.ts'
import { evaluateDue, wake } from '../agenda/server/index.ts'
import { aPatient, aTemplate, keepingTransport, mailingBy, publish, setWebAddress } from '../message/sample.ts'
import { setPreference } from '../message/contract/message.ts'
import { noteMyReading } from '../message/contract/own.ts'
import { holdPromotion, readingTokenOf, sendDue, TRAP } from '../message/server/index.ts'
import { addEncounter } from '../observation/server/index.ts'
import { patientDied } from '../patient/contract/events.ts'
import type { Step } from './contract/definition.ts'
import { readResults } from './contract/outcome.ts'
import { aCampaign, act, aRunning, messagesOf, runsOf } from './sample-campaign.ts'
import { campaignStep, enterDue, noteDate, stepDue } from './server/index.ts'

/** Journeys: what begins them, their waits and anchors, branches and arms, and what happens to people in mid-run. */
const house = await aHouse()
const db = house.house.databases.of(house.tenant.id)
const step = () => stepDue(house.house, house.tenant)
const enter = () => enterDue(house.house, house.tenant)
const care = () => evaluateDue(house.house, house.tenant, [campaignStep])
const lookAt = async (...ids: string[]) => {
  await house.write((ctx) => wake(ctx.tx, ctx.organizationId, ids, 'test', ctx.clock.now()))
  await care()
}
const send = (id: string, over: object = {}): Step =>
  ({ id, kind: 'send', template: 'journey-word', channels: ['email'], ...over }) as never
const before = (id: string, days: number, hours: number): Step =>
  ({ id, kind: 'wait', until: { anchor: { days, hours } } }) as never
const fixed = (patientId: string, at: string | null, key = 'a1') =>
  house.write((ctx) => noteDate(ctx, { patientId, kind: 'appointment', key, at: at ? new Date(at) : null }))
const mine = async (id: string, patientId: string) =>
  (await messagesOf(house, id)).filter((row) => row.patient_id === patientId)
const run = async (id: string, patientId: string) =>
  (await runsOf(house, id)).find((row) => row.patient_id === patientId)

beforeAll(() => publish(house, aTemplate({ code: 'journey-word', channels: ['email', 'in-app'] })))
beforeEach(async () => {
  house.clock.set(TEST_NOW) // 10:00 on Monday, 2 March 2026
  await db.updateTable('campaign').set({ state: 'cancelled' }).where('state', '=', 'running').execute()
  await db.updateTable('message').set({ state: 'cancelled', next_at: null }).where('next_at', 'is not', null).execute()
})

/** A day and an hour before an appointment. */
const reminders = () =>
  aCampaign({
    audience: null,
    trigger: { kind: 'date', date: 'appointment' },
    path: [
      before('day-before', -1, 0),
      send('tomorrow', { validHours: 12 }),
      before('hour-before', 0, -1),
      send('soon', { validHours: 0.5 }),
    ],
  })

describe('an appointment', () => {
  test('is told of a day and an hour before, once each', async () => {
    const patient = await aPatient(house)
    const id = await aRunning(house, reminders())
    await fixed(patient, '2026-03-05T06:30:00Z')
    await fixed(patient, '2026-03-05T06:30:00Z')
    await step()
    expect(await mine(id, patient)).toEqual([])
    expect((await run(id, patient))!.wake_at!.toISOString()).toBe('2026-03-04T06:30:00.000Z')
    house.clock.set('2026-03-04T06:30:00Z')
    await step()
    await step()
    expect((await mine(id, patient)).length).toBe(1)
    house.clock.set('2026-03-05T05:29:00Z')
    await step()
    expect((await mine(id, patient)).length).toBe(1)
    house.clock.set('2026-03-05T05:30:00Z')
    await step()
    expect((await mine(id, patient)).map(({ touch }) => touch.split(':').at(-1)).toSorted()).toEqual([
      'soon',
      'tomorrow',
    ])
    expect(await run(id, patient)).toMatchObject({ state: 'done', pass: 0 })
  })

  test('that moves takes what was planned along, and is told of anew', async () => {
    const patient = await aPatient(house)
    const id = await aRunning(house, reminders())
    await fixed(patient, '2026-03-05T06:30:00Z')
    await step()
    house.clock.set('2026-03-04T06:30:00Z')
    await step()
    await fixed(patient, '2026-03-10T02:00:00Z')
    // Planned and not handed over: withdrawn in the very transaction that moves it.
    expect(await mine(id, patient)).toMatchObject([{ state: 'cancelled' }])
    expect(await run(id, patient)).toMatchObject({
      state: 'waiting',
      pass: 1,
      node: 'day-before',
      wake_at: new Date('2026-03-09T02:00:00Z'),
    })
    house.clock.set('2026-03-09T02:00:00Z')
    await step()
    house.clock.set('2026-03-10T01:00:00Z')
    await step()
    expect(
      (await mine(id, patient)).map(({ touch, state }) => `${touch.split(':').slice(2).join(':')} ${state}`),
    ).toEqual(['0:tomorrow cancelled', '1:tomorrow planned', '1:soon planned'])
    // Also when all of it had been said already.
    await fixed(patient, '2026-03-20T02:00:00Z')
    expect(await run(id, patient)).toMatchObject({ state: 'waiting', pass: 2, node: 'day-before' })
  })

  test('that moves so near that the day before has passed leaves that out', async () => {
    const patient = await aPatient(house)
    const id = await aRunning(house, reminders())
    await fixed(patient, '2026-03-05T06:30:00Z')
    await step()
    await fixed(patient, '2026-03-02T08:00:00Z')
    expect(await run(id, patient)).toMatchObject({ node: 'hour-before', wake_at: new Date('2026-03-02T07:00:00Z') })
    house.clock.set('2026-03-02T07:45:00Z')
    await step()
    // An hour before has passed by three quarters of an hour: nothing goes late.
    expect(await mine(id, patient)).toEqual([])
    expect(await run(id, patient)).toMatchObject({ state: 'done' })
  })

  test('that is called off takes everything back, and may be fixed again', async () => {
    const patient = await aPatient(house)
    const id = await aRunning(house, reminders())
    await fixed(patient, '2026-03-05T06:30:00Z')
    await step()
    house.clock.set('2026-03-04T06:30:00Z')
    await step()
    await fixed(patient, null)
    expect(await mine(id, patient)).toMatchObject([{ state: 'cancelled' }])
    expect(await run(id, patient)).toMatchObject({ state: 'left', reason: 'called-off' })
    await fixed(patient, '2026-03-12T06:30:00Z')
    expect(await run(id, patient)).toMatchObject({ state: 'waiting', node: 'day-before' })
  })

  test('that nobody knows any more holds, with an alarm, and is never now', async () => {
    const patient = await aPatient(house)
    const id = await aRunning(house, reminders())
    await fixed(patient, '2026-03-05T06:30:00Z')
    await step()
    await db.deleteFrom('journey_date').where('patient_id', '=', patient).execute()
    await lookAt(patient)
    expect(await run(id, patient)).toMatchObject({ state: 'held', reason: 'anchor-missing' })
    house.clock.set('2026-03-06T00:00:00Z')
    await step()
    expect(await mine(id, patient)).toEqual([])
    const owner = await db.selectFrom('campaign').select('owner_id').where('id', '=', id).executeTakeFirstOrThrow()
    const notices = await db.selectFrom('staff_notice').select('kind').where('staff_id', '=', owner.owner_id!).execute()
    expect(notices).toContainEqual({ kind: 'campaign-held' })
  })
})

describe('a fact of the record', () => {
  const visit = (patientId: string, startedAt: string) =>
    house.write((ctx) =>
      addEncounter(ctx, {
        patientId: patientId as never,
        class: 'outpatient',
        startedAt: new Date(startedAt),
        title: '门诊',
        source: 'his',
      } as never),
    )
  const afterVisit = () =>
    aCampaign({
      audience: { age: { op: '>=', years: 18 } },
      trigger: { kind: 'fact', fact: 'visit', withinDays: 3 },
      path: [before('three-days', 3, 0), send('how-was-it')],
    })

  test('begins a journey once each, and an old one begins none', async () => {
    const patient = await aPatient(house)
    const id = await aRunning(house, afterVisit())
    house.clock.advance({ minutes: 5 })
    await visit(patient, '2026-03-02T01:00:00Z')
    await visit(patient, '2026-02-01T01:00:00Z')
    await care()
    await lookAt(patient)
    expect(await runsOf(house, id)).toMatchObject([
      { patient_id: patient, anchor_at: new Date('2026-03-02T01:00:00Z') },
    ])
    await step()
    house.clock.set('2026-03-05T01:00:00Z')
    await step()
    expect((await mine(id, patient)).length).toBe(1)
    await visit(patient, '2026-03-05T01:00:00Z')
    await care()
    expect((await runsOf(house, id)).length).toBe(2)
  })

  test('of before the start begins nothing', async () => {
    const patient = await aPatient(house)
    await visit(patient, '2026-03-02T01:00:00Z')
    house.clock.advance({ minutes: 5 })
    const id = await aRunning(house, afterVisit())
    await lookAt(patient)
    expect(await runsOf(house, id)).toEqual([])
  })
})

describe('whoever begins to meet a condition', () => {
  test('enters, and who met it before does not', async () => {
    const old = await aPatient(house, { birthDate: '1950-01-01' })
    const soon = await aPatient(house, { birthDate: '1966-03-04' })
    const id = await aRunning(house, aCampaign({ trigger: { kind: 'begins' }, path: [send('welcome')] }))
    await enter()
    await lookAt(old, soon)
    expect(await run(id, old)).toMatchObject({ state: 'baseline' })
    expect(await run(id, soon)).toBeUndefined()
    // Time alone turns it, and the agenda knows when.
    house.clock.set('2026-03-04T02:00:00Z')
    await care()
    expect(await run(id, soon)).toMatchObject({ state: 'waiting' })
    await step()
    expect((await mine(id, soon)).length).toBe(1)
    expect(await mine(id, old)).toEqual([])
  })
})

describe('a day of the calendar', () => {
  test('begins each year so many days before, and spares who mourns', async () => {
    const patient = await aPatient(house)
    const mourner = await aPatient(house)
    const tag = {
      patient_id: mourner,
      tag_code: 'bereaved',
      state: 'active' as const,
      source: 'manual' as const,
      rule_version: null,
    }
    const rest = {
      facts: '[]',
      set_at: house.clock.now(),
      set_by: null,
      expires_at: null,
      suppressed_at: null,
      suppressed_by: null,
      suppressed_because: null,
    }
    await db
      .insertInto('patient_tag')
      .values({ organization_id: house.tenant.id, ...tag, ...rest })
      .execute()
    const trigger = { kind: 'calendar' as const, day: 'term-chunfen', leadDays: 1, clock: '10:30' }
    const id = await aRunning(house, aCampaign({ audience: null, trigger, path: [send('greeting')] }))
    expect(await enter()).toBe(0)
    house.clock.set('2026-03-19T02:29:00Z')
    expect(await enter()).toBe(0)
    house.clock.set('2026-03-19T02:30:00Z')
    expect(await enter()).toBeGreaterThan(0)
    expect(await enter()).toBe(0)
    expect(await run(id, patient)).toMatchObject({ occurrence: '2026-03-19' })
    expect(await run(id, mourner)).toBeUndefined()
    house.clock.set('2027-03-20T02:30:00Z')
    await enter()
    expect(
      (await runsOf(house, id)).filter((row) => row.patient_id === patient).map(({ occurrence }) => occurrence),
    ).toEqual(['2026-03-19', '2027-03-20'])
  })
})

describe('S0-42 a greeting', () => {
  const EQUINOX = { kind: 'calendar' as const, day: 'term-chunfen', leadDays: 1, clock: '10:30' }
  const admit = (patientId: string) =>
    house.write((ctx) =>
      addEncounter(ctx, {
        patientId: patientId as never,
        class: 'inpatient',
        title: '住院',
        startedAt: new Date('2026-03-17T00:00:00Z'),
        endedAt: new Date('2026-03-25T00:00:00Z'),
        source: 'his',
      } as never),
    )
  const wished = async (id: string, ...people: string[]) =>
    Promise.all(people.map(async (one) => (await mine(id, one)).map(({ state, reason }) => [state, reason])))

  test('on a day of the calendar reaches neither a hospital bed, nor who is in a crisis or has an alert open', async () => {
    const [well, inBed, inCrisis, alarmed] = [
      await aPatient(house, { email: 'w1@example.com' }),
      await aPatient(house, { email: 'w2@example.com' }),
      await aPatient(house, { email: 'w3@example.com' }),
      await aPatient(house, { email: 'w4@example.com' }),
    ]
    await admit(inBed)
    await house.write((ctx) =>
      holdPromotion(ctx, [
        { patientId: inCrisis, kind: 'crisis', sourceKey: `crisis ${inCrisis}` },
        { patientId: alarmed, kind: 'alert', sourceKey: `alert ${alarmed}` },
      ]),
    )
    const id = await aRunning(house, aCampaign({ audience: null, trigger: EQUINOX, path: [send('greeting')] }))
    house.clock.set('2026-03-19T02:30:00Z')
    await enter()
    await step()
    await sendDue(mailingBy(house.house, keepingTransport().transport), house.tenant)
    expect(await wished(id, well, inBed, inCrisis, alarmed)).toEqual([
      [['accepted', null]],
      [['suppressed', 'in-hospital']],
      [['suppressed', 'in-crisis']],
      [['suppressed', 'open-alert']],
    ])
  })

  test('for a birthday is one as well; care by another occasion goes to the bed as before', async () => {
    const inBed = await aPatient(house, { birthDate: '1950-03-20', email: 'w5@example.com' })
    await admit(inBed)
    house.clock.set('2026-03-20T02:30:00Z')
    const audience = { birthday: { calendar: 'solar', inDays: { from: 0, to: 0 } } } as never
    const birthday = await aRunning(house, aCampaign({ audience, path: [send('greeting')] }))
    const other = await aRunning(house, aCampaign({ audience: null, path: [send('care')] }))
    await enter()
    await step()
    await sendDue(mailingBy(house.house, keepingTransport().transport), house.tenant)
    expect(await wished(birthday, inBed)).toEqual([[['suppressed', 'in-hospital']]])
    expect(await wished(other, inBed)).toEqual([[['accepted', null]]])
  })
})

describe('a path', () => {
  test('splits, waits and leaves by what is true at that moment', async () => {
    const old = await aPatient(house, { birthDate: '1940-01-01' })
    const younger = await aPatient(house, { birthDate: '1965-01-01' })
    const id = await aRunning(
      house,
      aCampaign({
        path: [
          { id: 'w', kind: 'wait', until: { after: { days: 2, hours: 0 } } },
          {
            id: 's',
            kind: 'split',
            condition: { age: { op: '>=', years: 80 } },
            yes: [send('gently')],
            no: [{ id: 'x', kind: 'exit' }],
          },
          send('again'),
        ] as never,
        leaveWhen: { sex: 'male' } as never,
      }),
    )
    await enter()
    await step()
    expect(await messagesOf(house, id)).toEqual([])
    house.clock.advance({ days: 2 })
    await step()
    expect((await mine(id, old)).map(({ touch }) => touch.split(':').at(-1)).toSorted()).toEqual(['again', 'gently'])
    expect(await run(id, younger)).toMatchObject({ state: 'done', reason: 'exit' })
    expect(await mine(id, younger)).toEqual([])
  })

  test('tries two ways, and says of small numbers only how many', async () => {
    await Promise.all(Array.from({ length: 40 }, () => aPatient(house)))
    const arms = [
      { name: '甲', share: 50, path: [send('first')] },
      { name: '乙', share: 50, path: [send('second')] },
    ]
    const success = {
      measure: 'condition',
      condition: { age: { op: '>=', years: 60 } },
      withinDays: 30,
      targetPercent: 10,
    } as const
    const id = await aRunning(house, aCampaign({ success, path: [{ id: 't', kind: 'trial', arms }] as never }))
    await enter()
    await step()
    const lead = await house.as('quality-lead')
    const results = await lead.call(readResults, { params: { campaignId: id as never } })
    const n = results.arms.map(({ result }) => result.n)
    expect(results.arms.map(({ arm }) => arm).toSorted()).toEqual(['乙', '甲'].toSorted())
    expect(n[0]! + n[1]!).toBe((await runsOf(house, id)).length)
    for (const { result } of results.arms) expect(result.share === null).toBe(result.n < 30)
    expect(results.comparison!.better).toBeNull()
  })

  test('counts who followed a link, and no gateway, where a click is the measure', async () => {
    await setWebAddress(house, 'https://care.example.org')
    const code = await publish(house, aTemplate({ countsReading: true }))
    const [person, gateway, silent] = await Promise.all(
      [1, 2, 3].map(() => aPatient(house, { birthDate: '1929-02-02' })),
    )
    const id = await aRunning(
      house,
      aCampaign({
        success: { measure: 'clicked', targetPercent: 10 },
        audience: { age: { op: '>=', years: 97 } },
        path: [send('word', { template: code })],
      }),
    )
    const lead = await house.as('quality-lead')
    const result = async () => (await lead.call(readResults, { params: { campaignId: id as never } })).all
    await enter()
    await step()
    // Nothing has been handed over yet, so nobody could follow anything.
    expect(await result()).toMatchObject({ n: 0, count: 0 })
    await sendDue(mailingBy(house.house, keepingTransport().transport), house.tenant)
    const sent = (await messagesOf(house, id)).filter(({ channel }) => channel === 'email')
    expect(sent.map(({ state, counts_reading }) => [state, counts_reading])).toEqual(sent.map(() => ['accepted', true]))
    const hit = async (patientId: string, link: number) => {
      const message = sent.find(({ patient_id }) => patient_id === patientId)!
      const mark = { messageId: message.id, link, url: link === TRAP ? '' : 'https://a.cn/1' }
      const token = readingTokenOf({ sealer: house.house.sealer, organizationId: house.tenant.id }, mark)
      const agent =
        'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'
      await house.app.inject({ method: 'GET', url: `/api/l?t=${token}`, headers: { 'user-agent': agent } })
    }
    house.clock.advance({ seconds: 4 })
    await hit(gateway!, 1)
    await hit(gateway!, TRAP)
    house.clock.advance({ seconds: 400 })
    await hit(person!, 1)
    await hit(person!, 1)
    expect(await result()).toMatchObject({ n: sent.length, count: 1 })
    expect(sent.map(({ patient_id }) => patient_id)).toContain(silent)
  })

  test('counts who has read it in the message centre or in the mail, and no machine, where reading is the measure', async () => {
    await setWebAddress(house, 'https://care.example.org')
    const counted = await publish(house, aTemplate({ countsReading: true, channels: ['in-app', 'email'] }))
    const people = await Promise.all([1, 2, 3, 4].map(() => aPatient(house, { birthDate: '1927-02-02' })))
    const [both, byMail, machine] = people
    const id = await aRunning(
      house,
      aCampaign({
        success: { measure: 'read', targetPercent: 10 },
        audience: { age: { op: '>=', years: 99 } },
        path: [send('word', { template: counted, channels: ['in-app', 'email'] })],
      }),
    )
    await enter()
    await step()
    await sendDue(mailingBy(house.house, keepingTransport().transport), house.tenant)
    const sent = await messagesOf(house, id)
    const of = (patientId: string, channel: string) =>
      sent.find((row) => row.patient_id === patientId && row.channel === channel)!.id
    const now = house.clock.now()
    const looked = (messageId: string, seen: boolean) =>
      db
        .insertInto('message_reading')
        .values({
          organization_id: house.tenant.id,
          message_id: messageId,
          raw: true,
          seen,
          clicked: false,
          first_at: now,
          changed_at: now,
        })
        .execute()
    await looked(of(both!, 'email'), true)
    await looked(of(byMail!, 'email'), true)
    await looked(of(machine!, 'email'), false)
    const own = await house.asPatient(both!)
    await own.call(noteMyReading, { params: { messageId: of(both!, 'in-app') as never } })
    const lead = await house.as('quality-lead')
    const results = await lead.call(readResults, { params: { campaignId: id as never } })
    expect(results.all).toMatchObject({ n: 4, count: 2 })
    expect(results.reading).toEqual({ centre: 1, mail: 2, machineOnly: 1 })
  })

  test('asks nobody of whom it cannot know whether they read it', async () => {
    const silent = await publish(house, aTemplate({ channels: ['email'] }))
    await aPatient(house, { birthDate: '1926-02-02' })
    const id = await aRunning(
      house,
      aCampaign({
        success: { measure: 'read', targetPercent: 10 },
        audience: { age: { op: '>=', years: 100 } },
        path: [send('word', { template: silent })],
      }),
    )
    await enter()
    await step()
    await sendDue(mailingBy(house.house, keepingTransport().transport), house.tenant)
    const lead = await house.as('quality-lead')
    const results = await lead.call(readResults, { params: { campaignId: id as never } })
    expect([results.all.n, results.reading]).toEqual([0, { centre: 0, mail: 0, machineOnly: 0 }])
  })

  test('climbs to the next rung where there is no way to somebody, and no other', async () => {
    const code = await publish(house, aTemplate({ channels: ['email', 'in-app'] }))
    const without = await aPatient(house, { email: undefined, birthDate: '1930-01-01' })
    const id = await aRunning(
      house,
      aCampaign({
        audience: { age: { op: '>=', years: 95 } },
        path: [send('word', { template: code, channels: ['email', 'in-app'], how: 'ladder' })],
      }),
    )
    await enter()
    await step()
    expect((await mine(id, without)).map(({ channel }) => channel)).toEqual(['email'])
    await sendDue(house.house, house.tenant)
    await house.settle()
    expect((await mine(id, without)).map(({ channel, state }) => `${channel} ${state}`).toSorted()).toEqual([
      'email failed',
      'in-app accepted',
    ])
  })

  test('whose template has gone holds its people, with an alarm, and goes on when it is back', async () => {
    const code = await publish(house, aTemplate({ channels: ['email'] }))
    const patient = await aPatient(house)
    const id = await aRunning(house, aCampaign({ path: [send('word', { template: code })] }))
    await enter()
    await db.updateTable('message_template').set({ state: 'retired' }).where('code', '=', code).execute()
    await step()
    expect(await run(id, patient)).toMatchObject({ state: 'held', reason: 'template-missing' })
    expect(await mine(id, patient)).toEqual([])
  })

  test('whose template has passed its last day sends nothing of it, and says why', async () => {
    const code = await publish(house, aTemplate({ channels: ['email'] }))
    const patient = await aPatient(house)
    const id = await aRunning(house, aCampaign({ path: [send('word', { template: code })] }))
    await enter()
    const today = house.clock.today('Asia/Shanghai')
    await db.updateTable('message_template').set({ expires_on: today }).where('code', '=', code).execute()
    await step()
    expect(await run(id, patient)).toMatchObject({ state: 'held', reason: 'template-expired' })
    expect(await mine(id, patient)).toEqual([])
  })
})

describe('in mid-run', () => {
  const twoMails = () =>
    aCampaign({
      path: [
        send('first'),
        { id: 'w', kind: 'wait', until: { after: { days: 1, hours: 0 } } },
        send('second'),
      ] as never,
    })
  const mails = async () => {
    const { mails: sent, transport } = keepingTransport()
    await sendDue(mailingBy(house.house, transport), house.tenant)
    return sent
  }

  test('somebody who has died gets nothing more', async () => {
    const patient = await aPatient(house)
    const id = await aRunning(house, twoMails())
    await enter()
    await step()
    await house.write(async (ctx) => {
      await ctx.tx
        .updateTable('patient')
        .set({ state: 'deceased', deceased_on: '2026-03-02' })
        .where('id', '=', patient)
        .execute()
      await ctx.emit(patientDied, { patientId: patient as never })
    })
    await house.settle()
    expect(await run(id, patient)).toMatchObject({ state: 'left', reason: 'died' })
    house.clock.advance({ days: 1 })
    await step()
    await mails()
    expect(await mine(id, patient)).toMatchObject([{ state: 'cancelled', reason: 'patient-died' }])
  })

  test('somebody who does not want it gets nothing more, and the reason stands', async () => {
    const manager = await house.as('service-manager')
    const patient = await aPatient(house)
    await db.updateTable('patient').set({ manager_id: manager.staffId }).where('id', '=', patient).execute()
    const id = await aRunning(house, twoMails())
    await enter()
    await step()
    await manager.call(setPreference, {
      params: { patientId: patient as never },
      body: { purpose: 'care', channel: 'email', optedOut: true, note: '不想收' } as never,
    })
    await mails()
    house.clock.advance({ days: 1 })
    await step()
    await mails()
    expect((await mine(id, patient)).map(({ state, reason }) => `${state} ${reason}`)).not.toContain('accepted null')
    expect(await mine(id, patient)).toMatchObject([{ state: 'suppressed', reason: 'opted-out' }, {}])
  })

  test('a next version counts for whoever enters by it; others go on by theirs', async () => {
    const patient = await aPatient(house)
    const id = await aRunning(house, twoMails())
    await enter()
    await step()
    await act(house, id, 'pause')
    await act(house, id, 'resume')
    house.clock.advance({ days: 1 })
    await step()
    expect((await mine(id, patient)).length).toBe(2)
    expect(await run(id, patient)).toMatchObject({ state: 'done', version: 1 })
  })
})
