import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aHouse, TEST_NOW, type Caller } from '../../../test/house.ts'
import { evaluateDue, wake } from '../agenda/server/index.ts'
import { addEncounter } from '../observation/server/index.ts'
import { installShippedTags } from '../tag/server/index.ts'
import { approveMessage, getMessage, sendByHand, setPreference } from './contract/message.ts'
import { changeRules, getRules, type MessagePolicy } from './contract/rule.ts'
import { holdPromotion, liftPromotion, messageStep, sendDue, sendMessage, sendMessages } from './server/index.ts'
import { aPatient, aTemplate, keepingTransport, mailingBy, publish, putConsent, setWebAddress } from './sample.ts'
import type { HoldKind, Purpose } from './contract/words.ts'

/** The gate as a whole: whatever way a message is asked for, the same people get it, and the same do not. */
const house = await aHouse()
const db = house.house.databases.of(house.tenant.id)
let manager: Caller
let count = 0

/** The clock travels into the night, and sessions end meanwhile. */
const lead: Pick<Caller, 'call'> = {
  call: async (endpoint, input) => (await house.as('quality-lead')).call(endpoint, input),
}
const managerOf = async (patientId: string) => {
  const who = await house.as('service-manager')
  await db.updateTable('patient').set({ manager_id: who.staffId }).where('id', '=', patientId).execute()
  return who
}

/** The template that the tag `bp-recheck` asks for, that may be sent by hand, and that lists send. */
const CODE = 'bp-remeasure'
const inForce = async (purpose: Purpose, over: object = {}) => {
  await db.updateTable('message_template').set({ state: 'retired' }).where('code', '=', CODE).execute()
  await publish(house, aTemplate({ code: CODE, purpose, byHand: true, validDays: 40, ...over }))
}
const send = async () => {
  const { mails, transport } = keepingTransport()
  await sendDue(mailingBy(house.house, transport), house.tenant)
  return mails
}
const setRules = async (over: Partial<MessagePolicy>) => {
  const { current } = await lead.call(getRules)
  return lead.call(changeRules, {
    body: { policy: { ...current.policy, ...over }, version: current.version, because: '测试' },
  })
}
const addresses = new Map<string, string>()
const someone = async () => {
  const address = `gate${++count}@example.com`
  const patientId = await aPatient(house, { email: address })
  addresses.set(patientId, address)
  await db.updateTable('patient').set({ manager_id: manager.staffId }).where('id', '=', patientId).execute()
  await putConsent(house, patientId, 'promotion', true)
  return patientId
}

beforeAll(async () => {
  await house.write((ctx) => installShippedTags(ctx))
  await setWebAddress(house, 'https://care.example.org')
  manager = await house.as('service-manager')
})
beforeEach(async () => {
  house.clock.set(TEST_NOW)
  await db.updateTable('message').set({ state: 'cancelled', next_at: null }).where('next_at', 'is not', null).execute()
})

/** The ways in which something can be sent today. */
const WAYS: Record<string, (patientId: string) => Promise<unknown>> = {
  'a list': async (patientId) =>
    house.write(async (ctx) =>
      sendMessages(
        ctx,
        [await aPatient(house), patientId].map((to) => ({ patientId: to, template: CODE, touch: `list:${++count}` })),
      ),
    ),
  'the care step': async (patientId) => {
    await setTag(patientId)
    await house.write((ctx) => wake(ctx.tx, ctx.organizationId, [patientId], 'test', ctx.clock.now()))
    await evaluateDue(house.house, house.tenant, [messageStep])
  },
  'a hand': async (patientId) =>
    (await managerOf(patientId)).call(sendByHand, {
      params: { patientId: patientId as never },
      body: { template: CODE },
    }),
}

async function setTag(patientId: string, code = 'bp-recheck'): Promise<void> {
  const about = { organization_id: house.tenant.id, patient_id: patientId, tag_code: code, source: 'rule' as const }
  const rest = { expires_at: null, suppressed_at: null, suppressed_by: null, suppressed_because: null }
  await db
    .insertInto('patient_tag')
    .values({
      ...about,
      ...rest,
      state: 'active',
      rule_version: 1,
      facts: '[]',
      set_at: house.clock.now(),
      set_by: null,
    })
    .execute()
}

interface Refusal {
  what: string
  purpose: Purpose
  arrange: (patientId: string) => Promise<unknown>
  /** The opposite: the same person may be written to again. */
  undo: (patientId: string) => Promise<unknown> | unknown
  state: string
  reason: string
  template?: object
}

const opt = (purpose: Purpose, optedOut: boolean) => async (patientId: string) =>
  (await managerOf(patientId)).call(setPreference, {
    params: { patientId: patientId as never },
    body: { purpose, channel: 'email', optedOut },
  })
const hold = (kind: HoldKind) => (patientId: string) =>
  house.write((ctx) => holdPromotion(ctx, [{ patientId, kind, sourceKey: `${kind} ${patientId}` }]))
const lift = (kind: HoldKind) => (patientId: string) =>
  house.write((ctx) => liftPromotion(ctx, kind, [`${kind} ${patientId}`]))
let former = ''
const tellBefore = (n: number) => async (patientId: string) => {
  former ||= await publish(house, aTemplate())
  const wanted = Array.from({ length: n }, () => ({ patientId, template: former, touch: `before:${++count}` }))
  await house.write((ctx) => sendMessages(ctx, wanted))
  await send()
}
const clear = () => setRules({ share: { percent: 100, days: 30 } })

const REFUSALS: Refusal[] = [
  {
    what: 'opted out',
    purpose: 'care',
    arrange: opt('care', true),
    undo: opt('care', false),
    state: 'suppressed',
    reason: 'opted-out',
  },
  {
    what: 'consent taken back',
    purpose: 'promotion',
    arrange: (id) => putConsent(house, id, 'promotion', false),
    undo: (id) => putConsent(house, id, 'promotion', true),
    state: 'suppressed',
    reason: 'consent-missing',
  },
  {
    what: 'no consent to service messages',
    purpose: 'service',
    arrange: (id) => putConsent(house, id, 'service-messages', false),
    undo: (id) => putConsent(house, id, 'service-messages', true),
    state: 'suppressed',
    reason: 'consent-withheld',
  },
  {
    what: 'an open alert',
    purpose: 'promotion',
    arrange: hold('alert'),
    undo: lift('alert'),
    state: 'suppressed',
    reason: 'open-alert',
  },
  {
    what: 'a crisis',
    purpose: 'promotion',
    arrange: hold('crisis'),
    undo: lift('crisis'),
    state: 'suppressed',
    reason: 'in-crisis',
  },
  {
    what: 'an open complaint',
    purpose: 'promotion',
    arrange: hold('complaint'),
    undo: lift('complaint'),
    state: 'suppressed',
    reason: 'open-complaint',
  },
  {
    what: 'a stay in hospital',
    purpose: 'promotion',
    arrange: (patientId) =>
      house.write((ctx) =>
        addEncounter(ctx, {
          patientId: patientId as never,
          class: 'inpatient',
          title: '住院',
          startedAt: new Date('2026-03-01T00:00:00Z'),
          endedAt: new Date('2026-03-05T00:00:00Z'),
          source: 'his',
        } as never),
      ),
    undo: () => house.clock.set('2026-03-06T02:00:00Z'),
    state: 'suppressed',
    reason: 'in-hospital',
  },
  // S0-42: a good wish is care, and out of place there all the same.
  {
    what: 'a stay in hospital, where it is a greeting,',
    purpose: 'care',
    template: { greeting: true },
    arrange: (patientId) =>
      house.write((ctx) =>
        addEncounter(ctx, {
          patientId: patientId as never,
          class: 'inpatient',
          title: '住院',
          startedAt: new Date('2026-03-01T00:00:00Z'),
          endedAt: new Date('2026-03-05T00:00:00Z'),
          source: 'his',
        } as never),
      ),
    undo: () => house.clock.set('2026-03-06T02:00:00Z'),
    state: 'suppressed',
    reason: 'in-hospital',
  },
  ...(
    [
      ['alert', 'open-alert'],
      ['crisis', 'in-crisis'],
    ] as const
  ).map(([kind, reason]) => ({
    what: `an open ${kind}, where it is a greeting,`,
    purpose: 'care' as const,
    template: { greeting: true },
    arrange: hold(kind),
    undo: lift(kind),
    state: 'suppressed' as const,
    reason,
  })),
  {
    what: 'the night',
    purpose: 'care',
    arrange: async () => house.clock.set('2026-03-02T15:00:00Z'),
    undo: () => house.clock.set('2026-03-03T01:00:00Z'),
    state: 'planned',
    reason: 'quiet-hours',
  },
  {
    what: 'a day off',
    purpose: 'promotion',
    arrange: async () => house.clock.set('2026-02-17T02:00:00Z'),
    undo: () => house.clock.set('2026-02-24T02:00:00Z'),
    state: 'planned',
    reason: 'holiday',
  },
  {
    what: 'three today already',
    purpose: 'care',
    arrange: tellBefore(3),
    undo: () => house.clock.set('2026-03-03T03:00:00Z'),
    state: 'planned',
    reason: 'daily-limit',
  },
]

describe.each(Object.keys(WAYS))('by %s', (way) => {
  test.each(REFUSALS)(
    '$what holds a $purpose message, and lets it go afterwards',
    async ({ purpose, arrange, undo, state, reason, template }) => {
      await clear()
      await inForce(purpose, template)
      const patientId = await someone()
      const address = addresses.get(patientId)
      await arrange(patientId)
      await WAYS[way]!(patientId)
      const held = await send()
      expect(held.filter(({ to }) => to === address)).toEqual([])
      const row = await rowOf(patientId)
      expect([row.state, row.reason]).toEqual([state, reason])
      await undo(patientId)
      // What only waited goes out by itself; what ended is asked for anew.
      if (state !== 'planned')
        await house.write((ctx) => sendMessage(ctx, { patientId, template: CODE, touch: `anew:${++count}` }))
      expect((await send()).filter(({ to }) => to === address)).toHaveLength(1)
    },
  )

  test('what the same person has to know goes all the same: a clinical message, at night, in a crisis, beyond every limit', async () => {
    await clear()
    await inForce('service', { urgent: true })
    const patientId = await someone()
    await tellBefore(3)(patientId)
    await hold('crisis')(patientId)
    house.clock.set('2026-03-02T15:00:00Z')
    await WAYS[way]!(patientId)
    expect((await send()).map(({ to }) => to)).toContain(addresses.get(patientId))
  })
})

test('that somebody is in a crisis is told to those who look after it, to sales an open result', async () => {
  await clear()
  await inForce('promotion')
  const patientId = await someone()
  await hold('crisis')(patientId)
  await WAYS['a list']!(patientId)
  await send()
  const { id } = await rowOf(patientId)
  const params = { messageId: id as never }
  expect(await (await managerOf(patientId)).call(getMessage, { params })).toMatchObject({ reason: 'in-crisis' })
  const sales = await house.as('sales-manager')
  await db.updateTable('patient').set({ manager_id: null, doctor_id: null }).where('id', '=', patientId).execute()
  const seen = await sales.call(getMessage, { params })
  expect(seen.reason).toBe('open-alert')
  expect(JSON.stringify(seen)).not.toContain('crisis')
})

const rowOf = async (patientId: string) =>
  db
    .selectFrom('message')
    .selectAll()
    .where('patient_id', '=', patientId)
    .where('template', '=', CODE)
    .where('channel', '=', 'email')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()

describe('two claims at once', () => {
  test('never send one more than the limit', async () => {
    await clear()
    await inForce('care')
    const ids = await Promise.all(Array.from({ length: 6 }, () => someone()))
    const wanted = ids.flatMap((patientId) =>
      Array.from({ length: 8 }, () => ({ patientId, template: CODE, touch: `race:${++count}` })),
    )
    await house.write((ctx) => sendMessages(ctx, wanted))
    const sent: string[] = []
    const { transport } = keepingTransport(async ({ to }) => {
      await new Promise((resolve) => setImmediate(resolve))
      sent.push(to)
      return { kind: 'accepted', reply: '250' }
    })
    await Promise.all(Array.from({ length: 4 }, () => sendDue(mailingBy(house.house, transport), house.tenant)))
    expect(ids.map((id) => sent.filter((to) => to === addresses.get(id)).length)).toEqual(ids.map(() => 3))
    const rest = await db.selectFrom('message').select(['reason', 'next_at']).where('state', '=', 'planned').execute()
    // A day later in the same minute the oldest have fallen out of the window.
    expect(rest).toHaveLength(30)
    expect(new Set(rest.map(({ reason, next_at }) => `${reason} ${next_at!.toISOString()}`))).toEqual(
      new Set(['daily-limit 2026-03-03T02:00:00.000Z']),
    )
  })
})

describe('rules that change', () => {
  test('count from the next claim on, for what is waiting too', async () => {
    await clear()
    await inForce('care')
    const patientId = await someone()
    await house.write((ctx) => sendMessage(ctx, { patientId, template: CODE, touch: 'rules' }))
    const night = { from: '11:00', to: '12:00' }
    const { current } = await lead.call(getRules)
    await setRules({ hours: { ...current.policy.hours, care: night } })
    expect(await send()).toEqual([])
    expect(await rowOf(patientId)).toMatchObject({ reason: 'quiet-hours', next_at: new Date('2026-03-02T03:00:00Z') })
    await setRules({ hours: current.policy.hours })
    house.clock.set('2026-03-02T03:00:00Z')
    expect(await send()).toHaveLength(1)
  })

  test('a campaign keeps the share of people it began with', async () => {
    await clear()
    await inForce('promotion')
    await setRules({ holdoutPercent: 50 })
    const ids = await Promise.all(Array.from({ length: 24 }, () => someone()))
    const tell = (campaign: string, touch: string) =>
      house.write((ctx) =>
        sendMessages(
          ctx,
          ids.map((patientId) => ({ patientId, template: CODE, touch, campaign })),
        ),
      )
    const heldOf = async (touch: string) =>
      (
        await db
          .selectFrom('message')
          .select('patient_id')
          .where('touch', '=', touch)
          .where('reason', '=', 'holdout')
          .execute()
      )
        .map((row) => row.patient_id)
        .toSorted()
    await tell('spring', 'one')
    const first = (await send()).length
    await setRules({ holdoutPercent: 0 })
    house.clock.advance({ days: 8 })
    await tell('spring', 'two')
    expect((await send()).length).toBe(first)
    expect([first > 0, first < 24, await heldOf('two')]).toEqual([true, true, await heldOf('one')])
    house.clock.advance({ days: 8 })
    await tell('autumn', 'three')
    expect((await send()).length).toBe(24)
  })
})

describe('what staff are told', () => {
  test('which check held it, what it saw, by which rules, until when', async () => {
    await clear()
    await inForce('care')
    const patientId = await someone()
    house.clock.set('2026-03-02T15:00:00Z')
    await house.write((ctx) => sendMessage(ctx, { patientId, template: CODE, touch: 'told' }))
    await send()
    const { current } = await lead.call(getRules)
    const who = await managerOf(patientId)
    const copy = await who.call(getMessage, { params: { messageId: (await rowOf(patientId)).id as never } })
    expect(copy.events).toMatchObject([
      {
        kind: 'waiting',
        reason: 'quiet-hours',
        saw: { at: '23:00', from: '08:00', to: '21:00' },
        until: '2026-03-03T00:00:00.000Z',
        rule: current.version,
      },
    ])
    house.clock.set('2026-03-03T01:00:00Z')
    await send()
    const later = await (await managerOf(patientId)).call(getMessage, { params: { messageId: copy.id } })
    expect(later.events.map(({ kind, rule }) => [kind, rule])).toEqual([
      ['waiting', current.version],
      ['claimed', current.version],
      ['accepted', null],
    ])
  })

  test('what would wait beyond its deadline is over at once, and says why', async () => {
    await inForce('care')
    const patientId = await someone()
    house.clock.set('2026-03-02T15:00:00Z')
    const notAfter = new Date('2026-03-02T20:00:00Z')
    await house.write((ctx) => sendMessage(ctx, { patientId, template: CODE, touch: 'late', notAfter }))
    expect(await send()).toEqual([])
    expect(await rowOf(patientId)).toMatchObject({ state: 'expired', reason: 'too-late' })
  })
})

describe('words that are held back', () => {
  const subject = { subject: '糖尿病科普讲座', text: '{{ greeting }}：周六上午十点。' }
  const number = { subject: '您好', text: '{{ greeting }}：证件号 51343620000320711X。' }
  const blocked = async (zh: { subject: string; text: string }) => {
    await clear()
    await inForce('care', { zh })
    const patientId = await someone()
    await manager.try(sendByHand, { params: { patientId: patientId as never }, body: { template: CODE } })
    await send()
    return { patientId, row: await rowOf(patientId) }
  }
  const approve = (who: Caller, messageId: string) =>
    who.try(approveMessage, { params: { messageId: messageId as never }, body: { because: '讲座名称，不是本人的病' } })
  const colleagueOf = async (patientId: string) => {
    const doctor = await house.as('physician')
    await db.updateTable('patient').set({ doctor_id: doctor.staffId }).where('id', '=', patientId).execute()
    return doctor
  }

  test('a second person reads and lets go what the rules leave to them; nobody their own', async () => {
    const { patientId, row } = await blocked(subject)
    expect(row).toMatchObject({ state: 'blocked', reason: 'disease-in-subject' })
    const doctor = await colleagueOf(patientId)
    const copy = await doctor.call(getMessage, { params: { messageId: row.id as never } })
    expect([copy.content!.subject, copy.can.approve]).toEqual(['糖尿病科普讲座', true])
    expect((await approve(manager, row.id)).code).toBe('ApprovalOwnHand')
    const answers = await Promise.all([approve(doctor, row.id), approve(doctor, row.id)])
    expect(answers.map(({ code }) => code ?? 'approved').toSorted()).toEqual(['MessageNotApprovable', 'approved'])
    // Other words than those that were read do not go: the copy is what was approved.
    await inForce('care', { zh: { subject: '乙肝讲座', text: '变了' } })
    expect((await send()).map((mail) => mail.subject)).toEqual(['糖尿病科普讲座'])
  })

  test('numbers of a person nobody lets go, by any channel', async () => {
    const { patientId, row } = await blocked(number)
    expect(row).toMatchObject({ state: 'blocked', reason: 'national-id', content_sealed: null })
    expect((await approve(await colleagueOf(patientId), row.id)).code).toBe('MessageNotApprovable')
    await inForce('care', { zh: number, channels: ['in-app', 'email'] })
    const other = await someone()
    await house.write((ctx) => sendMessage(ctx, { patientId: other, template: CODE, touch: 'number' }))
    expect(await send()).toEqual([])
    const rows = await db.selectFrom('message').select(['state', 'reason']).where('patient_id', '=', other).execute()
    expect(rows).toEqual(Array.from({ length: 2 }, () => ({ state: 'blocked', reason: 'national-id' })))
  })

  test('nothing is left to a second person where the rules leave nothing', async () => {
    await setRules({ secondApproval: [] })
    const { patientId, row } = await blocked(subject)
    expect((await approve(await colleagueOf(patientId), row.id)).code).toBe('MessageNotApprovable')
    await setRules({ secondApproval: ['disease-in-subject'] })
  })
})

test('a hold follows its person through a merge, and back', async () => {
  const { moveBack, moveMerged } = await import('./server/patient-events.ts')
  const [fromId, intoId] = [await someone(), await someone()]
  await hold('alert')(fromId)
  const merge = { fromId, intoId, mergeId: house.house.ids.next() }
  const of = async () =>
    (
      await db.selectFrom('message_hold').select('patient_id').where('source_key', '=', `alert ${fromId}`).execute()
    ).map((row) => row.patient_id)
  await house.write((ctx) => moveMerged(ctx, merge))
  expect(await of()).toEqual([intoId])
  await house.write((ctx) => moveBack(ctx, merge))
  expect(await of()).toEqual([fromId])
})
