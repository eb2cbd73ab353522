import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { copyInto, copyLine, type Cell } from './copy.ts'

const client = new pg.Client({ connectionString: inject('serverUrl').replace('DATABASE', 'postgres') })
const COLUMNS = ['n', 'text', 'bytes', 'words', 'document', 'at', 'flag', 'amount']

beforeAll(async () => {
  await client.connect()
  await client.query(
    'create temporary table odd (n int, text text, bytes bytea, words text[], document jsonb, at timestamptz, flag boolean, amount float8)',
  )
})
beforeEach(() => client.query('truncate odd'))
afterAll(() => client.end())

/** What a row has become in the database. */
async function afterCopy(cells: Cell[]): Promise<Record<string, unknown>> {
  await copyInto(client, 'odd', COLUMNS, [copyLine(cells)])
  return (await client.query<Record<string, unknown>>('table odd')).rows[0]!
}

describe('text survives', () => {
  test.each([
    '',
    ' ',
    '制表\t换行\n回车\r反斜\\',
    '\\N',
    '\\.',
    '\\\\N',
    '\\n',
    '"',
    "'",
    '{}',
    'NULL',
    'a,b;c',
    '𠮷野家 䶮 👩‍⚕️',
    '\b\f\v\u0001\u007f',
    '\u2028',
    'x'.repeat(100_000),
  ])('%j', async (text) => {
    const row = await afterCopy([1, text, Buffer.from(text), [text, ''], { [text]: [text] }, null, true, 1])
    expect(row).toMatchObject({ text, words: [text, ''], document: { [text]: [text] } })
    expect((row['bytes'] as Buffer).toString()).toBe(text)
  })
})

test('all bytes survive', async () => {
  const bytes = Buffer.from(Array.from({ length: 512 }, (_, n) => n % 256))
  expect((await afterCopy([1, null, bytes, null, null, null, null, null]))['bytes']).toEqual(bytes)
})

test('nothing is null and not empty, empty is empty and not null', async () => {
  const none = await afterCopy([1, null, undefined, null, undefined, null, undefined, null])
  expect(none).toEqual({
    n: 1,
    text: null,
    bytes: null,
    words: null,
    document: null,
    at: null,
    flag: null,
    amount: null,
  })
  await client.query('truncate odd')
  const empty = await afterCopy([1, '', Buffer.alloc(0), [], {}, null, false, 0])
  expect(empty).toMatchObject({ text: '', bytes: Buffer.alloc(0), words: [], document: {}, flag: false, amount: 0 })
})

test('instants, numbers and nested documents survive', async () => {
  const document = { zh: '换行\n', list: [1, null, { quote: '"' }], yes: true }
  const row = await afterCopy([-1, 'x', null, null, document, new Date('2026-03-02T02:00:00.123Z'), true, 0.1 + 0.2])
  expect(row).toMatchObject({
    n: -1,
    document,
    at: new Date('2026-03-02T02:00:00.123Z'),
    flag: true,
    amount: 0.1 + 0.2,
  })
})

test('many rows go in, in their order; none asks nothing of the database', async () => {
  await copyInto(
    client,
    'odd',
    ['n', 'text'],
    Array.from({ length: 2501 }, (_, n) => copyLine([n, `第${n}行`])),
  )
  const { rows } = await client.query(
    'select count(*)::int count, max(n) max, count(distinct text)::int texts from odd',
  )
  expect(rows).toEqual([{ count: 2501, max: 2500, texts: 2501 }])
  await copyInto(client, 'no_such_table', ['n'], [])
})

test('a row that does not fit refuses all of them, and the connection goes on', async () => {
  const lines = [copyLine([1, 'good']), copyLine(['one', 'bad'])]
  await expect(copyInto(client, 'odd', ['n', 'text'], lines)).rejects.toMatchObject({ code: '22P02' })
  expect((await client.query('table odd')).rows).toEqual([])
})
