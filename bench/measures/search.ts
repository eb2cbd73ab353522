import pg from 'pg'
import { memberAt } from '../population/index.ts'
import { APPLICATION_ROLE } from '../../src/platform/database/migrate.ts'
import { atOnce } from '../at-once.ts'
import { print, quantile, round, type Ground } from '../ground.ts'
import { replay, statementsOf } from './statements.ts'
import { serve } from './served.ts'

/** The search of people as the front desk (everybody) and as a physician (own customers), by what people type. */
export async function measure(ground: Ground): Promise<void> {
  for (const login of ['qiantai', 'doctor0']) await measureAs(ground, login)
}

async function measureAs(ground: Ground, login: string): Promise<void> {
  const { tenant, databaseUrl, house, patients } = ground
  const served = await serve(ground, login)
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: 16,
    options: `-c role=${APPLICATION_ROLE} -c peiban.organization_id=${tenant.id}`,
  })
  // The server stops while idle connections are still open; nothing is lost by that.
  pool.on('error', () => {})
  const today = house.clock.today(tenant.timeZone)
  const kinds: Record<string, (n: number) => string> = {
    'whole name': (n) => memberAt(1, (n * 7919) % patients, { years: 0, today }).person.name,
    'family name': (n) => '王李张刘陈'[n % 5]!,
    'given name': (n) => [...memberAt(1, (n * 7919) % patients, { years: 0, today }).person.name].slice(-1).join(''),
    pinyin: (n) => ['wangwei', 'zhangm', 'lix', 'chenj', 'liuyang'][n % 5]!,
    initials: (n) => ['ww', 'zsh', 'lx', 'cj', 'lyq'][n % 5]!,
    phone: (n) => memberAt(1, (n * 7919) % patients, { years: 0, today }).person.phone,
    'last four': (n) => String(1000 + ((n * 37) % 9000)),
    nobody: (n) => `龘龖${n}`,
  }
  try {
    for (const [kind, query] of Object.entries(kinds)) {
      const path = (n: number) => `/api/patients/search?q=${encodeURIComponent(query(n))}`
      const paths = Array.from({ length: 440 }, (_, n) => path(n))
      await served.ask(paths.slice(0, 40), 4)
      const ours = await served.ask(paths.slice(40), 4)
      const statements = (await statementsOf(async () => void (await served.get(path(1))))).filter(
        ({ text }) => !/^set peiban|insert into audit_entry/.test(text),
      )
      const bare = await atOnce(4, 400, async () => {
        const client = await pool.connect()
        try {
          await replay(client, statements)
        } finally {
          client.release()
        }
      })
      print('search', {
        as: login,
        by: kind,
        p50Ms: quantile(ours, 0.5),
        p99Ms: quantile(ours, 0.99),
        reference: {
          what: 'the same statements on the bare driver',
          p50Ms: quantile(bare, 0.5),
          p99Ms: quantile(bare, 0.99),
        },
        ratioP50: round(quantile(ours, 0.5) / quantile(bare, 0.5)),
      })
    }
  } finally {
    await pool.end()
    await served.close()
  }
}
