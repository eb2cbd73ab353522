import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import { systemClock } from '../../src/platform/clock.ts'
import { silent } from '../../src/platform/log.ts'
import { dkimSignerInPool } from '../../src/platform/mail/mime/dkim.ts'
import { mailBytes } from '../../src/platform/mail/mime/mail.ts'
import { openMail } from '../../src/platform/mail/open-mail.ts'
import { NO_LIMITS } from '../../src/platform/mail/pace/provider.ts'
import type { OutgoingMail } from '../../src/platform/mail/transport.ts'
import { sendDue } from '../../src/rooms/message/server/index.ts'
import { print, round } from '../ground.ts'
import { openMailGround, type MailGround } from '../mail-ground.ts'

const LINE = '<p style="margin:0 0 16px">每天早晚各量一次，坐着休息五分钟以后再量，把两次都记下来。</p>\n'
const SHORT = '{{ greeting }}：请您在 {{ day }} 前到 {{ place }} 复测血压，并带上您的记录。'
/** The words of the template; on the line stand the text, the HTML with our frame around it, and the headers. */
const SIZES = {
  '1 KB': { text: SHORT, html: '' },
  '20 KB': { text: SHORT, html: `<p>${SHORT}</p>\n${LINE.repeat(110)}` },
}
const CONNECTIONS = 10
const [PEOPLE, PAST] = [20_000, 200_000]

/**
 * The whole way of a mail: planned in the ledger, claimed, judged by the gate over what the database knows of the person,
 * filled, sealed, written, marked in the journal, handed to a sink, settled. PostgreSQL, this process and the sink share
 * the machine. nodemailer's pool gets the very same mails, without a ledger, in the same run.
 */
export async function measureLedger(sink: { name: string; port: number }): Promise<void> {
  const ground = await openMailGround({ people: PEOPLE, past: PAST, sizes: SIZES })
  try {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
    const key = { domain: 'example.cn', selector: 's2026', privateKey: pem }
    // Both compile, and plans are made, before they are measured.
    await throughLedger(ground, sink.port, '1 KB', 4000)
    for (const [size, signed] of [
      ['1 KB', false],
      ['20 KB', false],
      ['1 KB', true],
    ] as const) {
      const count = signed || size === '20 KB' ? 6000 : PEOPLE
      const own = await throughLedger(ground, sink.port, size, count, signed ? [key] : undefined)
      const mails = await sampleOf(ground, size)
      const other = await byNodemailer(sink.port, mails, Math.round(count / 10), signed ? pem : undefined)
      const bytes = (await mailBytes(mails[0]!, systemClock.now())).length
      print('mail', {
        way: 'through the ledger',
        size,
        dkim: signed ? 'RSA-2048' : 'none',
        sink: sink.name,
        bytes,
        'mails/s': own.perSecond,
        'processor ms a mail': own.cpuMs,
        'nodemailer pool without a ledger, mails/s': other.perSecond,
        'nodemailer, processor ms a mail': other.cpuMs,
        ratio: round(own.perSecond / other.perSecond, 1),
      })
    }
  } finally {
    await ground.close()
  }
}

interface Measured {
  perSecond: number
  cpuMs: number
}

type Keys = Parameters<typeof dkimSignerInPool>[0]

async function throughLedger(
  ground: MailGround,
  port: number,
  size: string,
  count: number,
  keys?: Keys,
): Promise<Measured> {
  await ground.plan(size, count)
  const folder = mkdtempSync(join(tmpdir(), 'peiban-bench-journal-'))
  const mail = openMail(`smtp://127.0.0.1:${port}`, {
    clock: systemClock,
    log: silent,
    folder,
    owner: `${process.pid}-bench`,
    limitsOf: () => NO_LIMITS,
    connections: CONNECTIONS,
    messagesPerConnection: 5000,
    ...(keys ? { sign: dkimSignerInPool(keys) } : {}),
  })
  const measured = await timed(count, async () => {
    let sent = 0
    for (let taken = 1; taken > 0; sent += taken) taken = await sendDue({ ...ground.house, mail }, ground.tenant)
    if (sent < count) throw new Error(`${sent} of ${count} were taken up`)
  })
  await mail.close()
  rmSync(folder, { recursive: true })
  return measured
}

/** What the ledger hands over, as it would. */
async function sampleOf(ground: MailGround, size: string): Promise<OutgoingMail[]> {
  await ground.plan(size, 200)
  const mails: OutgoingMail[] = []
  const mail = {
    kind: 'smtp' as const,
    send: async (one: OutgoingMail) => (mails.push(one), { kind: 'accepted' as const, reply: '250' }),
    close: () => {},
  }
  while ((await sendDue({ ...ground.house, mail }, ground.tenant)) > 0);
  return mails
}

async function byNodemailer(
  port: number,
  mails: readonly OutgoingMail[],
  count: number,
  pem?: string,
): Promise<Measured> {
  const pool = createTransport({
    host: '127.0.0.1',
    port,
    pool: true,
    maxConnections: 5,
    maxMessages: Infinity,
    ignoreTLS: true,
    ...(pem ? { dkim: { domainName: 'example.cn', keySelector: 's2026', privateKey: pem } } : {}),
  })
  const send = (from: number, to: number) =>
    Promise.all(Array.from({ length: to - from }, (_, n) => pool.sendMail(mails[(from + n) % mails.length]!)))
  await send(0, Math.min(count, 200))
  const measured = await timed(count, async () => {
    for (let n = 0; n < count; n += 500) await send(n, Math.min(n + 500, count))
  })
  pool.close()
  return measured
}

async function timed(count: number, run: () => Promise<void>): Promise<Measured> {
  const cpu = process.cpuUsage()
  const began = performance.now()
  await run()
  const seconds = (performance.now() - began) / 1000
  const { user, system } = process.cpuUsage(cpu)
  return { perSecond: Math.round(count / seconds), cpuMs: round((user + system) / 1000 / count, 3) }
}
