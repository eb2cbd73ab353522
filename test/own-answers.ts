import type pg from 'pg'
import type { Endpoint } from '../src/platform/contract/index.ts'

/** Rows of one organization by table, as many as help to make a call. */
export type OwnRows = Map<string, Record<string, unknown>[]>

const tenantTables = (client: pg.Client) =>
  client.query<{ table_name: string }>(
    `select c.table_name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
     where c.table_schema = 'public' and c.column_name = 'organization_id' and t.table_type = 'BASE TABLE' order by 1`,
  )

export async function ownRows(client: pg.Client, organizationId: string, limit = 60): Promise<OwnRows> {
  const tables: OwnRows = new Map()
  for (const { table_name } of (await tenantTables(client)).rows) {
    const { rows } = await client.query<{ row: Record<string, unknown> }>(
      `select to_jsonb(t) row from ${table_name} t where organization_id = $1 limit ${limit}`,
      [organizationId],
    )
    tables.set(
      table_name,
      rows.map(({ row }) => row),
    )
  }
  return tables
}

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const MOST = 160

/**
 * What an endpoint may be called with, out of what the organization has: rows that hold all its parameters, by their
 * names, or each parameter from wherever a column or a table is called like it.
 */
export function ownParams(
  endpoint: Endpoint,
  tables: OwnRows,
  also: Record<string, string[]> = {},
): Record<string, string>[] {
  const names = [...endpoint.path.matchAll(/:(\w+)/g)].map((match) => match[1]!)
  if (names.length === 0) return [{}]
  const room = endpoint.name.split('.')[0]!.toLowerCase()
  const nearFirst = [...tables].toSorted(([a], [b]) => Number(isOf(b, room)) - Number(isOf(a, room)))
  const whole = nearFirst.flatMap(([table, rows]) =>
    rows.flatMap((row) => {
      const found = names.map((name) => valueOf(table, row, name))
      return found.every((value) => value !== undefined)
        ? [Object.fromEntries(names.map((name, n) => [name, found[n]!]))]
        : []
    }),
  )
  const single = (name: string) => [
    ...(also[name] ?? []),
    ...new Set(nearFirst.flatMap(([table, rows]) => rows.flatMap((row) => valueOf(table, row, name) ?? []))),
  ]
  const mixed = names.reduce<Record<string, string>[]>(
    (sets, name) =>
      sets
        .flatMap((set) =>
          single(name)
            .slice(0, 40)
            .map((value) => ({ ...set, [name]: value })),
        )
        .slice(0, MOST),
    [{}],
  )
  const named = names.length === 1 ? (also[names[0]!] ?? []).map((value) => ({ [names[0]!]: value })) : []
  return [...named, ...spread(whole).slice(0, MOST), ...mixed]
}

/** First one of each kind of value, so that a hundred rows of one patient do not stand before the second patient. */
function spread(sets: Record<string, string>[]): Record<string, string>[] {
  const seen = new Set<string>()
  const fresh = (set: Record<string, string>) => {
    const key = Object.values(set).join()
    return !seen.has(key) && seen.add(key)
  }
  const byFirst = Map.groupBy(sets.filter(fresh), (set) => Object.values(set)[0]!)
  const lists = [...byFirst.values()]
  const longest = Math.max(0, ...lists.map((list) => list.length))
  return Array.from({ length: longest }, (_, n) => lists.flatMap((list) => list.slice(n, n + 1))).flat()
}

const isOf = (table: string, room: string) => table.replaceAll('_', '').startsWith(room.replaceAll('-', ''))

function valueOf(table: string, row: Record<string, unknown>, name: string): string | undefined {
  const bare = snake(name.replace(/Id$/, ''))
  const isItsTable = name.endsWith('Id') && (table === bare || table.endsWith(`_${bare}`))
  const value = row[snake(name)] ?? (isItsTable ? row['id'] : row[bare])
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
}

/** What every answer has and what says nothing by itself. */
const SILENT = new Set(['can', 'total', 'next', 'locale', 'state', 'version', 'today', 'key'])

/** What one thing has and a list has not. */
const OF_ONE = new Set(['id', 'code', 'text', 'definition', 'order'])

/** Whether an answer tells anything: a list that is not empty; without any list, a word or a number that is not nought. */
export function saysSomething(answer: unknown): boolean {
  if (Array.isArray(answer)) return answer.length > 0
  if (typeof answer !== 'object' || answer === null) return isWord(answer)
  const parts = Object.entries(answer).filter(([key]) => !SILENT.has(key))
  const lists = parts.filter(([, value]) => Array.isArray(value))
  if (lists.some(([, value]) => (value as unknown[]).length > 0)) return true
  // One thing with a list of its own that is empty, or a list with nothing in it?
  if (lists.length > 0) return parts.some(([name, value]) => OF_ONE.has(name) && saysSomething(value))
  return parts.some(([, value]) => saysSomething(value))
}

const isWord = (value: unknown) =>
  (typeof value === 'string' && value !== '') || (typeof value === 'number' && value !== 0) || value === true
