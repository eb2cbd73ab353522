import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { labMessage, memberAt } from '../population/index.ts'
import { runningEmbedded } from '../../src/platform/database/embedded.ts'
import { connectMllp } from '../../src/rooms/report-intake/server/wire/mllp-client.ts'
import { print, round, type Ground } from '../ground.ts'
import { freePort, isReady, pause, rssMbOfTree } from './process.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const REPORTS = 8000
const CONNECTIONS = 8

/**
 * ORU messages of 20 observations over MLLP into a server of its own process, until each is filed and its patient
 * evaluated; and, told apart, until estimates of risk, which give way to both, are made as well. Reference: the same
 * rows inserted into tables of the same shape and keys, 500 reports a statement.
 */
export async function measure(ground: Ground): Promise<void> {
  const { tenant, house, dataFolder, patients, databaseUrl } = ground
  const today = house.clock.today(tenant.timeZone)
  const run = house.clock.now().getTime().toString(36)
  // Each run writes to the next members: nobody has ten reports of one day after ten runs.
  const from = ((house.clock.now().getTime() / 1000) % patients) | 0
  const messages = Array.from({ length: REPORTS }, (_, n) =>
    messageOf((from + n * 7919) % patients, `${run}${n}`, today),
  )
  const bareSeconds = await insertBare(databaseUrl, tenant.id)
  await ground.close()
  ground.close = async () => {}
  const [port, mllpPort] = [await freePort(), await freePort()]
  const child = spawn(process.execPath, [join(ROOT, 'bin/peiban.mjs'), 'start'], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      PEIBAN_DATA: dataFolder,
      PORT: String(port),
      MLLP_PORT: String(mllpPort),
      HOST: '127.0.0.1',
      LOG_LEVEL: 'error',
    },
  })
  try {
    while (!(await isReady(port))) await pause(100)
    const client = new pg.Client({ connectionString: runningEmbedded(join(dataFolder, 'postgresql'))!.url })
    await client.connect()
    await untilEstimated(client, tenant.id)
    const started = performance.now()
    const answers = await sendAll(mllpPort, messages)
    const acknowledged = (performance.now() - started) / 1000
    await untilDone(client, tenant.id)
    const done = (performance.now() - started) / 1000
    await untilEstimated(client, tenant.id)
    const estimated = (performance.now() - started) / 1000
    const { rows } = await client.query<{ state: string; n: number }>(
      `select state, count(*)::int n from intake where control_id like $1 group by 1`,
      [`${run}%`],
    )
    await client.end()
    print('intake', {
      reports: REPORTS,
      observations: REPORTS * 20,
      perSecond: round(REPORTS / done, 0),
      withEstimatesPerSecond: round(REPORTS / estimated, 0),
      acknowledgedPerSecond: round(REPORTS / acknowledged, 0),
      answers,
      states: Object.fromEntries(rows.map((row) => [row.state, row.n])),
      reference: { what: 'the same rows inserted in batches', perSecond: round(REPORTS / bareSeconds, 0) },
      ratio: round(done / bareSeconds),
      rssMb: rssMbOfTree(child.pid!),
    })
  } finally {
    child.kill('SIGTERM')
    if (child.exitCode === null) await new Promise((done) => child.once('exit', done))
  }
}

function messageOf(index: number, controlId: string, today: string): Buffer {
  const member = memberAt(1, index, { years: 1, today, shape: 'uniform' })
  const checkup = member.checkups.at(-1)!
  const text = labMessage(member, checkup, { controlId, sentAt: `${today.replaceAll('-', '')}120000` })
  return Buffer.from(text.replaceAll(checkup.number, `R${controlId}`))
}

async function sendAll(port: number, messages: readonly Buffer[]): Promise<Record<string, number>> {
  const answers: Record<string, number> = {}
  let next = 0
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      const client = await connectMllp({ port, window: 16 })
      const lane = async (): Promise<void> => {
        for (let n = next++; n < messages.length; n = next++) {
          const code = /MSA\|(\w+)/.exec((await client.send(messages[n]!)).toString())?.[1] ?? 'none'
          answers[code] = (answers[code] ?? 0) + 1
        }
      }
      await Promise.all(Array.from({ length: 16 }, lane))
      await client.close()
    }),
  )
  return answers
}

async function untilDone(client: pg.Client, organizationId: string): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ open: boolean }>(
      `select exists (select from intake where organization_id = $1 and state = 'received')
         or exists (select from agenda where organization_id = $1 and due_at <= now()) open`,
      [organizationId],
    )
    if (!rows[0]?.open) return
    await pause(50)
  }
}

/** Estimates of risk give way while reports stream in: those of a run before would else be made in this one. */
async function untilEstimated(client: pg.Client, organizationId: string): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ waits: boolean }>(
      `select exists (select from risk_due where organization_id = $1) waits`,
      [organizationId],
    )
    if (!rows[0]?.waits) return
    await pause(100)
  }
}

async function insertBare(url: string, organizationId: string): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(
      `create table bench_report (like report including all); create table bench_observation (like observation including all)`,
    )
    const people = (
      await client.query<{ id: string }>('select id from patient where organization_id = $1 limit $2', [
        organizationId,
        REPORTS,
      ])
    ).rows
    const started = performance.now()
    for (let at = 0; at < REPORTS; at += 500) {
      const ids = Array.from({ length: 500 }, (_, n) => people[(at + n) % people.length]!.id)
      await client.query('begin')
      await client.query(
        `insert into bench_report (organization_id, id, patient_id, category, title, status, source_system, source_report_id, fingerprint, effective_at, recorded_at)
         select $1, gen_random_uuid(), id, 'laboratory', '常规检验', 'final', 'bench', gen_random_uuid()::text, '\\x00', now(), now() from unnest($2::uuid[]) id`,
        [organizationId, ids],
      )
      await client.query(
        `insert into bench_observation (organization_id, patient_id, code, effective_at, id, value, unit, low, high, range_text, flag, source, recorded_at)
         select $1, id, 'code' || n, now(), gen_random_uuid(), random() * 100, 'mmol/L', 1, 9, '1-9', 'N', 'lab', now()
         from unnest($2::uuid[]) id, generate_series(1, 20) n`,
        [organizationId, ids],
      )
      await client.query('commit')
    }
    return (performance.now() - started) / 1000
  } finally {
    await client.query('drop table if exists bench_report, bench_observation')
    await client.end()
  }
}
