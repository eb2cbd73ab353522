import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { sendMessages } from '../../src/rooms/message/server/index.ts'
import { aHouse } from '../house.ts'
import { anSmtpEnd } from '../smtp-end.ts'

/** By hand: `PEIBAN_KILL_MAILS=60000 PEIBAN_KILLS=20 npm test -- kill-sender`. */
const MAILS = Number(process.env['PEIBAN_KILL_MAILS'] ?? 3000)
const KILLS = Number(process.env['PEIBAN_KILLS'] ?? 6)
/** Of the sender's pool: see platform/mail/smtp/pool.ts. */
const CONNECTIONS = 4

const house = await aHouse({ now: '2026-03-02T02:00:00Z' })
const db = house.house.databases.of(house.tenant.id)
const received: string[] = []
const end = await anSmtpEnd({
  onMail: ({ raw }) => received.push(/^Message-ID: <([0-9a-f-]{36})@/im.exec(raw)?.[1] ?? ''),
})
afterAll(() => end.close())

function aSender() {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'mail-worker.ts')], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      DATABASE: house.databaseUrl,
      NOW: house.clock.now().toISOString(),
      KEY: house.key.toString('hex'),
      FILES: house.filesFolder,
      TENANT: JSON.stringify(house.tenant),
      SMTP: `smtp://127.0.0.1:${end.port}`,
    },
  })
  let isOver = false
  const ended = new Promise<number | null>((resolve) =>
    child.on('exit', (code) => {
      isOver = true
      resolve(code)
    }),
  )
  return { child, ended, isOver: () => isOver }
}

async function planFor(many: number): Promise<string[]> {
  await sql`
    update organization set settings = ${JSON.stringify({ general: { webAddress: 'https://care.example.org', messageLimits: { mailsPerMinute: 1_000_000 } } })}
    where id = ${house.tenant.id}`.execute(db)
  const people: string[] = []
  for (let at = 0; at < many; at += 1000)
    await house.write(async (ctx) => {
      const ids = Array.from({ length: Math.min(1000, many - at) }, () => ctx.ids.next<string>())
      const sealed = ids.map((id) => ctx.sealer.seal(ctx.organizationId, `${id}@example.com`))
      await sql`
        insert into patient (organization_id, id, name, sex, birth_date, email_sealed, created_at, updated_at)
        select ${ctx.organizationId}::uuid, id, '李兰', 'female', '1960-05-05', sealed, ${ctx.clock.now()}, ${ctx.clock.now()}
        from unnest(${ids}::uuid[], ${sealed}::bytea[]) p (id, sealed)`.execute(ctx.tx)
      const about = { template: 'bp-remeasure', touch: 'kill', channels: ['email' as const], source: 'kill' }
      await sendMessages(
        ctx,
        ids.map((patientId) => ({ ...about, patientId, sourceKey: patientId })),
      )
      people.push(...ids)
    })
  return people
}

test(`${KILLS} kills of the sender through ${MAILS} mails: none lost, and each that came twice is known by name`, async () => {
  const people = await planFor(MAILS)
  let kills = 0
  let code: number | null = null
  for (let run = 0; code !== 0 && run < KILLS + 5; run++) {
    const { child, ended, isOver } = aSender()
    const until = received.length + randomInt(1, Math.ceil(MAILS / (KILLS + 2)))
    if (kills < KILLS) {
      await expect.poll(() => isOver() || received.length >= until, { timeout: 120_000, interval: 1 }).toBe(true)
      if (child.kill('SIGKILL')) kills += 1
    }
    code = await ended
    // What has gone out of the dead process and not been read yet belongs to it.
    await expect.poll(() => end.openNow(), { timeout: 30_000 }).toBe(0)
  }
  expect(code).toBe(0)
  const { rows } = await sql<{ id: string; patient_id: string; state: string; possible_doubles: number }>`
    select id, patient_id, state, possible_doubles from message where touch = 'kill'`.execute(db)
  expect(rows).toHaveLength(MAILS)
  expect(new Set(rows.map(({ patient_id }) => patient_id))).toEqual(new Set(people))
  expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(['accepted']))
  const copies = Map.groupBy(received, (id) => id)
  expect(rows.filter(({ id }) => !copies.has(id))).toEqual([])
  expect(rows.filter(({ id, possible_doubles }) => copies.get(id)!.length > 1 + possible_doubles)).toEqual([])
  const inDoubt = rows.reduce((sum, { possible_doubles }) => sum + possible_doubles, 0)
  expect(inDoubt).toBeLessThanOrEqual(kills * CONNECTIONS)
  expect(kills).toBeGreaterThan(0)
  console.log(`${kills} kills, ${inDoubt} mails in doubt by name, ${received.length - copies.size} of them came twice`)
}, 600_000)
