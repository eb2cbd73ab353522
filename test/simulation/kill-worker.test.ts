import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { aHouse, TEST_NOW } from '../house.ts'
import { addFacts } from '../../src/rooms/observation/server/index.ts'
import { installShippedProtocols } from '../../src/rooms/follow-up/server/index.ts'
import { installShippedTags } from '../../src/rooms/tag/server/index.ts'

/**
 * The worker is killed with SIGKILL at random moments while it works off everybody at once, as often as asked; then one
 * is left to finish. Nobody's follow-up may be lost, none may be there twice. Prints the seed of its moments.
 */
const PATIENTS = Number(process.env['PEIBAN_KILL_PATIENTS'] ?? 2000)
/** In each of the two acts: half while people are let in, half while windows open. */
const KILLS = Math.ceil(Number(process.env['PEIBAN_KILLS'] ?? 10) / 2)
const SEED = Number(process.env['PEIBAN_SEED'] ?? randomBytes(4).readUInt32LE())
/** A batch that takes long enough to be hit in its middle. */
const BATCH = Math.max(50, Math.min(500, Math.round(PATIENTS / 20)))

const house = await aHouse()
const files = mkdtempSync(join(tmpdir(), 'peiban-kill-'))
afterAll(() => rmSync(files, { recursive: true, force: true }))
const databaseUrl = String(house.house.databases.pool.options.connectionString)

function aWorker(now: string): {
  child: ChildProcess
  ready: Promise<void>
  ended: Promise<string>
  said: () => string
} {
  const env = {
    ...process.env,
    DATABASE: databaseUrl,
    NOW: now,
    KEY: '00'.repeat(32),
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

/** Kills workers while patients are due, then lets one finish. @returns how many kills hit a worker in its work */
async function killThrough(now: string, random: () => number): Promise<number> {
  let hits = 0
  for (let kill = 0; kill < KILLS && (await due(now)) > 0; kill++) {
    const worker = aWorker(now)
    await worker.ready
    await new Promise((resolve) => setTimeout(resolve, 20 + random() * 400))
    worker.child.kill('SIGKILL')
    if ((await worker.ended) === 'SIGKILL' && (await due(now)) > 0) hits += 1
  }
  const last = aWorker(now)
  await last.ready
  expect(await last.ended).toMatch(/^0 .*done/s)
  console.log(last.said())
  return hits
}

test(
  `${2 * KILLS} kills through ${PATIENTS} due patients lose nothing and do nothing twice (seed ${SEED})`,
  { timeout: 600_000 },
  async () => {
    const random = chance(SEED)
    await house.write(installShippedTags)
    await house.write(installShippedProtocols)
    for (let from = 0; from < PATIENTS; from += 500)
      await house.write((ctx) => somePatients(ctx, Math.min(500, PATIENTS - from)))

    // Everybody is let in and planned.
    const enrolling = await killThrough(TEST_NOW, random)
    expect(await count(`select from plan_run where state = 'active'`)).toBe(PATIENTS)
    expect(await count(`select run_id, track from occurrence where state = 'planned'`)).toBe(2 * PATIENTS)
    expect(
      await count(`select from plan_run r where (select count(*) from plan_run_event e where e.run_id = r.id) <> 1`),
    ).toBe(0)

    // A month later everybody's first visit has become due, or was missed: each has one task, one message a channel.
    const later = '2026-03-20T02:00:00Z'
    const opening = await killThrough(later, random)
    expect(await due(later)).toBe(0)
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
    console.log(`seed ${SEED}: ${enrolling} kills hit while enrolling, ${opening} while windows opened`)
    if (KILLS > 0) expect(enrolling + opening).toBeGreaterThan(0)
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
            created_at: at,
            updated_at: at,
          }) as never,
      ),
    )
    .execute()
  await addFacts(ctx, { condition: ids.map((patientId) => ({ patientId, code: 'I10', name: '高血压' })) })
}
