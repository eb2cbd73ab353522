import { expect, test } from 'vitest'
import { aHouse, type Caller } from '../../../test/house.ts'
import { createApiKey, listApiKeys, revokeApiKey } from './contract/api-key.ts'
import { authenticate } from './server/index.ts'

const house = await aHouse()
const administrator = await house.as('system-administrator')
const make = (caller: Caller, validDays: number | null = null) =>
  caller.call(createApiKey, { body: { name: '检验科 LIS', permissions: ['intake.submit'], validDays } })
const bearer = (key: string) => authenticate(house.house, { bearer: key })
const get = (path: string, key: string) => house.app.inject({ url: `/api${path}`, headers: { authorization: `Bearer ${key}` } })

test('a key may hand reports in and nothing else', async () => {
  const { key } = await make(administrator)
  const caller = await bearer(key)
  expect(caller?.actor).toMatchObject({ kind: 'device', name: '检验科 LIS', roles: [] })
  expect([...caller!.actor.permissions]).toEqual(['intake.submit'])
  for (const path of ['/me', '/staff/directory', '/organization', '/api-keys', '/me/sessions'])
    expect((await get(path, key)).statusCode, path).toBe(403)
})

test('it cannot be given a permission that reads', async () => {
  const answer = await administrator.try(createApiKey, { body: { name: 'x', permissions: ['record.read' as never], validDays: null } })
  expect(answer).toMatchObject({ status: 400, code: 'InvalidInput' })
})

test('the list shows no key, and when it was last used', async () => {
  const { id, key } = await make(administrator)
  await bearer(key)
  const { keys } = await administrator.call(listApiKeys)
  expect(keys.find((k) => k.id === id)).toMatchObject({ lastUsedAt: house.clock.now().toISOString(), revokedAt: null })
  expect(JSON.stringify(keys)).not.toContain(key.slice(33))
})

test('it stops when it is revoked, once, and when it has run out', async () => {
  const { id, key } = await make(administrator)
  await administrator.call(revokeApiKey, { params: { apiKeyId: id } })
  expect(await bearer(key)).toBeUndefined()
  expect((await administrator.try(revokeApiKey, { params: { apiKeyId: id } })).status).toBe(404)
  const short = await make(administrator, 1)
  expect(await bearer(short.key)).toBeDefined()
  house.clock.advance({ days: 1 })
  expect(await bearer(short.key)).toBeUndefined()
})

test('a session token is no key and a key no session', async () => {
  const { key } = await make(await house.as('system-administrator'))
  expect(await bearer(administrator.token)).toBeUndefined()
  expect(await authenticate(house.house, { cookie: key })).toBeUndefined()
})
