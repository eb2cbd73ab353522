import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { aHouse, TEST_NOW } from '../house.ts'
import * as batch from '../../src/rooms/health-report/contract/batch.ts'
import { anExam, aPerson } from '../../src/rooms/health-report/sample-exam.ts'

/**
 * A list of reports is printed by workers that are killed with SIGKILL while they draw, then by one that may finish. Nobody's
 * paper is lost, nobody has two, and the archive holds each of them. `PEIBAN_KILL_REPORTS=500` for the whole thing.
 */
const REPORTS = Number(process.env['PEIBAN_KILL_REPORTS'] ?? 24)
const KILLS = Number(process.env['PEIBAN_KILLS'] ?? 3)
const SEED = Number(process.env['PEIBAN_SEED'] ?? randomBytes(4).readUInt32LE())

const house = await aHouse()
const databaseUrl = String(house.house.databases.pool.options.connectionString)

interface Unzipped {
  loadAsync(bytes: Buffer): Promise<{ files: Record<string, { async(kind: 'string'): Promise<string> }> }>
}
const jszip = createRequire(import.meta.url)('jszip') as Unzipped

function aWorker(now: string) {
  const env = {
    ...process.env,
    DATABASE: databaseUrl,
    NOW: now,
    KEY: house.key.toString('hex'),
    FILES: house.filesFolder,
  }
  const child = spawn(process.execPath, [join(import.meta.dirname, 'report-worker.ts')], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (data: Buffer) => (said += String(data)))
  const ready = new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (data: Buffer) => {
      said += String(data)
      if (said.includes('ready')) resolve()
    })
    child.once('exit', () => reject(new Error(`the worker ended before it began: ${said}`)))
  })
  const ended = new Promise<string>((resolve) =>
    child.once('exit', (code, signal) => resolve(signal ?? `${code} ${said}`)),
  )
  return { child, ready, ended }
}

const count = async (query: string): Promise<number> => {
  const { rows } = await sql
    .raw<{ n: number }>(`select count(*)::int n from (${query}) q`)
    .execute(house.house.databases.of(house.tenant.id))
  return rows[0]!.n
}
const done = () => count(`select from health_report_batch_item where state = 'done'`)

test(
  `${KILLS} kills while ${REPORTS} reports are printed lose none and double none (seed ${SEED})`,
  { timeout: 900_000 },
  async () => {
    const doctor = await house.as('physician')
    const people: string[] = []
    for (let n = 0; n < REPORTS; n++)
      await house.write(async (ctx) => {
        const id = await aPerson(ctx, { doctorId: doctor.staffId }, `王${String.fromCodePoint(0x5b89 + (n % 80))}`)
        await anExam(ctx, id, { number: `R-${n}` })
        people.push(id)
      })
    const { batchId } = await doctor.call(batch.printMany, {
      body: { title: '五百份', patientIds: people as never[], drafts: true },
    })
    // Never more than one worker's hands hold: else a kill would cost everybody a try.
    const taken = () => count(`select from health_report_batch_item where state = 'waiting' and attempts > 0`)
    let hits = 0
    let now = new Date(TEST_NOW)
    for (let kill = 0; kill < KILLS; kill++) {
      const worker = aWorker(now.toISOString())
      await worker.ready
      const before = await done()
      // Somewhere in its work: some papers further on than before, by chance how many.
      const wanted = Math.min(REPORTS - 1, before + 1 + ((SEED >>> (kill * 4)) % 4))
      await expect.poll(done, { timeout: 120_000, interval: 20 }).toBeGreaterThanOrEqual(wanted)
      worker.child.kill('SIGKILL')
      if ((await worker.ended) === 'SIGKILL' && (await done()) < REPORTS) hits += 1
      expect(await taken()).toBeLessThanOrEqual(3)
      // Whoever it had taken is free again after a minute.
      now = new Date(now.getTime() + 2 * 60_000)
    }
    const last = aWorker(now.toISOString())
    await last.ready
    const said = await last.ended
    expect(said).toMatch(/^0 .*done/s)
    expect(await done()).toBe(REPORTS)
    expect(await count(`select from health_report where state = 'ready'`)).toBe(REPORTS)
    expect(await count(`select patient_id from health_report group by patient_id having count(*) > 1`)).toBe(0)
    expect(await count(`select from health_report_batch where finished_at is not null`)).toBe(1)
    expect(await count(`select distinct patient_id from audit_entry where action = 'health-report.print'`)).toBe(
      REPORTS,
    )
    const archive = await doctor.try(batch.downloadBatch, { params: { batchId } })
    const { files } = await jszip.loadAsync(archive.raw.rawPayload)
    expect(Object.keys(files).filter((name) => name.endsWith('.pdf'))).toHaveLength(REPORTS)
    console.log(`seed ${SEED}: ${hits} kills hit; the last worker: ${said.trim().split('\n').at(-1)}`)
    if (KILLS > 0) expect(hits).toBeGreaterThan(0)
  },
)
