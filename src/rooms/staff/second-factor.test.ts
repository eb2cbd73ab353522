import { beforeEach, expect, test } from 'vitest'
import { hashPassword } from '../../platform/auth/password.ts'
import { aHouse, nobody, visitor, type Caller } from '../../../test/house.ts'
import * as account from './contract/account.ts'
import { resetSecondFactor } from './contract/administration.ts'
import type { Role } from './contract/permissions.ts'
import { confirmSecondFactor, getSignInStep, signIn } from './contract/sign-in.ts'
import { listDirectory, me } from './contract/staff.ts'
import { insertStaff } from './server/index.ts'
import { codeAt } from './server/totp.ts'

const house = await aHouse()
const PASSWORD = 'Zhenxin-2026'
const passwordHash = await hashPassword(PASSWORD)
let count = 0

interface Person {
  id: string
  login: string
  secret: string
}

beforeEach(() => house.clock.advance({ minutes: 16 }))

async function aPerson(roles: Role[] = ['physician']): Promise<Omit<Person, 'secret'>> {
  const person = { id: house.house.ids.next(), login: `person${++count}` }
  await house.write((ctx) =>
    insertStaff(ctx.tx, { ...person, organizationId: house.tenant.id, name: '张文远', state: 'active', passwordHash, roles, now: ctx.clock.now() }),
  )
  return person
}

async function enter(login: string): Promise<{ owes: unknown; caller: Caller }> {
  const answer = await nobody(house).try(signIn, { body: { login, password: PASSWORD } })
  expect(answer.status).toBe(200)
  const token = /peiban_session=([^;]+)/.exec(String(answer.raw.headers['set-cookie']))![1]!
  return { owes: (answer.body as { owes: unknown }).owes, caller: visitor(house, token) }
}

const codeNow = (secret: string) => codeAt(secret, house.clock.now())
const confirm = (caller: Caller, code: string) => caller.try(confirmSecondFactor, { body: { code } })

/** Somebody who has bound an authenticator, at a step before now. */
async function aCarefulPerson(roles?: Role[]): Promise<Person> {
  const person = await aPerson(roles)
  const { caller } = await enter(person.login)
  const { secret } = await caller.call(account.beginSecondFactor)
  await caller.call(account.completeSecondFactor, { body: { code: codeNow(secret) } })
  house.clock.advance({ minutes: 1 })
  return { ...person, secret }
}

test('an authenticator is bound by a picture and a first code', async () => {
  const { login } = await aPerson()
  const { caller } = await enter(login)
  const begun = await caller.call(account.beginSecondFactor)
  expect(begun.uri).toContain(`secret=${begun.secret}`)
  expect(decodeURIComponent(begun.uri)).toContain(`Peiban:${login} ${house.tenant.name.slice(0, 6)}`)
  expect(begun.qrCode).toMatch(/^data:image\/png;base64,/)
  expect((await caller.call(me)).secondFactor.isSet).toBe(false)
  expect((await caller.try(account.completeSecondFactor, { body: { code: '000000' } })).code).toBe('CodeRefused')
  expect((await caller.try(account.completeSecondFactor, { body: { code: codeNow(begun.secret) } })).body).toEqual({ owes: null })
  expect((await caller.call(me)).secondFactor.isSet).toBe(true)
})

test('the secret is not readable in the database', async () => {
  const { id, secret } = await aCarefulPerson()
  const row = await house.house.databases.of(house.tenant.id).selectFrom('staff').select('totp_sealed').where('id', '=', id).executeTakeFirstOrThrow()
  expect(row.totp_sealed!.includes(Buffer.from(secret))).toBe(false)
  expect(house.house.sealer.open(house.tenant.id, row.totp_sealed!)).toBe(secret)
})

test('without the code nothing opens, with it everything', async () => {
  const { login, secret } = await aCarefulPerson()
  const { owes, caller } = await enter(login)
  expect(owes).toBe('second-factor')
  for (const endpoint of [me, listDirectory, account.listSessions]) expect((await caller.try(endpoint)).code).toBe('SignInUnfinished')
  expect((await caller.call(getSignInStep)).owes).toBe('second-factor')
  expect((await confirm(caller, codeNow(secret))).body).toEqual({ owes: null })
  expect((await caller.call(me)).permissions).toContain('record.read')
})

test('the password alone changes neither password nor authenticator', async () => {
  const { login } = await aCarefulPerson()
  const { caller } = await enter(login)
  expect((await caller.try(account.changePassword, { body: { current: PASSWORD, next: 'Xinmima-2026' } })).code).toBe('SignInUnfinished')
  expect((await caller.try(account.beginSecondFactor)).code).toBe('SecondFactorSet')
  expect((await caller.try(account.completeSecondFactor, { body: { code: '000000' } })).code).toBe('SecondFactorSet')
  expect((await caller.try(account.removeSecondFactor, { body: { code: '000000' } })).code).toBe('SignInUnfinished')
})

test.each([
  [-60, false],
  [-30, true],
  [0, true],
  [30, true],
  [60, false],
])('a code whose time is %i seconds off is taken: %s', async (seconds, taken) => {
  const { login, secret } = await aCarefulPerson()
  house.clock.advance({ minutes: 5 })
  const { caller } = await enter(login)
  const code = codeAt(secret, new Date(house.clock.now().getTime() + seconds * 1000))
  expect((await confirm(caller, code)).status).toBe(taken ? 200 : 422)
})

test('a code works once, also when it comes twice at the same moment', async () => {
  const { login, secret } = await aCarefulPerson()
  const [one, two] = [await enter(login), await enter(login)]
  const code = codeNow(secret)
  const answers = await Promise.all([confirm(one!.caller, code), confirm(two!.caller, code)])
  expect(answers.map((a) => a.status).toSorted()).toEqual([200, 422])
  expect((await confirm((await enter(login)).caller, code)).code).toBe('CodeRefused')
})

test('codes cannot be guessed: five tries, whichever session they come from', async () => {
  const { login, secret } = await aCarefulPerson()
  const callers = [await enter(login), await enter(login), await enter(login)].map((entered) => entered.caller)
  const codes = []
  for (let n = 0; n < 5; n++) codes.push((await confirm(callers[n % 3]!, '000000')).code)
  expect(codes).toEqual([...Array(4).fill('CodeRefused'), 'AccountLocked'])
  expect((await confirm(callers[2]!, codeNow(secret))).code).toBe('AccountLocked')
  expect((await nobody(house).try(signIn, { body: { login, password: PASSWORD } })).code).toBe('AccountLocked')
})

test('signing in again does not give fresh tries for codes', async () => {
  const { login } = await aCarefulPerson()
  for (let n = 0; n < 4; n++) expect((await confirm((await enter(login)).caller, '000000')).code).toBe('CodeRefused')
  expect((await confirm((await enter(login)).caller, '000000')).code).toBe('AccountLocked')
})

test('an administrator without authenticator can only bind one', async () => {
  const { login } = await aPerson(['audit-administrator'])
  const { owes, caller } = await enter(login)
  expect(owes).toBe('set-up-second-factor')
  expect((await caller.try(me)).code).toBe('SignInUnfinished')
  const { secret } = await caller.call(account.beginSecondFactor)
  expect((await caller.try(account.completeSecondFactor, { body: { code: codeNow(secret) } })).body).toEqual({ owes: null })
  expect((await caller.call(me)).permissions).toEqual(['audit.read'])
})

test('an authenticator is removed with its code; an administrator then has to bind a new one', async () => {
  const { login, secret } = await aCarefulPerson(['audit-administrator'])
  const { caller } = await enter(login)
  await confirm(caller, codeNow(secret))
  house.clock.advance({ minutes: 1 })
  const answer = await caller.try(account.removeSecondFactor, { body: { code: codeNow(secret) } })
  expect(answer.body).toEqual({ owes: 'set-up-second-factor' })
  expect((await caller.try(me)).code).toBe('SignInUnfinished')
})

test('for a lost phone the security administrator takes it away; nobody does so for themselves', async () => {
  const { id, login, secret } = await aCarefulPerson()
  const { caller } = await enter(login)
  await confirm(caller, codeNow(secret))
  const security = await house.as('security-administrator')
  await security.call(resetSecondFactor, { params: { staffId: id } })
  expect((await caller.try(me)).code).toBe('NotSignedIn')
  expect((await enter(login)).owes).toBeNull()
  expect((await security.try(resetSecondFactor, { params: { staffId: security.staffId } })).code).toBe('NotOnOneself')
})
