import { sql } from 'kysely'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { withClient } from '../../../test/database.ts'
import { aHouse } from '../../../test/house.ts'
import { startWeChat, type WeChatStandIn } from '../../apps/stand-ins/wechat/wechat.ts'
import { accessTokens, type TokenSource } from './access-token.ts'
import { wechatTokenSource } from './token-source.ts'

const { house, tenant, clock, databaseUrl, anOrganization } = await aHouse()
const db = house.databases.of(tenant.id)
const secret = 'of-the-account'
const appId = 'wx0123456789abcdef'

/** A process of the house: it has its own memory and the same database. */
const aProcess = (organizationId = tenant.id) =>
  accessTokens({ db: house.databases.of(organizationId), organizationId, sealer: house.sealer, clock })
const row = () => db.selectFrom('access_token').selectAll().executeTakeFirst()

let wechat: WeChatStandIn
const source = (over: { secret?: string } = {}) => wechatTokenSource({ appId, secret, baseUrl: wechat.url, ...over })
/** A server that answers once so many others are waiting for whoever asks it: they have met, whatever their pace. */
const whileOthersWait = (others: number): TokenSource => {
  const waiting = async () => {
    const { rows } = await withClient(databaseUrl, (client) =>
      client.query<{ count: number }>(
        `select count(*)::int count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      ),
    )
    return rows[0]!.count
  }
  const real = source()
  return {
    ...real,
    fetch: async (force) => {
      await expect.poll(waiting).toBe(others)
      return real.fetch(force)
    },
  }
}
const tokenOf = async (process = aProcess(), from = source()) => {
  const answer = await process.current(from)
  if (answer.kind !== 'ok') throw new Error(`no token: ${answer.kind} ${answer.text}`)
  return answer.value
}

beforeEach(async () => {
  await wechat?.close()
  wechat = await startWeChat({ clock, appId, secret, templates: {} })
  await sql`delete from access_token`.execute(db)
})
afterAll(() => wechat.close())

test('many processes that miss one at once ask once, and get the same', async () => {
  const processes = Array.from({ length: 6 }, () => aProcess())
  const slow = whileOthersWait(5)
  const tokens = await Promise.all(processes.flatMap((process) => [tokenOf(process, slow), tokenOf(process, slow)]))
  expect(new Set(tokens).size).toBe(1)
  expect(wechat.fetchesToday()).toBe(1)
  expect(await row()).toMatchObject({
    holder: `wechat:${appId}`,
    fetches: 1,
    expires_at: new Date(clock.now().getTime() + 7_200_000),
  })
})

test('it is kept sealed, and for its organization alone', async () => {
  const token = await tokenOf()
  const { token_sealed } = (await row())!
  expect(token_sealed!.includes(token)).toBe(false)
  const other = await anOrganization()
  expect(await house.databases.of(other.id).selectFrom('access_token').selectAll().execute()).toEqual([])
  // The same account used by two organizations: each asks for itself, and neither takes the other's away.
  expect(await tokenOf(aProcess(other.id))).toBe(token)
  expect(wechat.fetchesToday()).toBe(2)
})

test('it is renewed four minutes before its end, and not earlier', async () => {
  const first = await tokenOf()
  clock.advance({ seconds: 7200 - 241 })
  expect(await tokenOf()).toBe(first)
  expect(wechat.fetchesToday()).toBe(1)
  clock.advance({ seconds: 1 })
  const second = await tokenOf()
  expect(second).not.toBe(first)
  expect(wechat.fetchesToday()).toBe(2)
})

describe('after the server has refused it', () => {
  test('whoever comes first fetches another, and the others take that one', async () => {
    const [a, b, c] = [aProcess(), aProcess(), aProcess()]
    const stale = await tokenOf(a)
    wechat.revokeToken()
    const slow = whileOthersWait(2)
    const answers = await Promise.all([a, b, c].map((process) => process.renewed(slow, stale)))
    expect(new Set(answers.map((answer) => (answer.kind === 'ok' ? answer.value : answer.kind))).size).toBe(1)
    expect(answers[0]).not.toMatchObject({ value: stale })
    expect([wechat.fetchesToday(), wechat.forcedToday()]).toEqual([2, 0])
  })

  test('the server is forced only when it hands out the stale one again', async () => {
    const stale = await tokenOf()
    const renewed = await aProcess().renewed(source(), stale)
    expect(renewed).toMatchObject({ kind: 'ok' })
    expect(renewed).not.toMatchObject({ value: stale })
    expect(wechat.forcedToday()).toBe(1)
    // Within thirty seconds it cannot be forced again: the same one comes back, and whoever called is told so.
    const again = await tokenOf()
    expect(await aProcess().renewed(source(), again)).toEqual({ kind: 'ok', value: again })
    expect(wechat.forcedToday()).toBe(1)
  })
})

describe('a fetch that fails', () => {
  test('for a wrong secret is not tried again for a minute, by any process', async () => {
    const wrong = source({ secret: 'wrong' })
    expect(await aProcess().current(wrong)).toMatchObject({ kind: 'refused', refusal: 'credential', code: 40125 })
    expect(await aProcess().current(wrong)).toMatchObject({ kind: 'held-back', refusal: 'credential' })
    expect(wechat.fetchesToday()).toBe(1)
    clock.advance({ seconds: 61 })
    expect(await aProcess().current(source())).toMatchObject({ kind: 'ok' })
  })

  test.each([
    [-1, 'busy', 6],
    [40001, 'credential', 61],
    [40013, 'credential', 61],
    [40164, 'credential', 61],
    [45009, 'daily-quota', 901],
  ])('with %d is %s, and asked again after a pause', async (code, refusal, seconds) => {
    wechat.fail(code)
    expect(await aProcess().current(source())).toMatchObject({ kind: 'refused', refusal, code })
    clock.advance({ seconds: seconds - 2 })
    expect(await aProcess().current(source())).toMatchObject({ kind: 'held-back', refusal })
    clock.advance({ seconds: 2 })
    expect(await aProcess().current(source())).toMatchObject({ kind: 'ok' })
  })

  test('without an answer leaves the row as it was, and another tries', async () => {
    wechat.fail('hang-up')
    expect(await aProcess().current(source())).toMatchObject({ kind: 'unreachable' })
    expect(await row()).toMatchObject({ token_sealed: null, fetches: 1, last_refusal: 'busy' })
    clock.advance({ seconds: 6 })
    expect(await aProcess().current(source())).toMatchObject({ kind: 'ok' })
  })
})
