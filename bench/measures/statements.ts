import pg from 'pg'

export interface Statement {
  /** Of a prepared one: the reference prepares it too. */
  name?: string
  text: string
  values: unknown[]
}

/** Notes every statement that any connection of this process runs while `use` runs. */
export async function statementsOf(use: () => Promise<void>): Promise<Statement[]> {
  const noted: Statement[] = []
  const prototype = pg.Client.prototype as unknown as { query: (...args: unknown[]) => unknown }
  const original = prototype.query
  prototype.query = function note(this: unknown, ...args: unknown[]): unknown {
    if (typeof args[0] === 'string')
      noted.push({ text: args[0], values: Array.isArray(args[1]) ? (args[1] as unknown[]) : [] })
    else if (isStatement(args[0])) noted.push({ ...args[0], values: args[0].values ?? [] })
    return original.apply(this, args)
  }
  try {
    await use()
  } finally {
    prototype.query = original
  }
  return noted
}

function isStatement(asked: unknown): asked is Statement {
  return typeof asked === 'object' && asked !== null && 'text' in asked
}

/** The same statements with one value put in place of another, wherever it stands. */
export function withValue(statements: readonly Statement[], old: unknown, value: unknown): Statement[] {
  return statements.map(({ values, ...rest }) => ({
    ...rest,
    values: values.map((v) =>
      v === old ? value : Array.isArray(v) ? v.map((item) => (item === old ? value : item)) : v,
    ),
  }))
}

/** Runs statements one after another on a connection of the bare driver. */
export async function replay(client: pg.PoolClient, statements: readonly Statement[]): Promise<void> {
  for (const statement of statements) await client.query(statement)
}
