import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import codes from '../../platform/wechat/codes.json' with { type: 'json' }
import type { StopWhy } from './contract/stop.ts'
import type { PushChannel } from './server/rules/channel-right.ts'
import { aDesk, type Desk, type Somebody } from '../../../test/wechat-desk.ts'

/**
 * Each code of WeChat's, by the stand-in over HTTP, through the worker's own rounds: what becomes of the message, of the
 * person's right to be written to, of the next way of the ladder, of the account, the template and the campaign.
 */
const service = await aDesk('service')
const mini = await aDesk('mini')
beforeEach(async () => {
  await service.begin()
  await mini.begin()
})
const SENDING = '/cgi-bin/message/'

type Wanted =
  /** A new token is fetched, and the message goes out as if nothing had been. */
  | { kind: 'token' }
  /** The same again later, with its right. */
  | { kind: 'again'; reason: 'temporary' | 'throttled' }
  /** Until quotas begin anew, at midnight in Beijing. */
  | { kind: 'tomorrow' }
  /** Nothing goes by the account: people are told. */
  | { kind: 'alarm' }
  /** Shut for this person; `stands`: what they have allowed is not concerned. */
  | { kind: 'other-way'; reason: string; stands?: true }
  /** Nothing goes by the template: people are told, the others wait, a campaign of this one way stops. */
  | { kind: 'template' }
  /** This one's values: nobody else is concerned. */
  | { kind: 'value' }
  /** Censored words: no other way, and a campaign stops. */
  | { kind: 'censored' }

const token: Wanted = { kind: 'token' }
const busy: Wanted = { kind: 'again', reason: 'temporary' }
const minute: Wanted = { kind: 'again', reason: 'throttled' }
const tomorrow: Wanted = { kind: 'tomorrow' }
const alarm: Wanted = { kind: 'alarm' }
const template: Wanted = { kind: 'template' }
const value: Wanted = { kind: 'value' }
const censored: Wanted = { kind: 'censored' }
const unknown: Wanted = { kind: 'other-way', reason: 'address-unknown' }
const gone: Wanted = { kind: 'other-way', reason: 'no-right' }
const refused: Wanted = { kind: 'other-way', reason: 'refused-by-recipient' }
const limited: Wanted = { kind: 'other-way', reason: 'not-reached', stands: true }
const unheard: Wanted = { kind: 'other-way', reason: 'refused', stands: true }

const TABLE: Record<string, Wanted> = {
  '-1': busy,
  43108: busy,
  45011: minute,
  45009: tomorrow,
  40001: token,
  40014: token,
  42001: token,
  40002: alarm,
  40013: alarm,
  40125: alarm,
  40164: alarm,
  40243: alarm,
  41001: alarm,
  41002: alarm,
  41004: alarm,
  61004: alarm,
  89501: alarm,
  89503: alarm,
  89506: alarm,
  89507: alarm,
  43107: alarm,
  48001: alarm,
  48004: alarm,
  48008: alarm,
  50001: alarm,
  40003: unknown,
  46004: unknown,
  43004: gone,
  43019: gone,
  50005: gone,
  50002: limited,
  43101: refused,
  48002: refused,
  40036: template,
  40037: template,
  41030: template,
  40039: template,
  40048: template,
  40066: template,
  40165: template,
  40166: template,
  45002: value,
  47001: value,
  47003: value,
  40249: value,
  44002: value,
  44004: value,
  87014: censored,
  45168: censored,
  // One that nobody has heard of: it was not taken, and another way may be.
  88888: unheard,
}
/** Answers to customer messages alone. */
const WINDOWS = ['45015', '45047']
/** Of menus and of those who open a page; they are tried where the client is. */
const ELSEWHERE = [40016, 40017, 40018, 40019, 40020, 40023, 40025, 40029, 40163, 42003].map(String)

test('every code that is known stands in the table', () => {
  const known = Object.keys(codes.codes)
  expect(known.filter((code) => !(code in TABLE) && ![...WINDOWS, ...ELSEWHERE].includes(code))).toEqual([])
})

/** The stand-in says the code once, where a message is sent; in place of a token only what is asked for anew. */
async function answered(desk: Desk, channel: PushChannel, code: string, ladder: 'one way' | 'two ways') {
  const who = await desk.somebody(channel)
  const campaign = randomUUID()
  desk.wechat.fail(Number(code), 1, SENDING)
  const row = await desk.tell(who, ladder === 'one way' ? [channel] : [channel, 'email'], { campaign })
  return { who, campaign, row }
}
const minutesTo = (desk: Desk, at: Date | null) => at && (at.getTime() - desk.house.clock.now().getTime()) / 60_000
const nextOf = async (desk: Desk, channel: PushChannel, campaign: string) =>
  desk.tell(await desk.somebody(channel), [channel], { campaign })
async function goesOutLater(desk: Desk, who: Somebody, at: Date) {
  desk.house.clock.set(at.toISOString())
  await desk.work()
  await desk.work()
  expect(await desk.rowOf(who)).toMatchObject({ state: 'accepted', attempts: 2 })
  expect(desk.gotBy(who)).toBe(1)
}
/** Something wrong with how we have set things up: nobody has lost a right by it. */
async function rightStands(desk: Desk, who: Somebody, channel: PushChannel) {
  const { left, stands } = await desk.rightOf(who, channel)
  expect([stands, left === null || left > 0]).toEqual([true, true])
}

async function oneWay(desk: Desk, channel: PushChannel, code: string, wanted: Wanted) {
  const { who, campaign, row } = await answered(desk, channel, code, 'one way')
  const stopped = (why: StopWhy) => [{ kind: 'campaign', scope: campaign, why }]
  if (wanted.kind === 'token') {
    expect(row).toMatchObject({ state: 'accepted', attempts: 1, possible_doubles: 0 })
    expect(desk.gotBy(who)).toBe(1)
    return
  }
  expect(desk.gotBy(who)).toBe(0)
  switch (wanted.kind) {
    case 'again':
    case 'alarm': {
      const reason = wanted.kind === 'again' ? wanted.reason : 'wechat-account'
      expect(row).toMatchObject({ state: 'deferred', reason })
      expect(minutesTo(desk, row.next_at)).toBe(wanted.kind === 'again' ? 5 : 30)
      await rightStands(desk, who, channel)
      if (wanted.kind === 'alarm') {
        expect(await desk.accountFault()).toBe(code)
        expect(await desk.alarms()).toEqual(['wechat-fault'])
      }
      await goesOutLater(desk, who, row.next_at!)
      // What is taken ends the alarm.
      expect([await desk.accountFault(), await desk.stops()]).toEqual([null, []])
      return
    }
    case 'tomorrow':
      expect(row).toMatchObject({ state: 'deferred', reason: 'throttled' })
      expect(minutesTo(desk, row.next_at)).toBe(14 * 60)
      await goesOutLater(desk, who, new Date(row.next_at!.getTime() + 10 * 3_600_000))
      return
    case 'other-way': {
      expect(row).toMatchObject({ state: 'failed', reason: wanted.reason, next_at: null })
      expect((await desk.rightOf(who, channel)).stands).toBe(wanted.stands === true)
      expect(await desk.stops()).toEqual([])
      // Whom it is shut for is not tried again by it; the others of the campaign are written to.
      const again = await desk.tell(who, [channel])
      expect(again).toMatchObject(wanted.stands ? { state: 'accepted' } : { reason: 'no-right', attempts: 0 })
      expect(await nextOf(desk, channel, campaign)).toMatchObject({ state: 'accepted' })
      return
    }
    case 'value':
      expect(row).toMatchObject({ state: 'failed', reason: 'wechat-template' })
      await rightStands(desk, who, channel)
      expect(await desk.stops()).toEqual([])
      expect(await nextOf(desk, channel, campaign)).toMatchObject({ state: 'accepted' })
      return
    case 'censored':
      expect(row).toMatchObject({ state: 'failed', reason: 'refused-content' })
      await rightStands(desk, who, channel)
      expect(await desk.stops()).toEqual(stopped('content'))
      expect(await nextOf(desk, channel, campaign)).toMatchObject({ state: 'planned', reason: 'campaign-paused' })
      return
    case 'template': {
      expect(row).toMatchObject({ state: 'failed', reason: 'wechat-template' })
      await rightStands(desk, who, channel)
      expect(await desk.stops()).toEqual(stopped('wechat-template'))
      expect(await nextOf(desk, channel, campaign)).toMatchObject({ state: 'planned', reason: 'campaign-paused' })
      expect(await desk.alarms()).toEqual(['wechat-template-fault'])
      // Nobody else is tried with it; who has no other way waits until it is mended.
      const other = await desk.somebody(channel)
      expect(await desk.tell(other, [channel])).toMatchObject({ reason: 'wechat-template', attempts: 0 })
      await desk.putTemplates()
      desk.house.clock.advance({ minutes: 31 })
      await desk.work()
      expect(await desk.rowOf(other)).toMatchObject({ state: 'accepted' })
      expect(desk.gotBy(other)).toBe(1)
    }
  }
}

const GOES_ON: readonly Wanted['kind'][] = ['other-way', 'value', 'template']

async function twoWays(desk: Desk, channel: PushChannel, code: string, wanted: Wanted) {
  const { who, row } = await answered(desk, channel, code, 'two ways')
  // Shut for this one, it goes by the next way at once; what is only late, or censored, does not.
  if (GOES_ON.includes(wanted.kind)) expect(row).toMatchObject({ channel: 'email', state: 'accepted' })
  else expect(row.channel).toBe(channel)
  expect(desk.gotBy(who)).toBe(wanted.kind === 'token' ? 1 : 0)
  if (wanted.kind === 'template') await desk.putTemplates()
}

describe.each(Object.entries(TABLE))('a template message, %s', (code, wanted) => {
  test('with no other way', () => oneWay(service, 'wechat-template', code, wanted))
  test('with another way', () => twoWays(service, 'wechat-template', code, wanted))
})

/** What the pages of bizsend and subscribe/send name, and what any call may be told. */
const OF_NOTICES = '-1 40001 42001 45009 45011 40164 48001 40003 40037 41030 43101 47003 43107 43108 45168 88888'
  .split(' ')
  .map((code): [string, Wanted] => [code, TABLE[code]!])

describe.each(OF_NOTICES)('a notice, %s', (code, wanted) => {
  test('of the service account', () => oneWay(service, 'wechat-notice', code, wanted))
  test('of the service account, with another way', () => twoWays(service, 'wechat-notice', code, wanted))
  test('of the mini-program', () => oneWay(mini, 'mini-notice', code, wanted))
  test('of the mini-program, with another way', () => twoWays(mini, 'mini-notice', code, wanted))
})

describe('a customer message', () => {
  test.each(['-1', '42001', '45009', '45011', '48001', '50002', '45002', '87014'])('%s', (code) =>
    oneWay(service, 'wechat-chat', code, TABLE[code]!),
  )

  test.each<[string, object]>([
    // More than 48 hours after what they wrote; the platform's clock counts.
    ['45015', { left: 0, isOpen: false }],
    // A sixth, where something else of the house has sent as well.
    ['45047', { left: 0, isOpen: true }],
  ])('%s: the next way, and the window is as the platform says', async (code, known) => {
    const { who, row } = await answered(service, 'wechat-chat', code, 'two ways')
    expect(row).toMatchObject({ channel: 'email', state: 'accepted' })
    const { left, closesAt } = await service.rightOf(who, 'wechat-chat')
    expect({ left, isOpen: closesAt! > service.house.clock.now() }).toEqual(known)
    expect(await service.tell(who, ['wechat-chat'])).toMatchObject({ reason: 'no-right', attempts: 0 })
    expect(service.gotBy(who)).toBe(0)
    // Writing again opens it anew.
    service.house.clock.advance({ seconds: 1 })
    await service.wechat.does(who.address, { act: 'say', text: '还在吗' })
    await service.house.settle()
    expect(await service.tell(who, ['wechat-chat'])).toMatchObject({ state: 'accepted' })
  })
})

test('a server that takes no token at all is waited for, and nothing is doubled', async () => {
  const who = await service.somebody('wechat-template')
  service.wechat.fail(40001, 2, SENDING)
  const row = await service.tell(who, ['wechat-template', 'email'])
  expect(row).toMatchObject({ channel: 'wechat-template', state: 'deferred', reason: 'temporary' })
  await goesOutLater(service, who, row.next_at!)
})

test('no token to be had: the secret is wrong, people are told, and the message waits', async () => {
  const who = await service.somebody('wechat-template')
  service.house.clock.advance({ hours: 3 })
  service.wechat.fail(40125, 1, '/cgi-bin/stable_token')
  const row = await service.tell(who, ['wechat-template'])
  expect(row).toMatchObject({ state: 'deferred', reason: 'wechat-account' })
  expect([await service.accountFault(), await service.alarms()]).toEqual(['40125', ['wechat-fault']])
  await goesOutLater(service, who, row.next_at!)
})

test('the line breaks while a token is fetched: the message itself was never said, and is not in doubt', async () => {
  const who = await service.somebody('wechat-template')
  service.house.clock.advance({ hours: 3 })
  service.wechat.fail('hang-up', 1, '/cgi-bin/stable_token')
  const row = await service.tell(who, ['wechat-template'])
  expect(row).toMatchObject({ state: 'deferred', reason: 'temporary', uncertain: false })
  await goesOutLater(service, who, row.next_at!)
})

test.each([
  ['45009', { minutes: 60 }],
  ['40164', { minutes: 20 }],
  ['-1', { minutes: 3 }],
  ['45009', { template: { urgent: true } }],
  ['48001', { template: { urgent: true } }],
])('%s, and it cannot wait: the next way is taken at once (%j)', async (code, over) => {
  const who = await service.somebody('wechat-template')
  service.wechat.fail(Number(code), 1, SENDING)
  const row = await service.tell(who, ['wechat-template', 'email'], over)
  expect(row).toMatchObject({ channel: 'email', state: 'accepted' })
  expect(service.gotBy(who)).toBe(0)
  await rightStands(service, who, 'wechat-template')
})
