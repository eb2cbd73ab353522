import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { aHouse, TEST_NOW } from '../house.ts'
import { aMailServer } from '../browser/mail-server.ts'
import { addFacts } from '../../src/rooms/observation/server/index.ts'
import { installShippedProtocols } from '../../src/rooms/follow-up/server/index.ts'
import { installShippedTags } from '../../src/rooms/tag/server/index.ts'

/**
 * The worker is killed with SIGKILL at random moments while it works off everybody at once, as often as asked; then one
 * is left to finish. Nobody's follow-up may be lost, none may be there twice; every mail of theirs arrives, and none twice
 * that the ledger does not count. Prints the seed of its moments.
 */
const PATIENTS = Number(process.env['PEIBAN_KILL_PATIENTS'] ?? 2000)
/** In each of the three acts: while people are let in, while windows open, while mails go out. */
const KILLS = Math.ceil(Number(process.env['PEIBAN_KILLS'] ?? 10) / 3)
const SEED = Number(process.env['PEIBAN_SEED'] ?? randomBytes(4).readUInt32LE())
/** A batch that takes long enough to be hit in its middle. */
const BATCH = Math.max(50, Math.min(500, Math.round(PATIENTS / 20)))

const house = await aHouse()
const files = mkdtempSync(join(tmpdir(), 'peiban-kill-'))
afterAll(() => rmSync(files, { recursive: true, force: true }))
const databaseUrl = String(house.house.databases.pool.options.connectionString)

/** @param smtp sends messages there instead of evaluating people */
function aWorker(
  now: string,
  smtp = '',
): {
  child: ChildProcess
  ready: Promise<void>
  ended: Promise<string>
  said: () => string
} {
  const env = {
    ...process.env,
    DATABASE: databaseUrl,
    NOW: now,
    KEY: house.key.toString('hex'),
    SMTP: smtp,
    FILES: files,
    BATCH: String(BATCH),
  }
  const child = spawn(process.execPath, [join(import.meta.dirname, 'care-worker.ts')], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stderr!.on('data', (data: Buffer) => (said += String(data)))
  const ready = new Promise<void>((resolve, reject) => {
    child.stdout!.on('data', (data: Buffer) => {
      said += String(data)
      if (said.includes('ready')) resolve()
    })
    child.once('exit', () => reject(new Error(`the worker ended before it began: ${said}`)))
  })
  const ended = new Promise<string>((resolve) =>
    child.once('exit', (code, signal) => resolve(signal ?? `${code} ${said}`)),
  )
  return { child, ready, ended, said: () => said }
}

/** Seeded numbers between 0 and 1 (mulberry32). */
function chance(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

const count = async (query: string): Promise<number> => {
  const { rows } = await sql
    .raw<{ n: number }>(`select count(*)::int n from (${query}) q`)
    .execute(house.house.databases.of(house.tenant.id))
  return rows[0]!.n
}
const due = (now: string) => count(`select from agenda where due_at <= '${now}'`)

const unsent = () => count(`select from message where channel = 'email' and next_at is not null`)

/**
 * Kills workers while something is left to do, then lets one finish. What a killed sender had claimed is up again after
 * ten minutes, so each of them comes eleven minutes after the one before.
 * @returns how many kills hit a worker in its work
 */
async function killThrough(
  begin: string,
  random: () => number,
  left: () => Promise<number>,
  smtp = '',
): Promise<number> {
  let hits = 0
  let now = begin
  for (let kill = 0; kill < KILLS && (await left()) > 0; kill++) {
    const worker = aWorker(now, smtp)
    await worker.ready
    await new Promise((resolve) => setTimeout(resolve, 20 + random() * 400))
    worker.child.kill('SIGKILL')
    if ((await worker.ended) === 'SIGKILL' && (await left()) > 0) hits += 1
    if (smtp) now = new Date(Date.parse(now) + 11 * 60_000).toISOString()
  }
  const last = aWorker(now, smtp)
  await last.ready
  expect(await last.ended).toMatch(/^0 .*done/s)
  console.log(last.said())
  return hits
}

test(
  `${3 * KILLS} kills through ${PATIENTS} due patients lose nothing and do nothing twice (seed ${SEED})`,
  // Of 20,000 it takes a quarter of an hour on a busy machine.
  { timeout: 300_000 + PATIENTS * 100 },
  async () => {
    const random = chance(SEED)
    await house.write(installShippedTags)
    await house.write(installShippedProtocols)
    await house.write((ctx) =>
      ctx.tx
        .updateTable('organization')
        .set({ settings: JSON.stringify({ general: { messageLimits: { mailsPerMinute: 100_000 } } }) })
        .where('id', '=', house.tenant.id)
        .execute(),
    )
    for (let from = 0; from < PATIENTS; from += 500)
      await house.write((ctx) => somePatients(ctx, Math.min(500, PATIENTS - from)))

    // Everybody is let in, each on a day: no place is lost, and none is given twice.
    const enrolling = await killThrough(TEST_NOW, random, () => due(TEST_NOW))
    expect(await count(`select patient_id from plan_run union select patient_id from plan_wait`)).toBe(PATIENTS)
    expect(await count(`select from plan_run r join plan_wait w using (patient_id)`)).toBe(0)
    expect(
      await count(`select from plan_intake_day d where d.begins <> (select count(*) from plan_wait w
        where w.protocol_code = d.protocol_code and w.begins_on = d.day)
        + (select count(*) from plan_run r where r.protocol_code = d.protocol_code and r.anchor_on = d.day)`),
    ).toBe(0)

    // Where it spreads no more all of them begin and are planned.
    await house.write(async (ctx) => {
      await sql`update protocol set definition = definition - 'spread'`.execute(ctx.tx)
      await sql`update agenda set due_at = ${TEST_NOW}::timestamptz`.execute(ctx.tx)
    })
    await killThrough(TEST_NOW, random, () => due(TEST_NOW))
    expect(await count(`select from plan_run where state = 'active'`)).toBe(PATIENTS)
    expect(await count(`select run_id, track from occurrence where state = 'planned'`)).toBe(2 * PATIENTS)
    expect(
      await count(`select from plan_run r where (select count(*) from plan_run_event e where e.run_id = r.id) <> 1`),
    ).toBe(0)

    // A month later everybody's first visit has become due, or was missed: each has one task, one message a channel.
    const later = '2026-03-20T02:00:00Z'
    const opening = await killThrough(later, random, () => due(later))
    expect(await due(later)).toBe(0)
    expect(await count(`select from agenda where attempts > 0`)).toBe(0)
    expect(
      await count(
        `select from occurrence where track = 'visit' and sequence = 1 and state = 'due' and task_id is not null`,
      ),
    ).toBe(PATIENTS)
    expect(await count(`select from occurrence group by run_id, track, sequence having count(*) > 1`)).toBe(0)
    expect(
      await count(
        `select from occurrence where state in ('planned', 'due') group by run_id, track having count(*) > 1`,
      ),
    ).toBe(0)
    expect(await count(`select from task where source = 'follow-up'`)).toBe(PATIENTS)
    expect(
      await count(
        `select from task t where source = 'follow-up' and not exists (select from occurrence o where o.task_id = t.id and o.id::text = t.source_key)`,
      ),
    ).toBe(0)
    expect(
      await count(
        `select from message where template = 'follow-up-due' group by patient_id, touch, channel having count(*) > 1`,
      ),
    ).toBe(0)
    expect(await count(`select distinct patient_id from message where template = 'follow-up-due'`)).toBe(PATIENTS)

    // Each of them has an address: what was written to them goes out.
    expect(await unsent()).toBe(PATIENTS)
    const post = await aMailServer()
    const sending = await killThrough(later, random, unsent, post.url)
    expect(await count(`select from message where channel = 'email' and state <> 'accepted'`)).toBe(0)
    const copies = Map.groupBy(post.mails, ({ headers }) => /^message-id: *(\S+)/im.exec(headers)?.[1])
    const { rows: mails } = await sql<{ message_id: string; possible_doubles: number }>`
      select message_id, possible_doubles from message where channel = 'email'`.execute(
      house.house.databases.of(house.tenant.id),
    )
    expect(mails.filter(({ message_id }) => !copies.has(message_id))).toEqual([])
    expect(
      mails.filter(({ message_id, possible_doubles }) => copies.get(message_id)!.length > 1 + possible_doubles),
    ).toEqual([])
    const inDoubt = mails.reduce((sum, { possible_doubles }) => sum + possible_doubles, 0)
    const twice = [...copies.values()].filter((each) => each.length > 1).length
    console.log(
      `seed ${SEED}: ${enrolling} kills hit while enrolling, ${opening} while windows opened, ${sending} while sending; ${inDoubt} mails in doubt, ${twice} of them came twice`,
    )
    if (KILLS > 0) expect(enrolling + opening + sending).toBeGreaterThan(0)
  },
)

async function somePatients(ctx: Parameters<Parameters<typeof house.write>[0]>[0], many: number): Promise<void> {
  const at = ctx.clock.now()
  const ids = Array.from({ length: many }, () => ctx.ids.next())
  await ctx.tx
    .insertInto('patient')
    .values(
      ids.map(
        (id) =>
          ({
            organization_id: ctx.organizationId,
            id,
            name: '甲',
            sex: 'female',
            birth_date: '1968-01-01',
            email_sealed: ctx.sealer.seal(ctx.organizationId, `${id}@example.com`),
            created_at: at,
            updated_at: at,
          }) as never,
      ),
    )
    .execute()
  await addFacts(ctx, { condition: ids.map((patientId) => ({ patientId, code: 'I10', name: '高血压' })) })
}
