import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse, type PatientCaller } from '../../../test/house.ts'
import { registerPatient } from '../patient/server/index.ts'
import { listMyMessages, noteMyReading, readMyMessage, readMyWishes, setMyReading, setMyWish } from './contract/own.ts'
import type { Family } from './contract/words.ts'
import { changePreference } from './server/preference.ts'
import { sealContent } from './server/content-seal.ts'

const house = await aHouse()
const organizationId = house.tenant.id
const db = () => house.house.databases.of(organizationId)

let own: PatientCaller
let other: PatientCaller

const aPatient = async (name: string, phone: string) =>
  house.asPatient(
    await house.write((ctx) => registerPatient(ctx, { name, sex: 'female', birthDate: '1980-01-01', phone } as never)),
  )

beforeAll(async () => {
  own = await aPatient('林晓', '13800010001')
  other = await aPatient('周宁', '13800010002')
})

/** Something that has been said to a person, as the ledger keeps it. */
async function said(to: PatientCaller, touch: string, channel: string, state = 'accepted', subject = touch) {
  return house.write(async (ctx) => {
    const id = ctx.ids.next()
    const content = sealContent(ctx, {
      subject,
      text: `${touch} 正文 https://p.cn/my/enter/${'0'.repeat(32)}.${'a'.repeat(43)}`,
      html: '',
    })
    await sql`insert into message (organization_id, id, patient_id, touch, channel, template, purpose, locale, state, source, created_at, sent_at, content_sealed, next_at)
      values (${organizationId}, ${id}, ${to.patientId}, ${touch}, ${channel}, 'thinking-of-you', 'care', 'zh-CN', ${state}, 'test', ${ctx.clock.now()}, ${ctx.clock.now()}, ${content},
        ${state === 'planned' ? ctx.clock.now() : null})`.execute(ctx.tx)
    return id
  })
}

describe('the message centre', () => {
  test('shows what was said once, whichever ways it went, newest first', async () => {
    await said(own, 'a', 'email')
    const a = await said(own, 'a', 'in-app')
    const b = await said(own, 'b', 'email')
    await said(own, 'c', 'email', 'failed')
    const d1 = await said(own, 'd', 'email')
    const d2 = await said(own, 'd', 'sms', 'accepted', '')
    await said(other, 'e', 'in-app')
    const { rows } = await own.call(listMyMessages, {})
    expect(rows.map(({ id }) => id)).toEqual([d2, b, a])
    expect(rows[0]).toMatchObject({ channel: 'sms', isNew: true, subject: expect.stringMatching(/^d 正文.*…$/) })
    expect(rows.some(({ id }) => id === d1)).toBe(false)
  })

  test('turns pages', async () => {
    const all = await own.call(listMyMessages, {})
    const first = await own.call(listMyMessages, { query: { limit: 2 } as never })
    const rest = await own.call(listMyMessages, { query: { limit: 2, cursor: first.next! } as never })
    expect([...first.rows, ...rest.rows].map(({ id }) => id)).toEqual(all.rows.map(({ id }) => id))
    expect(rest.next).toBeNull()
  })

  test('opens one as it was sent, without the link that opens these pages', async () => {
    const id = await said(own, 'f', 'in-app')
    const message = await own.call(readMyMessage, { params: { messageId: id as never } })
    expect(message.text).toBe('f 正文 https://p.cn/my/enter/…')
    expect(message.isNew).toBe(true)
    await own.call(noteMyReading, { params: { messageId: id as never } })
    expect((await own.call(readMyMessage, { params: { messageId: id as never } })).isNew).toBe(false)
  })

  test('of another opens for nobody', async () => {
    const id = await said(other, 'g', 'in-app')
    expect((await own.try(readMyMessage, { params: { messageId: id as never } })).status).toBe(404)
    await own.call(noteMyReading, { params: { messageId: id as never } })
    const { rows } = await sql<{ read_at: Date | null }>`select read_at from message where id = ${id}`.execute(db())
    expect(rows[0]!.read_at).toBeNull()
    const staff = await house.as('service-manager')
    expect((await staff.try(listMyMessages, {})).status).toBe(401)
  })
})

describe('what a person wants to be sent', () => {
  test('is changed at once, with its proof, and back', async () => {
    const outOf = (wishes: Awaited<ReturnType<typeof read>>) =>
      wishes.topics.filter(({ optedOut }) => optedOut).map(({ topic, channel }) => `${topic} ${channel}`)
    const read = () => own.call(readMyWishes)
    const set = (channels: Family[], optedOut: boolean) =>
      own.call(setMyWish, { body: { topics: ['knowledge'], channels, optedOut } })
    expect(outOf(await read())).toEqual([])
    expect(outOf(await set(['email', 'sms'], true))).toEqual(['knowledge email', 'knowledge sms'])
    const { rows } =
      await sql`select topic, channel, change, how from message_topic_wish_event where patient_id = ${own.patientId} order by id`.execute(
        db(),
      )
    expect(rows).toEqual([
      { topic: 'knowledge', channel: 'email', change: 'out', how: 'own-page' },
      { topic: 'knowledge', channel: 'sms', change: 'out', how: 'own-page' },
    ])
    expect(outOf(await set(['email'], false))).toEqual(['knowledge sms'])
  })

  test('said twice at once is one change', async () => {
    const wish = { body: { topics: ['activities' as const], channels: ['email' as const], optedOut: true } }
    await Promise.all([own.call(setMyWish, wish), own.call(setMyWish, wish)])
    const { rows } =
      await sql`select 1 from message_topic_wish_event where patient_id = ${own.patientId} and topic = 'activities'`.execute(
        db(),
      )
    expect(rows).toHaveLength(1)
  })

  test('of a topic is heard again after all of its purpose was refused, and a later refusal counts once more', async () => {
    const out = async () =>
      (await own.call(readMyWishes)).topics.flatMap(({ topic, channel, optedOut }) =>
        optedOut && channel === 'sms' ? [topic] : [],
      )
    const refuse = () =>
      house.write((ctx) =>
        changePreference(ctx, {
          patientId: own.patientId,
          purpose: 'care',
          channel: 'sms',
          optedOut: true,
          how: 'patient-word',
          note: '',
          messageId: null,
        }),
      )
    await refuse()
    expect(await out()).toEqual(['follow-up', 'knowledge', 'greetings', 'feedback'])
    house.clock.advance({ seconds: 1 })
    await own.call(setMyWish, { body: { topics: ['follow-up'], channels: ['sms'], optedOut: false } })
    expect(await out()).toEqual(['knowledge', 'greetings', 'feedback'])
    house.clock.advance({ seconds: 1 })
    await sql`update message_preference set opted_out_at = ${house.clock.now()}, changed_at = ${house.clock.now()} where patient_id = ${own.patientId}`.execute(
      db(),
    )
    expect(await out()).toEqual(['follow-up', 'knowledge', 'greetings', 'feedback'])
  })

  test('is nobody else’s', async () => {
    const { topics } = await other.call(readMyWishes)
    expect(topics.filter(({ optedOut }) => optedOut)).toEqual([])
  })

  test('may be that nobody counts what they read; what was counted goes', async () => {
    const id = await said(own, 'h', 'email')
    const now = house.clock.now()
    await sql`insert into message_reading (organization_id, message_id, raw, seen, clicked, first_at, changed_at)
      values (${organizationId}, ${id}, true, true, false, ${now}, ${now})`.execute(db())
    expect((await own.call(setMyReading, { body: { countsReading: false } })).countsReading).toBe(false)
    await house.settle()
    const { rows } = await sql`select 1 from message_reading where message_id = ${id}`.execute(db())
    expect(rows).toEqual([])
    expect((await own.call(setMyReading, { body: { countsReading: true } })).countsReading).toBe(true)
  })
})
