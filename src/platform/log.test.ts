import { Writable } from 'node:stream'
import pg from 'pg'
import { describe, expect, inject, test } from 'vitest'
import { createLogger, type Logger } from './log.ts'

const PHONE = '18012341999'

/** What a logger writes, line by line. */
function listening(level = 'info'): { log: Logger; lines: () => Record<string, unknown>[]; text: () => string } {
  let text = ''
  const destination = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      text += String(chunk)
      done()
    },
  })
  const lines = () =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
  return { log: createLogger({ level, destination }), lines, text: () => text }
}

describe('what must not stand in a log is removed', () => {
  test.each([
    ['at the top', { phone: PHONE }],
    ['in an object', { patient: { phone: PHONE } }],
    ['deep down', { a: { b: { c: { d: { phone: PHONE } } } } }],
    ['in a list', { patients: [{ contacts: [{ phone: PHONE }] }] }],
    ['as a whole object', { body: { text: PHONE } }],
    ['a token', { request: { headers: { authorization: `Bearer ${PHONE}`, cookie: PHONE } } }],
    ['beside an error', { err: Object.assign(new Error('away'), { values: { phone: PHONE } }) }],
  ])('%s', (_where, entry) => {
    const { log, text } = listening()
    log.info(entry, 'said')
    expect(text()).not.toContain(PHONE)
    expect(text()).toContain('[removed]')
  })

  test('and what was handed in is left as it was', () => {
    const { log } = listening()
    const entry = { patient: { phone: PHONE } }
    log.info(entry)
    expect(entry).toEqual({ patient: { phone: PHONE } })
  })

  test('the row that PostgreSQL quotes in its refusal', async () => {
    const client = new pg.Client({ connectionString: inject('serverUrl').replace('DATABASE', 'postgres') })
    await client.connect()
    const refusal = await client
      .query(
        `create temporary table contact (phone text check (length(phone) = 4)); insert into contact values ('${PHONE}')`,
      )
      .catch((error: Error) => error)
      .finally(() => client.end())
    expect(JSON.stringify(refusal)).toContain(PHONE)
    const { log, lines, text } = listening()
    log.error({ err: refusal }, 'fault')
    log.warn({ outcome: { reason: refusal } }, 'the same below')
    expect(text()).not.toContain(PHONE)
    expect(lines()[0]).toMatchObject({ err: { code: '23514', constraint: 'contact_phone_check', table: 'contact' } })
  })
})

test('a line says when, how grave and what; the rest stays', () => {
  const { log, lines } = listening()
  log.warn({ patientId: 'p1', counts: [1, 2], at: new Date(0), nothing: null }, 'looked')
  expect(lines()[0]).toMatchObject({
    level: 'warn',
    msg: 'looked',
    patientId: 'p1',
    counts: [1, 2],
    at: '1970-01-01T00:00:00.000Z',
    nothing: null,
  })
  expect(lines()[0]!['time']).toMatch(/^\d{4}-\d\d-\d\dT/)
})

test('an error is written with its stack and its cause', () => {
  const { log, lines } = listening()
  log.error({ err: new Error('outer', { cause: new Error('inner') }) })
  expect(lines()[0]!['err']).toMatchObject({
    type: 'Error',
    message: 'outer: inner',
    stack: expect.stringContaining('log.test.ts'),
  })
})

test('something that holds itself does not hang the log', () => {
  const { log, lines } = listening()
  const ring: Record<string, unknown> = { phone: PHONE }
  ring['self'] = ring
  log.info({ ring })
  expect(lines()).toHaveLength(1)
})

test('below its level nothing is written', () => {
  const { log, text } = listening('warn')
  log.info('chatter')
  expect(text()).toBe('')
})
