import { spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { randomInt } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { anEnd, idIn } from '../smtp/sample.ts'
import { dropJournals, replayJournals } from './replay.ts'

const at = (path: string) => JSON.stringify(join(import.meta.dirname, path))
const CONNECTIONS = 5
const MAILS = 6000

/** A sender as a process of its own, so that it can be killed like one: sends what it is given, as fast as it can. */
const SENDER = `
  const [port, folder, owner] = process.argv.slice(1)
  const chunks = []
  for await (const chunk of process.stdin) chunks.push(chunk)
  const ids = JSON.parse(Buffer.concat(chunks).toString())
  const { SmtpPool } = await import(${at('../smtp/pool.ts')})
  const { smtpServerOf } = await import(${at('../smtp/server.ts')})
  const { AckJournal } = await import(${at('ack-journal.ts')})
  const { systemClock } = await import(${at('../../clock.ts')})
  const { silent } = await import(${at('../../log.ts')})
  const journal = new AckJournal({ folder, owner, rotateBytes: 20_000 })
  const pool = new SmtpPool({ server: smtpServerOf('smtp://127.0.0.1:' + port), clock: systemClock, log: silent, connections: ${CONNECTIONS}, messagesPerConnection: 300, journal })
  const outcomes = []
  for (const id of ids) {
    await pool.room()
    outcomes.push(pool.send({ id, from: 'care@example.org', to: 'p@example.com', content: Buffer.from('Message-ID: ' + id + '\\r\\n\\r\\nhello\\r\\n') }))
  }
  const kinds = (await Promise.all(outcomes)).map(({ kind }) => kind)
  await pool.close()
  process.exit(kinds.every((kind) => kind === 'accepted') ? 0 : 3)
`

test('kill -9 in the middle of thousands: none lost, doubled at most one for each connection and kill, each by name', async () => {
  const received: string[] = []
  const end = await anEnd({ onMail: ({ raw }) => received.push(idIn(raw)) })
  const folder = mkdtempSync(join(tmpdir(), 'peiban-kill-'))
  const ids = Array.from({ length: MAILS }, (_, n) => `<mail-${n}@example.org>`)
  // The ledger: what is known to be over, and what was ever in doubt.
  const accepted = new Set<string>()
  const doubted = new Set<string>()
  let kills = 0
  let code: number | null = null
  for (let run = 0; code !== 0 && run < 12; run++) {
    const left = ids.filter((id) => !accepted.has(id))
    const child = spawn(
      process.execPath,
      ['--input-type=module', '-e', SENDER, String(end.port), folder, `run-${run}`],
      { stdio: ['pipe', 'ignore', 'inherit'] },
    )
    child.stdin.end(JSON.stringify(left))
    let isOver = false
    const ended = new Promise<number | null>((resolve) =>
      child.on('exit', (exit) => {
        isOver = true
        resolve(exit)
      }),
    )
    const until = received.length + randomInt(50, 350)
    if (run < 6) {
      await expect.poll(() => isOver || received.length >= until, { timeout: 60_000, interval: 1 }).toBe(true)
      if (child.kill('SIGKILL')) kills += 1
    }
    code = await ended
    // What has gone out of the dead process and not been read yet belongs to it.
    await expect.poll(() => end.openNow()).toBe(0)
    const replay = replayJournals(folder, () => true)
    expect(replay.inDoubt.size).toBeLessThanOrEqual(CONNECTIONS)
    for (const id of replay.accepted.keys()) accepted.add(id)
    for (const id of replay.inDoubt) doubted.add(id)
    dropJournals(replay)
  }
  expect(code).toBe(0)
  expect(kills).toBe(6)
  const copies = Map.groupBy(received, (id) => id)
  expect(ids.filter((id) => !copies.has(id))).toEqual([])
  const doubled = [...copies].filter(([, list]) => list.length > 1).map(([id]) => id)
  expect(received.length - copies.size).toBeLessThanOrEqual(kills * CONNECTIONS)
  // Every one that came twice had been named before it was sent again.
  expect(doubled.filter((id) => !doubted.has(id))).toEqual([])
  expect(accepted.size).toBe(MAILS)
}, 120_000)
