import { systemActor } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import type { Call, Stream } from '../../../platform/context/room.ts'
import type { Locale } from '../../../platform/contract/index.ts'
import { TOPICS, topicOf, topicsOfSide } from '../contract/topic.ts'
import { familyOf } from '../contract/words.ts'
import { messageProblem } from '../contract/problems.ts'
import { unsubscribePageOf, WAYS, type PageState, type Pair } from './rules/unsubscribe-page.ts'
import type { MessageRow } from './store.ts'
import { changeTopics, topicsOf } from './topic.ts'
import { organizationOfToken, unsubscribeHash } from './unsubscribe-token.ts'

/** Shows what the link is for and changes nothing: scanners of mails follow every link. */
export async function showUnsubscribe(house: House, token: string): Promise<Stream> {
  const mail = await findMail(house, token)
  const isOut = (await refusedOf(house, mail)).has(pairOf(mail))
  return page(house, mail, token, isOut ? { kind: 'out', scope: 'topic', changed: [] } : { kind: 'ask' })
}

/** Every topic by every way, to be chosen from; looking changes nothing either. */
export async function showChoices(house: House, token: string): Promise<Stream> {
  const mail = await findMail(house, token)
  return page(house, mail, token, { kind: 'choices', saved: false, out: await refusedOf(house, mail) })
}

/**
 * Stops mails of the topic of this one, at once: a person's page and a mail program's single click come here alike. Who asks
 * for it is also left in peace from all that is offered, by every way; what belongs to their care goes on.
 */
export async function unsubscribe(house: House, token: string, call: Call): Promise<Stream> {
  const mail = await findMail(house, token)
  const body = await readBody(call)
  const isOneClick = body.includes('One-Click')
  const isAll = !isOneClick && new URLSearchParams(body).get('scope') === 'offer'
  const offers = topicsOfSide('offer').flatMap((topic) => WAYS.map((way): Pair => `${topic}:${way}`))
  const asked = isAll ? offers : [pairOf(mail)]
  const changed = await change(
    house,
    mail,
    asked.map((pair) => ({ pair, optedOut: true })),
    isOneClick ? 'one-click' : 'unsubscribe-page',
  )
  return page(house, mail, token, { kind: 'out', scope: isAll ? 'offer' : 'topic', changed })
}

/** It was a slip: what was just stopped goes on, and nothing else. */
export async function resubscribe(house: House, token: string, call: Call): Promise<Stream> {
  const mail = await findMail(house, token)
  const named = new URLSearchParams(await readBody(call)).get('back')?.split(',').filter(isPair) ?? []
  const back = named.length > 0 ? named : [pairOf(mail)]
  await change(
    house,
    mail,
    back.map((pair) => ({ pair, optedOut: false })),
    'unsubscribe-page',
  )
  return page(house, mail, token, { kind: 'in' })
}

/** The ticks of the whole page: what is ticked comes, what is not does not. */
export async function choose(house: House, token: string, call: Call): Promise<Stream> {
  const mail = await findMail(house, token)
  const keep = new Set(new URLSearchParams(await readBody(call)).getAll('keep').filter(isPair))
  const before = await refusedOf(house, mail)
  const all = TOPICS.flatMap((topic) => WAYS.map((way): Pair => `${topic}:${way}`))
  await change(
    house,
    mail,
    all.flatMap((pair) => (keep.has(pair) === before.has(pair) ? [{ pair, optedOut: !keep.has(pair) }] : [])),
    'unsubscribe-page',
  )
  return page(house, mail, token, { kind: 'choices', saved: true, out: await refusedOf(house, mail) })
}

const isPair = (text: string): text is Pair => TOPICS.some((topic) => WAYS.some((way) => text === `${topic}:${way}`))
const pairOf = (mail: MessageRow): Pair => `${topicOf(mail)}:${familyOf(mail.channel)}`

async function refusedOf(house: House, mail: MessageRow): Promise<Set<Pair>> {
  const ctx = { db: house.databases.of(mail.organization_id), organizationId: mail.organization_id }
  const lines = await topicsOf(ctx, mail.patient_id)
  return new Set(lines.flatMap(({ topic, channel, optedOut }): Pair[] => (optedOut ? [`${topic}:${channel}`] : [])))
}

/** @returns what was not so before */
async function change(
  house: House,
  mail: MessageRow,
  asked: readonly { pair: Pair; optedOut: boolean }[],
  how: 'one-click' | 'unsubscribe-page',
): Promise<Pair[]> {
  const tenant = await house.tenant(mail.organization_id)
  // The person themselves, as far as whoever holds the link is them.
  const actor = { ...systemActor(tenant.id, 'unsubscribe link'), kind: 'patient' as const }
  const { patient_id: patientId, id: messageId } = mail
  return write(house, { tenant, actor }, async (ctx) => {
    const changes = asked.map(({ pair, optedOut }) => {
      const [topic, channel] = pair.split(':') as [(typeof TOPICS)[number], (typeof WAYS)[number]]
      return { topic, channel, optedOut, how, messageId, pair }
    })
    const changed = await changeTopics(ctx, patientId, changes)
    for (const optedOut of [true, false]) {
      const pairs = changed.filter((one) => one.optedOut === optedOut).map(({ pair }) => pair)
      if (pairs.length === 0) continue
      const entry = {
        organizationId: tenant.id,
        actor,
        action: optedOut ? 'message.opt-out' : 'message.opt-in',
        outcome: 'done' as const,
        patientId,
        subjectId: messageId,
        detail: { topics: pairs, how },
        requestId: null,
        address: null,
      }
      await house.recordAudit(ctx.tx, entry, ctx.clock.now(), ctx.ids)
    }
    return changed.map(({ pair }) => pair)
  })
}

async function findMail(house: House, token: string): Promise<MessageRow> {
  const organizationId = organizationOfToken(token)
  const row = organizationId
    ? await house.databases
        .of(organizationId)
        .selectFrom('message')
        .selectAll()
        .where('organization_id', '=', organizationId)
        .where('unsubscribe_index', '=', unsubscribeHash(token))
        .executeTakeFirst()
    : undefined
  if (!row) throw messageProblem('TokenUnknown')
  return row
}

/** Words of the page's own stand under `unsubscribe`; topics and ways are named as on the person's own pages. */
const OWN_PAGES = /^(topic|topicText|side)\./

async function page(house: House, mail: MessageRow, token: string, state: PageState): Promise<Stream> {
  const tenant = await house.tenant(mail.organization_id)
  const topic = topicOf(mail)
  const say = (locale: Locale, key: string, values = {}) => house.translate(locale, 'message', key, values)
  const html = unsubscribePageOf({
    locale: mail.locale,
    organization: tenant.name,
    state,
    topic,
    token,
    word(key) {
      if (key.startsWith('way.')) return say(mail.locale, `my.messages.${key}`)
      if (OWN_PAGES.test(key)) return say(mail.locale, `my.${key}`)
      return say(mail.locale, `unsubscribe.${key}`, {
        organization: tenant.name,
        topic: say(mail.locale, `my.topic.${topic}`),
      })
    },
  })
  return { stream: Buffer.from(html), media: 'text/html; charset=utf-8' }
}

const BODY_MAX = 8192

/** A form's few bytes; more than that is not read. */
async function readBody(call: Call): Promise<string> {
  let text = ''
  for await (const chunk of call.stream ?? []) {
    text += String(chunk)
    if (text.length > BODY_MAX) break
  }
  return text
}
