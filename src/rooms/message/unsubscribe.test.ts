import { describe, expect, test } from 'vitest'
import { aHouse, nobody } from '../../../test/house.ts'
import { patientMessages, setPreference, setTopic } from './contract/message.ts'
import { readMyWishes } from './contract/own.ts'
import { topicOf, topicServes, TOPICS } from './contract/topic.ts'
import { choicesPage, choose, resubscribe, unsubscribe, unsubscribePage } from './contract/unsubscribe.ts'
import { sendDue, sendMessage } from './server/index.ts'
import './server/topic-table.ts'
import { changeTopics } from './server/topic.ts'
import { shippedTemplates } from './server/templates.ts'
import { aPatient, aTemplate, keepingTransport, ledger, mailingBy, publish, setWebAddress } from './sample.ts'

const house = await aHouse()
const db = house.house.databases.of(house.tenant.id)
await setWebAddress(house, 'https://care.example.org')
const visitor = nobody(house)
const knowledge = await publish(house, aTemplate({ code: 'own-knowledge', topic: 'knowledge', daysBetween: 0 }))
const greeting = await publish(house, aTemplate({ code: 'own-greeting', topic: 'greetings', daysBetween: 0 }))
const recheck = await publish(house, aTemplate({ code: 'own-recheck', topic: 'follow-up', daysBetween: 0 }))
const alarm = await publish(house, aTemplate({ code: 'own-alarm', topic: 'follow-up', urgent: true }))

let touch = 0
const send = async () => {
  const { mails, transport } = keepingTransport()
  await sendDue(mailingBy(house.house, transport), house.tenant)
  return mails
}
/** What becomes of a message to them now. */
async function told(patientId: string, template: string): Promise<string> {
  const about = `u:${++touch}`
  await house.write((ctx) => sendMessage(ctx, { patientId, template, touch: about }))
  await send()
  house.clock.advance({ days: 7 })
  const row = (await ledger(house, patientId)).find((one) => one.touch === about)!
  return row.reason ?? row.state
}
/** Somebody who has got a mail about knowledge, and its link. */
async function reader() {
  const patientId = await aPatient(house)
  const about = `u:${++touch}`
  await house.write((ctx) => sendMessage(ctx, { patientId, template: knowledge, touch: about }))
  const mail = (await send()).find((one) => one.headers?.['List-Unsubscribe'])!
  house.clock.advance({ days: 7 })
  const url = /<(.*)>/.exec(mail.headers!['List-Unsubscribe']!)![1]!
  return { patientId, mail, url, token: url.split('/u/')[1]! }
}
const wishesOf = (patientId: string) =>
  db
    .selectFrom('message_topic_wish')
    .select(['topic', 'channel', 'how', 'opted_out_at'])
    .where('patient_id', '=', patientId)
    .orderBy('topic')
    .orderBy('channel')
    .execute()
const refused = async (patientId: string) =>
  (await wishesOf(patientId)).flatMap((row) => (row.opted_out_at ? [`${row.topic}:${row.channel}`] : []))
const form = (url: string, payload: string) =>
  house.app.inject({
    method: 'POST',
    url: new URL(url).pathname,
    payload,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })

describe('the link at the end of a mail', () => {
  test('looked at, changes nothing, whichever of its pages', async () => {
    const { patientId, token, mail } = await reader()
    expect(mail.text).toContain('不想再收到这类邮件')
    const shown = await visitor.try(unsubscribePage, { params: { token } })
    expect(shown.raw.headers['content-type']).toContain('text/html')
    expect(shown.raw.body).toContain('不再用邮件收“健康知识”？')
    expect(shown.raw.body).toContain('健康知识、问候、活动都停')
    const choices = await visitor.try(choicesPage, { params: { token } })
    expect(choices.raw.body).toContain('value="knowledge:email" checked')
    for (const { raw } of [shown, choices]) expect(raw.body).not.toContain('收信人')
    expect(await wishesOf(patientId)).toEqual([])
  })

  test('stops this topic by mail and nothing else, at once; a slip is mended', async () => {
    const { patientId, token } = await reader()
    const { raw } = await visitor.try(unsubscribe, { params: { token } })
    expect(raw.body).toContain('不会再用邮件给您发“健康知识”')
    expect(await refused(patientId)).toEqual(['knowledge:email'])
    expect([await told(patientId, knowledge), await told(patientId, greeting), await told(patientId, recheck)]).toEqual(
      ['opted-out', 'accepted', 'accepted'],
    )
    await visitor.try(resubscribe, { params: { token } })
    expect(await refused(patientId)).toEqual([])
    expect(await told(patientId, knowledge)).toBe('accepted')
  })

  test("by a mail program's single click: no cookie, no page, exactly this topic (RFC 8058)", async () => {
    const { patientId, url, mail } = await reader()
    expect(mail.headers!['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click')
    // Whatever else is sent along: one click is one topic.
    expect((await form(url, 'List-Unsubscribe=One-Click&scope=offer')).statusCode).toBe(200)
    await form(url, 'List-Unsubscribe=One-Click')
    expect(await wishesOf(patientId)).toMatchObject([{ topic: 'knowledge', channel: 'email', how: 'one-click' }])
    const trace = await db
      .selectFrom('audit_entry')
      .select('action')
      .where('patient_id', '=', patientId)
      .where('action', '=', 'message.opt-out')
      .execute()
    expect(trace).toHaveLength(1)
  })

  test('stops all that is offered by every way, and leaves what belongs to their care', async () => {
    const { patientId, url, token } = await reader()
    const before = { topic: 'feedback', channel: 'sms', optedOut: true, how: 'own-page', messageId: null } as const
    await house.write((ctx) => changeTopics(ctx, patientId, [before]))
    const answer = await form(url, 'scope=offer')
    const all = await refused(patientId)
    expect(new Set(all.map((pair) => pair.split(':')[0]))).toEqual(
      new Set(['knowledge', 'greetings', 'activities', 'feedback']),
    )
    expect(all).toHaveLength(16)
    expect([await told(patientId, greeting), await told(patientId, recheck)]).toEqual(['opted-out', 'accepted'])
    // Taken back is what this press stopped, and not what they had refused before.
    const back = /name="back" value="([^"]*)"/.exec(answer.body)![1]!
    await form(`${url}/again`, `back=${encodeURIComponent(back)}`)
    expect(await refused(patientId)).toEqual(['feedback:sms'])
    expect((await visitor.try(unsubscribePage, { params: { token } })).raw.body).toContain('只停这一类')
  })

  test('leads to the choice of each topic by each way; what is not a choice is passed over', async () => {
    const { patientId, url, token } = await reader()
    const keep = TOPICS.flatMap((topic) => ['email', 'sms', 'wechat', 'wecom'].map((way) => `keep=${topic}:${way}`))
    const but = keep.filter((one) => !['keep=greetings:sms', 'keep=activities:wechat'].includes(one))
    const answer = await form(`${url}/choices`, [...but, 'keep=nothing:email', 'keep=knowledge:in-app'].join('&'))
    expect(answer.body).toContain('改好了，马上生效')
    expect(answer.body).not.toContain('value="greetings:sms" checked')
    expect(await refused(patientId)).toEqual(['activities:wechat', 'greetings:sms'])
    await visitor.try(choose, { params: { token } })
    expect(await refused(patientId)).toHaveLength(TOPICS.length * 4)
  })

  test('that is wrong, cut, or of another organization opens nothing and changes nothing', async () => {
    const { token, patientId } = await reader()
    const foreign = (await house.anOrganization()).id.replaceAll('-', '') + token.slice(32)
    for (const wrong of ['x', token.slice(0, -1), `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`, foreign])
      for (const endpoint of [unsubscribePage, choicesPage, unsubscribe, choose, resubscribe])
        expect((await visitor.try(endpoint, { params: { token: wrong } })).code).toBe('TokenUnknown')
    expect(await wishesOf(patientId)).toEqual([])
  })
})

describe('a refusal', () => {
  test('is set by staff on their word, seen with who and when, and does not hold what is urgent', async () => {
    const manager = await house.as('service-manager', { name: '健管师小李' })
    const patientId = await aPatient(house)
    await db.updateTable('patient').set({ manager_id: manager.staffId }).where('id', '=', patientId).execute()
    const params = { patientId: patientId as never }
    const body = { topic: 'follow-up', channel: 'email', optedOut: true } as const
    await manager.call(setTopic, { params, body })
    const { topics } = await manager.call(patientMessages, { params })
    expect(topics.find(({ topic, channel }) => topic === 'follow-up' && channel === 'email')).toMatchObject({
      optedOut: true,
      partly: false,
      by: '健管师小李',
      how: 'patient-word',
    })
    expect([await told(patientId, recheck), await told(patientId, alarm)]).toEqual(['opted-out', 'accepted'])
    const stranger = await house.as('service-manager')
    expect((await stranger.try(setTopic, { params, body: { ...body, optedOut: false } })).status).toBe(404)
    expect(await refused(patientId)).toEqual(['follow-up:email'])
  })

  test('of a whole purpose holds its topics, until one of them is asked for again', async () => {
    const patientId = await aPatient(house)
    // Weeks go by between one word and the next: nobody stays signed in so long.
    const carer = async () => {
      const manager = await house.as('service-manager')
      await db.updateTable('patient').set({ manager_id: manager.staffId }).where('id', '=', patientId).execute()
      return manager
    }
    const params = { patientId: patientId as never }
    await (await carer()).call(setPreference, { params, body: { purpose: 'care', channel: 'email', optedOut: true } })
    expect(await told(patientId, knowledge)).toBe('opted-out')
    const own = await house.asPatient(patientId)
    const stands = (await own.call(readMyWishes)).topics.filter(
      ({ channel, optedOut }) => channel === 'email' && optedOut,
    )
    expect(stands.map(({ topic }) => topic)).toEqual(['follow-up', 'knowledge', 'greetings', 'feedback'])
    const body = { topic: 'knowledge', channel: 'email', optedOut: false } as const
    await (await carer()).call(setTopic, { params, body })
    expect([await told(patientId, knowledge), await told(patientId, greeting)]).toEqual(['accepted', 'opted-out'])
  })
})

test('every shipped template names a topic that goes with its purpose, and what names none has one', () => {
  expect(shippedTemplates.filter(({ topic, purpose }) => !topic || !topicServes(topic, purpose))).toEqual([])
  expect([
    topicOf({ purpose: 'promotion' }),
    topicOf({ purpose: 'care', greeting: true }),
    topicOf({ purpose: 'care', knowledge: true }),
    topicOf({ purpose: 'care' }),
    topicOf({ purpose: 'service' }),
  ]).toEqual(['activities', 'greetings', 'knowledge', 'follow-up', 'service'])
})
