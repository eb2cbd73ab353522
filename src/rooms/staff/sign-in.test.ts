import { beforeEach, describe, expect, test } from 'vitest'
import { hashPassword } from '../../platform/auth/password.ts'
import { aHouse, nobody, visitor, type Answer, type Caller } from '../../../test/house.ts'
import * as account from './contract/account.ts'
import type { Role } from './contract/permissions.ts'
import { getSignInStep, listDemoAccounts, signIn, signOut } from './contract/sign-in.ts'
import { listDirectory, me } from './contract/staff.ts'
import { createOrganizationWithAccounts, DEMO_PASSWORD, insertStaff } from './server/index.ts'

const house = await aHouse()
const PASSWORD = 'Zhenxin-2026'
const hash = await hashPassword(PASSWORD)
let count = 0
let login = ''

async function anAccount(roles: Role[] = ['service-manager'], options: { passwordExpires?: boolean } = {}): Promise<string> {
  const name = `account${++count}`
  const staff = { organizationId: house.tenant.id, id: house.house.ids.next(), login: name, name: '李素珍', passwordHash: hash, roles, ...options }
  await house.write((ctx) => insertStaff(ctx.tx, { ...staff, state: 'active', now: ctx.clock.now() }))
  return name
}

beforeEach(async () => {
  // Past the window of the address, so that the tests do not wait for each other.
  house.clock.advance({ minutes: 16 })
  login = await anAccount()
})

const { slug } = await house.house.databases.none.selectFrom('organization').select('slug').executeTakeFirstOrThrow()
const enter = (password: string, who = login, organization: string | undefined = slug) =>
  nobody(house).try(signIn, { body: { organization, login: who, password } })
const rowOf = (who: string) =>
  house.house.databases.of(house.tenant.id).selectFrom('staff').selectAll().where('login', '=', who).executeTakeFirstOrThrow()

function arrived(answer: Answer): Caller {
  expect(answer.status).toBe(200)
  return visitor(house, /peiban_session=([^;]+)/.exec(String(answer.raw.headers['set-cookie']))![1]!)
}

test('the right password opens a session; the cookie is kept from scripts', async () => {
  const answer = await enter(PASSWORD)
  expect(answer.body).toEqual({ owes: null })
  expect(String(answer.raw.headers['set-cookie'])).toMatch(/HttpOnly; SameSite=Lax$/)
  expect(await arrived(answer).call(me)).toMatchObject({ login, name: '李素珍', roles: ['service-manager'] })
})

test('capitals and spaces around the login do not matter', async () => {
  expect((await enter(PASSWORD, `  ${login.toUpperCase()} `)).status).toBe(200)
})

test('the organization may be left out where there is only one', async () => {
  const alone = await aHouse()
  await alone.write((ctx) =>
    insertStaff(ctx.tx, {
      organizationId: alone.tenant.id, id: ctx.ids.next(), login: 'lisuzhen', name: '李素珍', state: 'active', passwordHash: hash,
      roles: ['physician'], now: ctx.clock.now(),
    }),
  )
  expect((await nobody(alone).try(signIn, { body: { login: 'lisuzhen', password: PASSWORD } })).status).toBe(200)
})

test('behind https the cookie travels by https only', async () => {
  const answer = await house.app.inject({
    method: 'POST', url: '/api/sign-in', headers: { 'x-forwarded-proto': 'https' }, payload: { organization: slug, login, password: PASSWORD },
  })
  expect(String(answer.headers['set-cookie'])).toMatch(/; Secure$/)
})

test('a wrong password and an unknown login are refused in the same words', async () => {
  const wrong = await enter('Wrong-2026')
  const unknown = await enter('Wrong-2026', 'niemand')
  expect(wrong).toMatchObject({ status: 401, code: 'SignInRefused' })
  expect({ ...(unknown.body as object), requestId: '' }).toEqual({ ...(wrong.body as object), requestId: '' })
})

describe('guessing', () => {
  test.each(['a real login', 'an unknown login'])('five wrong guesses lock %s for fifteen minutes', async (which) => {
    const who = which === 'a real login' ? login : `nobody${++count}`
    const codes = []
    for (let n = 0; n < 6; n++) codes.push((await enter('Wrong-2026', who)).code)
    expect(codes).toEqual([...Array(4).fill('SignInRefused'), 'AccountLocked', 'AccountLocked'])
    expect((await enter(PASSWORD, who)).body).toMatchObject({ status: 423, values: { minutes: 15 } })
    house.clock.advance({ minutes: 15 })
    expect((await enter(PASSWORD, who)).code).toBe(which === 'a real login' ? undefined : 'SignInRefused')
  })

  test('of twenty guesses at once only five are looked at', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => enter(`Wrong-${n}`)))
    expect(answers.every((a) => a.status !== 200)).toBe(true)
    expect((await rowOf(login)).failed_count).toBe(5)
    expect((await enter(PASSWORD)).code).toBe('AccountLocked')
  })

  test('the right password clears what was wrong before', async () => {
    for (let n = 0; n < 4; n++) await enter('Wrong-2026')
    arrived(await enter(PASSWORD))
    expect(await rowOf(login)).toMatchObject({ failed_count: 0, locked_until: null })
  })

  test('an address that guesses without end is stopped', async () => {
    const answers = []
    // A locked login costs no hashing, so this is quick; each try counts all the same.
    for (let n = 0; n < 61; n++) answers.push(await enter('Wrong-2026', 'stranger'))
    expect(answers.at(-1)).toMatchObject({ status: 429, code: 'TooManyRequests' })
    expect((await enter(PASSWORD)).status).toBe(429)
    house.clock.advance({ minutes: 15 })
    arrived(await enter(PASSWORD))
  })

  test('each try is in the audit log, without what was typed', async () => {
    await enter('Wrong-2026')
    await enter('Wrong-2026', 'peiban-secret')
    arrived(await enter(PASSWORD))
    const rows = await house.house.databases
      .of(house.tenant.id)
      .selectFrom('audit_entry')
      .select(['outcome', 'detail', 'actor_name', 'actor_kind'])
      .where('action', '=', 'sign-in')
      .orderBy('id', 'desc')
      .limit(3)
      .execute()
    expect(rows.map(({ outcome, detail }) => ({ outcome, detail }))).toEqual(
      expect.arrayContaining([
        { outcome: 'done', detail: {} },
        { outcome: 'refused', detail: { reason: 'unknown-login' } },
        { outcome: 'refused', detail: { reason: 'wrong-password' } },
      ]),
    )
    expect(JSON.stringify(rows)).not.toMatch(/secret|Wrong|Zhenxin/)
  })
})

describe('a session', () => {
  test('ends when its person signs out', async () => {
    const nurse = arrived(await enter(PASSWORD))
    await nurse.call(signOut)
    expect((await nurse.try(me)).code).toBe('NotSignedIn')
  })

  test('ends after thirty idle minutes, but not while it is used', async () => {
    const nurse = arrived(await enter(PASSWORD))
    for (let n = 0; n < 4; n++) {
      house.clock.advance({ minutes: 20 })
      await nurse.call(me)
    }
    house.clock.advance({ minutes: 31 })
    expect((await nurse.try(me)).status).toBe(401)
  })

  test('ends after twelve hours, used or not', async () => {
    const nurse = arrived(await enter(PASSWORD))
    for (let n = 0; n < 29; n++) {
      house.clock.advance({ minutes: 25 })
      await nurse.try(me)
    }
    expect((await nurse.try(me)).status).toBe(401)
  })

  test('is listed, and others can be ended one by one or all', async () => {
    const [here, there, elsewhere] = [arrived(await enter(PASSWORD)), arrived(await enter(PASSWORD)), arrived(await enter(PASSWORD))]
    const { sessions } = await here!.call(account.listSessions)
    expect(sessions).toHaveLength(3)
    expect(sessions.filter((s) => s.isCurrent)).toHaveLength(1)
    const other = (await there!.call(account.listSessions)).sessions.find((s) => s.isCurrent)!
    await here!.call(account.revokeSession, { params: { sessionId: other.id } })
    expect((await there!.try(me)).status).toBe(401)
    expect(await here!.call(account.revokeOtherSessions)).toEqual({ revoked: 1 })
    expect((await elsewhere!.try(me)).status).toBe(401)
    expect((await here!.try(me)).status).toBe(200)
  })

  test('of somebody else cannot be ended', async () => {
    const mine = arrived(await enter(PASSWORD))
    const { sessions } = await mine.call(account.listSessions)
    const stranger = await house.as('physician')
    expect((await stranger.try(account.revokeSession, { params: { sessionId: sessions[0]!.id } })).status).toBe(404)
    expect((await mine.try(me)).status).toBe(200)
  })

  test('a token of another organization or none opens nothing', async () => {
    const { token } = arrived(await enter(PASSWORD))
    const other = await house.anOrganization()
    const forged = token.replace(/^[0-9a-f]{32}/, other.id.replaceAll('-', ''))
    expect((await visitor(house, forged).try(me)).status).toBe(401)
    expect((await visitor(house, 'rubbish').try(me)).status).toBe(401)
    await house.house.databases.none.updateTable('organization').set({ slug: 'other' }).where('id', '=', other.id).execute()
    expect((await enter(PASSWORD, login, 'other')).code).toBe('SignInRefused')
    expect((await enter(PASSWORD, login, 'nowhere')).code).toBe('SignInRefused')
    expect((await nobody(house).try(signIn, { body: { login, password: PASSWORD } })).code).toBe('OrganizationNeeded')
  })
})

describe('a password', () => {
  const change = (caller: Caller, current: string, next: string) => caller.try(account.changePassword, { body: { current, next } })

  test('is changed with the old one; other sessions end, this one stays', async () => {
    const [here, there] = [arrived(await enter(PASSWORD)), arrived(await enter(PASSWORD))]
    expect((await change(here!, PASSWORD, 'Xinmima-2026')).status).toBe(200)
    expect((await there!.try(me)).status).toBe(401)
    expect((await here!.try(me)).status).toBe(200)
    expect((await enter(PASSWORD)).code).toBe('SignInRefused')
    arrived(await enter('Xinmima-2026'))
  })

  test('must not be weak, nor one of the last five', async () => {
    const here = arrived(await enter(PASSWORD))
    expect(await change(here, PASSWORD, 'schwach')).toMatchObject({ status: 422, code: 'PasswordTooWeak', body: { path: 'body.next' } })
    expect((await change(here, PASSWORD, PASSWORD)).code).toBe('PasswordUsedBefore')
    const chain = [PASSWORD, ...[1, 2, 3, 4, 5].map((n) => `Xinmima-${n}`)]
    for (let n = 1; n < chain.length; n++) {
      expect((await change(here, chain[n - 1]!, chain[n]!)).status).toBe(200)
      if (n < 5) expect((await change(here, chain[n]!, PASSWORD)).code).toBe('PasswordUsedBefore')
    }
    expect((await change(here, chain.at(-1)!, PASSWORD)).status).toBe(200)
  }, 60_000)

  test('cannot be guessed by whoever finds an open browser', async () => {
    const here = arrived(await enter(PASSWORD))
    const codes = []
    for (let n = 0; n < 5; n++) codes.push((await change(here, 'Wrong-2026', 'Xinmima-2026')).code)
    expect(codes).toEqual([...Array(4).fill('PasswordWrong'), 'AccountLocked'])
    expect((await here.try(me)).status).toBe(401)
  })

  test('expires after ninety days: then nothing opens but its change', async () => {
    house.clock.advance({ days: 90 })
    const answer = await enter(PASSWORD)
    expect(answer.body).toEqual({ owes: 'change-password' })
    const here = arrived(answer)
    expect(await here.try(me)).toMatchObject({ status: 401, code: 'SignInUnfinished' })
    expect(await here.try(listDirectory)).toMatchObject({ status: 401, code: 'SignInUnfinished' })
    expect(await here.call(getSignInStep)).toMatchObject({ owes: 'change-password', login, passwordLengthMin: 8 })
    expect((await change(here, PASSWORD, 'Xinmima-2026')).body).toEqual({ owes: null })
    expect((await here.try(me)).status).toBe(200)
  })
})

describe('a demonstration', () => {
  test('names its accounts; a real house never does', async () => {
    const { tenant } = await createOrganizationWithAccounts(house.house, { slug: 'demo', name: '示范医院' })
    const shown = await nobody(house).call(listDemoAccounts, { query: { organization: 'demo' } })
    expect(shown.password).toBe(DEMO_PASSWORD)
    expect(shown.accounts).toContainEqual({ login: 'yisheng', name: '张文远', roles: ['physician'] })
    expect(await nobody(house).call(listDemoAccounts, { query: { organization: 'other' } })).toEqual({ password: null, accounts: [] })
    const answer = await nobody(house).try(signIn, { body: { organization: 'demo', login: 'anquan', password: DEMO_PASSWORD } })
    expect(answer.body).toEqual({ owes: null })
    const who = await arrived(answer).call(me)
    expect(who).toMatchObject({ organization: { id: tenant.id }, secondFactor: { isSet: false, isAdvised: true }, passwordExpiresAt: null })
  })
})
