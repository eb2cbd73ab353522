import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Endpoint } from '../src/platform/contract/index.ts'
import * as campaign from '../src/rooms/campaign/contract/campaign.ts'
import * as media from '../src/rooms/media/contract/sends.ts'
import * as message from '../src/rooms/message/contract/message.ts'
import { getRules } from '../src/rooms/message/contract/rule.ts'
import type { Channel } from '../src/rooms/message/contract/words.ts'
import { sendMessages } from '../src/rooms/message/server/index.ts'
import { setWebAddress } from '../src/rooms/message/sample.ts'
import * as ways from '../src/rooms/patient-access/contract/ways.ts'
import { createApiKey, MACHINE_PERMISSIONS } from '../src/rooms/staff/contract/api-key.ts'
import { REFUSALS, setRules, type Refusal } from './gate/refusals.ts'
import { WAYS } from './gate/ways.ts'
import { aWorld, CODE, inForce, type Somebody } from './gate/world.ts'

/**
 * The gate, line by line: each reason to refuse, by each way in which a message can be asked for, both ways round. Refused
 * means that no stand-in of any channel was handed anything, and that the ledger and the history of the message say why; the
 * same without the reason is handed to every one of them.
 */
const world = await aWorld()
const { house, db } = world
const rules = (await (await house.as('quality-lead')).call(getRules)).current.policy
// Who has had nothing yet gets no promotion by the rules that come with Peiban; that line has a row of its own.
const open = { ...rules, share: { percent: 100, days: 30 } }
await setRules(world, open)

beforeEach(async () => {
  world.reset()
  await db.updateTable('message').set({ state: 'cancelled', next_at: null }).where('next_at', 'is not', null).execute()
  await db.updateTable('campaign').set({ state: 'cancelled' }).where('state', '=', 'running').execute()
})
afterEach(async () => {
  world.reset()
  world.tenant = house.tenant
  const { current } = await (await house.as('quality-lead')).call(getRules)
  if (JSON.stringify(current.policy) !== JSON.stringify(open)) await setRules(world, open)
  await setWebAddress(house, 'https://care.example.org')
})

const codeOf = ({ template }: Refusal) => template?.code ?? CODE
type Rows = Awaited<ReturnType<typeof world.ledger>>

/** The channels that the template goes by: each that is named, and the first of its ladder. */
function channelsOf({ template = {}, purpose }: Refusal): Channel[] {
  const { channels = ['in-app', 'email', 'sms'], ladder } = template
  return [
    ...channels,
    ...(ladder ?? [purpose === 'promotion' ? ('wecom-mass' as const) : ('wechat-template' as const)]),
  ]
}
const once = (channels: readonly Channel[]) => Object.fromEntries(channels.map((channel) => [channel, 1]))

/** What came since. */
function since(before: Partial<Record<Channel, number>>, now: Partial<Record<Channel, number>>) {
  const more = Object.entries(now).map(([channel, n]) => [channel, n - (before[channel as Channel] ?? 0)] as const)
  return Object.fromEntries(more.filter(([, n]) => n !== 0))
}

async function expectRefused(refusal: Refusal, rows: Rows) {
  const { reason, state, spares = {} } = refusal
  const seen: Record<string, [string, string | null, boolean]> = {}
  for (const row of rows.filter(({ channel }) => !(channel in spares)))
    seen[row.channel] = [row.state, row.reason, (await world.reasons(row.id)).includes(row.reason ?? '')]
  const refused = channelsOf(refusal).filter((channel) => !(channel in spares))
  expect(seen).toEqual(Object.fromEntries(refused.map((channel) => [channel, [state, reason, true]])))
}

const newRows = async (who: Somebody, code: string, known: ReadonlySet<string>) =>
  (await world.ledger(who, code)).filter(({ id }) => !known.has(id))

describe.each(Object.keys(WAYS))('by %s', (name) => {
  test.each(REFUSALS)('$what holds a message of $purpose, and without it it goes', async (refusal) => {
    const [code, channels] = [codeOf(refusal), channelsOf(refusal)]
    const spared = channels.filter((channel) => channel in (refusal.spares ?? {}))
    await inForce(world, refusal.purpose, refusal.template)
    await refusal.moment?.(world)
    const way = await WAYS[name]!(world, code)
    const [held, other] = refusal.pair
      ? await refusal.pair(world, way.campaign)
      : [await world.someone(refusal.person), await world.someone()]
    if (!refusal.between) await refusal.holds?.(world, held)
    await refusal.other?.(world, other)
    const apart = refusal.holds || refusal.person || refusal.pair || refusal.other
    const isMended = refusal.mended !== undefined
    const before = await world.received(held)
    const beforeOther = await world.received(other)
    const known = new Set((await world.ledger(held, code)).map(({ id }) => id))

    await way.ask(isMended ? [held] : [held, other])
    if (refusal.between) await refusal.holds?.(world, held)
    await world.send()

    await expectRefused(refusal, await newRows(held, code, known))
    expect(since(before, await world.received(held)), 'handed over').toEqual(once(spared))
    if (!isMended && apart)
      expect(since(beforeOther, await world.received(other)), 'to the other').toEqual(once(channels))

    if (refusal.over) {
      await refusal.over(world, held)
      const waiting = await world.received(held)
      await world.send()
      const late = channels.filter((channel) => !spared.includes(channel))
      expect(since(waiting, await world.received(held)), 'once it is over').toEqual(once(late))
    }
    if (refusal.mended) {
      await refusal.mended(world)
      await (await WAYS[name]!(world, code)).ask([other])
      await world.send()
      expect(since(beforeOther, await world.received(other)), 'once it is mended').toEqual(once(channels))
    }
  })
})

/** The same person, at the same moment, with the same thing standing against them. */
async function goesAll(refusal: Refusal, purpose: 'care' | 'service', over: object) {
  await inForce(world, refusal.purpose, refusal.template)
  await refusal.moment?.(world)
  const way = await WAYS['the door']!(world, codeOf(refusal))
  const who = refusal.pair ? (await refusal.pair(world, way.campaign))[0] : await world.someone(refusal.person)
  await refusal.holds?.(world, who)
  const before = await world.received(who)
  const template = await inForce(world, purpose, { code: 'gate-other', ...over })
  await house.write((ctx) => sendMessages(ctx, [{ patientId: who.id, template, touch: 'other' }]), world.tenant)
  await world.send()
  expect(since(before, await world.received(who))).toEqual({ 'in-app': 1, email: 1, sms: 1, 'wechat-template': 1 })
}

describe('care and marketing apart', () => {
  test.each(REFUSALS.filter(({ careGoes }) => careGoes))('$what stops promotion, and care goes on', (refusal) =>
    goesAll(refusal, 'care', {}),
  )
  test('every line that concerns promotion alone is among them', () => {
    const promotional = REFUSALS.filter(({ purpose }) => purpose === 'promotion')
    expect(promotional.filter(({ careGoes }) => !careGoes)).toEqual([])
  })
})

describe('clinical alerts', () => {
  test.each(REFUSALS.filter(({ urgentGoes }) => urgentGoes))('$what does not hold what cannot wait', (refusal) =>
    goesAll(refusal, 'service', { urgent: true }),
  )
})

describe('a key for other programs', () => {
  const patientId = '01900000-0000-7000-8000-000000000001'
  const sending: [Endpoint, Record<string, string>][] = [
    [message.sendByHand, { patientId }],
    [message.approveMessage, { messageId: patientId }],
    [message.tryAgain, { messageId: patientId }],
    [media.mailMedia, { patientId, code: 'any' }],
    [ways.mailWay, { patientId }],
    [campaign.controlCampaign, { campaignId: patientId }],
  ]
  test.each(sending)('sends nothing by $name', async (endpoint, params) => {
    const administrator = await house.as('system-administrator')
    const { key } = await administrator.call(createApiKey, {
      body: { name: '检验系统', permissions: [...MACHINE_PERMISSIONS], validDays: null },
    })
    const url = `/api${endpoint.path.replace(/:(\w+)/g, (_all, one: string) => params[one]!)}`
    const answer = await house.app.inject({
      method: endpoint.method,
      url,
      headers: { authorization: `Bearer ${key}`, 'x-peiban': '1' },
      payload: { template: CODE, act: 'start', because: 'x' },
    })
    expect(answer.statusCode).toBe(403)
  })
})
