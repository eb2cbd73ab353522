import pg from 'pg'
import { APPLICATION_ROLE } from '../../src/platform/database/migrate.ts'
import { atOnce } from '../at-once.ts'
import { print, quantile, round, type Ground } from '../ground.ts'
import { replay, statementsOf, withValue } from './statements.ts'
import { serve } from './served.ts'

/** The last is what is promised for; the first is what a machine of two cores is asked on a busy day. */
const CONNECTIONS = [4, 16]
const CALLS = 4000

/**
 * The patient's page: its one call over HTTP, as a physician with tens of thousands of customers, a line for each number
 * of connections.
 * Reference: the very statements of that call (the session, the file, the line of the audit log) on the bare driver.
 */
export async function measure(ground: Ground): Promise<void> {
  const { house, tenant, databaseUrl } = ground
  const served = await serve(ground, 'doctor0')
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: Math.max(...CONNECTIONS),
    options: `-c role=${APPLICATION_ROLE} -c peiban.organization_id=${tenant.id}`,
  })
  // The server stops while idle connections are still open; nothing is lost by that.
  pool.on('error', () => {})
  try {
    const doctor = await house.databases
      .of(tenant.id)
      .selectFrom('staff')
      .select('id')
      .where('login', '=', 'doctor0')
      .executeTakeFirstOrThrow()
    const own = await house.databases
      .of(tenant.id)
      .selectFrom('patient')
      .select('id')
      .where('organization_id', '=', tenant.id)
      .where('doctor_id', '=', doctor.id)
      .orderBy('id')
      .limit(8000)
      .execute()
    const ids = shuffled(own.map((row) => row.id))
    const path = (n: number) => `/api/patients/${ids[n % ids.length]}/overview`
    const answer = await served.get(path(0))
    if (answer.status !== 200)
      throw new Error(`the patient's page answered ${answer.status}: ${answer.body.slice(0, 300)}`)
    const statements = (await statementsOf(async () => void (await served.get(path(0))))).filter(
      ({ text }) => !text.startsWith('set peiban'),
    )
    const bareCall = async (n: number): Promise<void> => {
      const client = await pool.connect()
      try {
        await replay(client, freshIds(withValue(statements, ids[0], ids[n % ids.length]), house.ids.next))
      } finally {
        client.release()
      }
    }
    for (const connections of CONNECTIONS) {
      const paths = Array.from({ length: CALLS + 1000 }, (_, n) => path(n))
      await served.ask(paths.slice(0, 1000), connections)
      const ours = await served.ask(paths.slice(1000), connections)
      await atOnce(connections, 1000, bareCall)
      const bare = await atOnce(connections, CALLS, (n) => bareCall(n + 1000))
      print('patient', {
        connections,
        calls: CALLS,
        p50Ms: quantile(ours, 0.5),
        p99Ms: quantile(ours, 0.99),
        reference: {
          what: `the same ${statements.length} statements on the bare driver`,
          p50Ms: quantile(bare, 0.5),
          p99Ms: quantile(bare, 0.99),
        },
        ratioP50: round(quantile(ours, 0.5) / quantile(bare, 0.5)),
        ratioP99: round(quantile(ours, 0.99) / quantile(bare, 0.99)),
        bytes: answer.body.length,
        rssMb: Math.round(process.memoryUsage().rss / 1e6),
      })
    }
  } finally {
    await pool.end()
    await served.close()
  }
}

/** A line of the audit log, which is JSON, is inserted under a new id each time. */
function freshIds(statements: ReturnType<typeof withValue>, next: () => string) {
  return statements.map((statement) =>
    statement.text.includes('insert into audit_entry')
      ? {
          ...statement,
          values: statement.values.map((lines) => String(lines).replace(/"id":"[^"]+"/, `"id":"${next()}"`)),
        }
      : statement,
  )
}

/** The same order in each run, far from the order of the ids. */
export function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item, n) => [(n * 2_654_435_761) % 4_294_967_296, item] as const)
    .toSorted((a, b) => a[0] - b[0])
    .map(([, item]) => item)
}
