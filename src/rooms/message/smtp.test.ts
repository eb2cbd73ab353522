import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterAll, describe, expect, inject, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { smtpTransport } from '../../platform/mail/transport.ts'
import { sendDue, sendMessages } from './server/index.ts'
import { aPatient, ledger, mailingBy, mailRow, setWebAddress } from './sample.ts'

interface Received {
  to: string[]
  raw: string
}

/** A real SMTP server that keeps what it takes, or behaves as badly as asked. */
async function aMailServer(
  behave: { refuse?: (address: string) => Error | undefined; dropAfterData?: () => boolean } = {},
) {
  const received: Received[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onRcptTo: ({ address }, _session, done) => done(behave.refuse?.(address)),
    onData(stream, session, done) {
      let raw = ''
      stream.on('data', (chunk: Buffer) => (raw += chunk.toString('utf8')))
      stream.on('end', () => {
        received.push({ to: session.envelope.rcptTo.map(({ address }) => address), raw })
        if (behave.dropAfterData?.()) {
          // Taken, and gone before the answer: what a client can never know.
          for (const connection of (server as unknown as { connections: Set<{ _socket: { destroy(): void } }> })
            .connections)
            connection._socket.destroy()
          return
        }
        done()
      })
    },
  })
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())))
  return { received, url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}` }
}

const house = await aHouse()
const db = house.house.databases.of(house.tenant.id)
await setWebAddress(house, 'https://care.example.org')
const tell = (patientIds: string[], touch: string, template = 'bp-remeasure') =>
  house.write((ctx) =>
    sendMessages(
      ctx,
      patientIds.map((patientId) => ({ patientId, template, touch, channels: ['email'] as const })),
    ),
  )
const headerOf = (raw: string, name: string) =>
  new RegExp(`^${name}:\\s*(.*(?:\\r?\\n[ \\t].*)*)`, 'im').exec(raw)?.[1]?.replace(/\r?\n[ \t]/g, ' ')

describe('a real SMTP server', () => {
  test('receives text and HTML, one Message-ID, and a way to stop that one click can use', async () => {
    const { received, url } = await aMailServer()
    const transport = smtpTransport(url)
    const patientId = await aPatient(house, { email: 'lan@example.com' })
    await tell([patientId], 'smtp:1')
    expect(await sendDue(mailingBy(house.house, transport), house.tenant)).toBe(1)
    await transport.close()
    const row = await mailRow(house, patientId)
    expect(row).toMatchObject({ state: 'accepted', possible_doubles: 0 })
    expect(row.reply).toMatch(/^250/)
    expect(received).toHaveLength(1)
    const { to, raw } = received[0]!
    expect(to).toEqual(['lan@example.com'])
    expect(headerOf(raw, 'Message-ID')).toBe(row.message_id)
    expect(headerOf(raw, 'List-Unsubscribe')).toMatch(
      /^<https:\/\/care\.example\.org\/api\/u\/[0-9a-f]{32}\.[\w-]{43}>$/,
    )
    expect(headerOf(raw, 'List-Unsubscribe-Post')).toBe('List-Unsubscribe=One-Click')
    expect(headerOf(raw, 'Auto-Submitted')).toBe('auto-generated')
    expect(raw).toMatch(/Content-Type: text\/plain/)
    expect(raw).toMatch(/Content-Type: text\/html/)
  })

  test('a mail that belongs to what was asked for carries no unsubscribe', async () => {
    const { received, url } = await aMailServer()
    const transport = smtpTransport(url)
    await tell([await aPatient(house)], 'smtp:service', 'card-activated')
    await sendDue(mailingBy(house.house, transport), house.tenant)
    await transport.close()
    expect(headerOf(received[0]!.raw, 'List-Unsubscribe')).toBeUndefined()
  })

  test('refusals: unknown here, throttled there, the others arrive', async () => {
    const refuse = (address: string) => {
      const answer = address.startsWith('gone')
        ? [550, 'Mailbox not found']
        : address.startsWith('slow')
          ? [450, '4.7.1 MI:DMC too many']
          : undefined
      return answer && Object.assign(new Error(String(answer[1])), { responseCode: answer[0] })
    }
    const { received, url } = await aMailServer({ refuse })
    const transport = smtpTransport(url)
    const [gone, slow, fine] = await Promise.all(
      ['gone@qq.com', 'slow@163.com', 'fine@example.com'].map((email) => aPatient(house, { email })),
    )
    await tell([gone!, slow!, fine!], 'smtp:refusals')
    await sendDue(mailingBy(house.house, transport), house.tenant)
    await transport.close()
    expect(await mailRow(house, gone!)).toMatchObject({ state: 'failed', reason: 'address-unknown' })
    expect(await mailRow(house, slow!)).toMatchObject({ state: 'deferred', reason: 'temporary' })
    expect(received.map((mail) => mail.to[0])).toEqual(['fine@example.com'])
  })

  test('taken, and the line cut before the answer: the pool does not send again by itself; we do, once, and count it', async () => {
    let cuts = 1
    const { received, url } = await aMailServer({ dropAfterData: () => cuts-- > 0 })
    const transport = smtpTransport(url)
    const patientId = await aPatient(house, { email: 'cut@example.com' })
    const copies = () => received.filter(({ to }) => to[0] === 'cut@example.com')
    await tell([patientId], 'smtp:cut')
    await sendDue(mailingBy(house.house, transport), house.tenant)
    expect(await mailRow(house, patientId)).toMatchObject({
      state: 'deferred',
      reason: 'unreachable',
      uncertain: true,
      possible_doubles: 0,
    })
    expect(copies()).toHaveLength(1)
    house.clock.advance({ minutes: 6 })
    await sendDue(mailingBy(house.house, transport), house.tenant)
    await transport.close()
    expect(copies()).toHaveLength(2)
    expect(new Set(copies().map(({ raw }) => headerOf(raw, 'Message-ID'))).size).toBe(1)
    expect(await mailRow(house, patientId)).toMatchObject({ state: 'accepted', possible_doubles: 1 })
  })

  test('nobody there: waits, without a doubt', async () => {
    const transport = smtpTransport('smtp://127.0.0.1:9')
    const patientId = await aPatient(house)
    await tell([patientId], 'smtp:nobody')
    await sendDue(mailingBy(house.house, transport), house.tenant)
    await transport.close()
    expect(await mailRow(house, patientId)).toMatchObject({
      state: 'deferred',
      reason: 'unreachable',
      uncertain: false,
    })
    await db
      .updateTable('message')
      .set({ state: 'cancelled', next_at: null })
      .where('patient_id', '=', patientId)
      .execute()
  })
})

const at = (path: string) => JSON.stringify(join(import.meta.dirname, path))
/** The sender as a process of its own, so that it can be killed like one; it has of the house what a sender needs. */
const WORKER = `
  const [url, smtp, key, tenant, now] = process.argv.slice(1)
  const { createDatabases, createPool } = await import(${at('../../platform/database/database.ts')})
  const { smtpTransport } = await import(${at('../../platform/mail/transport.ts')})
  const { createSealer } = await import(${at('../../platform/pii/sealer.ts')})
  const { travellingClock } = await import(${at('../../platform/clock.ts')})
  const { uuidV7Ids } = await import(${at('../../platform/ids.ts')})
  const { silent } = await import(${at('../../platform/log.ts')})
  const { sendDue } = await import(${at('server/sender.ts')})
  const clock = travellingClock(now)
  const databases = createDatabases(createPool({ url, max: 4 }))
  const house = { databases, clock, ids: uuidV7Ids(clock), log: silent, sealer: createSealer(Buffer.from(key, 'hex')), mail: smtpTransport(smtp), publicUrl: 'http://localhost:3000', listened: new Set(), nudge() {} }
  while ((await sendDue(house, JSON.parse(tenant))) > 0);
  process.exit(0)
`

describe('kill -9 of the sender', () => {
  test('at random moments: everything arrives, and nothing arrives twice that is not counted', async () => {
    const { received, url } = await aMailServer()
    const ids = await Promise.all(Array.from({ length: 150 }, () => aPatient(house)))
    await tell(ids, 'smtp:kill')
    // What the tests above have left behind is not for a process with another key.
    await db
      .updateTable('message')
      .set({ state: 'cancelled', next_at: null })
      .where('state', 'in', ['deferred', 'claimed'])
      .execute()
    // The key of the house is random and stays in it: addresses are sealed anew with one the other process is given.
    const key = randomBytes(32)
    const { createSealer } = await import('../../platform/pii/sealer.ts')
    const sealer = createSealer(key)
    for (const [index, id] of ids.entries())
      await db
        .updateTable('patient')
        .set({ email_sealed: sealer.seal(house.tenant.id, `k${index}@example.com`) })
        .where('id', '=', id)
        .execute()
    await db
      .updateTable('organization')
      .set({ settings: JSON.stringify({ general: { messageLimits: { mailsPerMinute: 100_000 } } }) })
      .where('id', '=', house.tenant.id)
      .execute()
    const database = await db
      .selectNoFrom((eb) => eb.fn<string>('current_database').as('name'))
      .executeTakeFirstOrThrow()
    const databaseUrl = inject('serverUrl').replace('DATABASE', database.name)
    const start = () => {
      const given = [
        databaseUrl,
        url,
        key.toString('hex'),
        JSON.stringify(house.tenant),
        house.clock.now().toISOString(),
      ]
      const child = spawn(process.execPath, ['--input-type=module', '-e', WORKER, ...given], {
        stdio: ['ignore', 'ignore', 'inherit'],
      })
      let code: number | null | undefined
      const ended = new Promise<number | null>((resolve) => child.on('exit', (exit) => resolve((code = exit))))
      return { child, ended, isOver: () => code !== undefined }
    }
    let kills = 0
    for (let run = 0; run < 3; run++) {
      const { child, ended, isOver } = start()
      const until = received.length + 3 + (randomBytes(1)[0]! % 40)
      await expect.poll(() => isOver() || received.length >= until, { timeout: 60_000, interval: 1 }).toBe(true)
      if (child.kill('SIGKILL')) kills += 1
      await ended
      house.clock.advance({ minutes: 11 })
    }
    expect(await start().ended).toBe(0)
    const rows = (await Promise.all(ids.map((id) => ledger(house, id))))
      .flat()
      .filter((row) => row.touch === 'smtp:kill')
    expect(new Set(rows.map((row) => row.state))).toEqual(new Set(['accepted']))
    const copies = Map.groupBy(received, ({ raw }) => headerOf(raw, 'Message-ID')!)
    expect(copies.size).toBe(150)
    const uncounted = rows.filter((row) => (copies.get(row.message_id!)?.length ?? 0) > 1 + row.possible_doubles)
    expect(uncounted).toEqual([])
    expect(kills).toBeGreaterThan(0)
    // A killed sender leaves at most one batch in doubt.
    expect(rows.reduce((sum, row) => sum + row.possible_doubles, 0)).toBeLessThanOrEqual(kills * 20)
  }, 240_000)
})
