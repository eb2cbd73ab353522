import { randomBytes } from 'node:crypto'
import { createServer, type AddressInfo } from 'node:net'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { checkServer, findingsOf, type Finding } from './preflight.ts'

const codes = (findings: Finding[]) => findings.map(({ code }) => code)

const name = `check_${randomBytes(4).toString('hex')}`
const own = inject('serverUrl').replace('DATABASE', name)
/** The same database as a user without any rights. */
const asGuest = Object.assign(new URL(own), { username: name, password: 'guest' }).href

beforeAll(async () => {
  await administer('postgres', `create database ${name}`)
  await administer(name, `create role ${name} login password 'guest'; revoke all on schema public from public; revoke temporary on database ${name} from public`)
})
afterAll(async () => {
  await administer('postgres', `drop database ${name} with (force)`)
  await administer('postgres', `drop role ${name}`)
})

async function administer(database: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('serverUrl').replace('DATABASE', database) })
  await client.connect()
  await client.query(sql).finally(() => client.end())
}

test('a server with all rights has no findings', async () => {
  expect(await checkServer(own)).toEqual([])
})

test('all rights that lack are found at once, with the statement that grants each', async () => {
  const findings = await checkServer(asGuest)
  expect(codes(findings)).toEqual(['MayNotCreateTables', 'MayNotCreateSchemas', 'MayNotCreateTemporary', 'MayNotCreateRole'])
  for (const { zh, en } of findings) expect([zh, en]).toEqual([expect.stringContaining(name), expect.stringContaining(name)])
})

test('what it advises is what it takes', async () => {
  await administer(name, `grant create on schema public to ${name}`)
  await administer(name, `grant temporary on database ${name} to ${name}`)
  await administer(name, `grant create on database ${name} to ${name}`)
  expect(codes(await checkServer(asGuest))).toEqual(['MayNotCreateRole'])
  await administer(name, `grant peiban_app to ${name}`)
  expect(codes(await checkServer(asGuest))).toEqual([])
})

describe('no connection', () => {
  test.each([
    { what: 'a wrong password', url: own.replace(/:[^:@/]+@/, ':wrong@'), code: 'PasswordRefused' },
    { what: 'no such database', url: own.replace(name, 'no_such'), code: 'DatabaseMissing' },
    { what: 'not an address', url: 'localhost:5432', code: 'BadUrl' },
    { what: 'another kind of database', url: 'mysql://a:b@localhost/c', code: 'BadUrl' },
  ])('$what', async ({ url, code }) => {
    const findings = await checkServer(url)
    expect(codes(findings)).toEqual([code])
    expect(JSON.stringify(findings)).not.toContain('wrong')
  })

  test('nobody listens', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as AddressInfo
    await new Promise((resolve) => server.close(resolve))
    const [finding] = await checkServer(`postgres://a:b@127.0.0.1:${port}/c`)
    expect(finding).toMatchObject({ code: 'Unreachable', en: expect.stringMatching(`127.0.0.1:${port}.*ECONNREFUSED`) as string })
  })
})

const good = { version: 180_004, encoding: 'UTF8', tables: true, schemas: true, temporary: true, role: true }

test.each([
  { seen: good, expected: [] },
  { seen: { ...good, version: 150_018 }, expected: [] },
  { seen: { ...good, version: 140_011 }, expected: ['ServerTooOld'] },
  { seen: { ...good, encoding: 'SQL_ASCII', role: false }, expected: ['NotUtf8', 'MayNotCreateRole'] },
])('$seen.version, $seen.encoding → $expected', ({ seen, expected }) => {
  expect(codes(findingsOf(seen, { database: 'd', user: 'u' }))).toEqual(expected)
})
