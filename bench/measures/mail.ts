import { spawn, type ChildProcess } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Liquid } from 'liquidjs'
import { createTransport } from 'nodemailer'
import { systemClock } from '../../src/platform/clock.ts'
import { silent } from '../../src/platform/log.ts'
import { AckJournal } from '../../src/platform/mail/journal/ack-journal.ts'
import { dkimSignerInPool } from '../../src/platform/mail/mime/dkim.ts'
import type { MailSigner } from '../../src/platform/mail/mime/mail.ts'
import { poolTransport } from '../../src/platform/mail/pool-transport.ts'
import type { OutgoingMail } from '../../src/platform/mail/transport.ts'
import { print, round } from '../ground.ts'
import { measureLedger } from './mail-ledger.ts'

/**
 * Mails over loopback into a sink in a process of its own: Postfix's `smtp-sink` where it is installed, a small one of ours
 * otherwise. Ours fills the text, writes MIME, signs, pipelines and keeps its journal; nodemailer's pool, beside it in the
 * same run, gets the same filled mails. Then the whole way through the ledger (mail-ledger.ts).
 */
export async function measure(): Promise<void> {
  const sink = await aSink()
  try {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
    const sign = dkimSignerInPool([{ domain: 'example.cn', selector: 's2026', privateKey: pem }])
    const dkim = { domainName: 'example.cn', keySelector: 's2026', privateKey: pem }
    // Both compile before they are measured.
    await ours(sink.port, TEXTS['1 KB'], 4000)
    await theirs(sink.port, TEXTS['1 KB'], 500)
    for (const [size, text] of Object.entries(TEXTS)) {
      for (const signed of [false, true]) {
        const count = signed ? 4000 : size === '1 KB' ? 20_000 : 6000
        const own = await ours(sink.port, text, count, signed ? sign : undefined)
        const other = await theirs(sink.port, text, Math.round(count / 8), signed ? dkim : undefined)
        print('mail', {
          size,
          dkim: signed ? 'RSA-2048' : 'none',
          sink: sink.name,
          bytes: own.bytes,
          'mails/s': own.perSecond,
          'processor ms a mail': own.cpuMs,
          'nodemailer pool, mails/s': other.perSecond,
          'nodemailer, processor ms a mail': other.cpuMs,
          ratio: round(own.perSecond / other.perSecond, 1),
          'ratio by processor': round(other.cpuMs / own.cpuMs, 1),
        })
      }
    }
    const durable = await ours(sink.port, TEXTS['1 KB'], 10_000, undefined, true)
    print('mail', {
      size: '1 KB',
      journal: 'on the disk before each dot',
      'mails/s': durable.perSecond,
      'processor ms a mail': durable.cpuMs,
    })
    await measureLedger(sink)
  } finally {
    sink.child.kill('SIGKILL')
  }
}

const CONNECTIONS = 10
const FILLED = '{{ name }}，您好：请您在 {{ day }} 前到 {{ place }} 复测血压，并带上您的记录。\n'
const FIXED = '<p style="margin:0 0 16px">每天早晚各量一次，坐着休息五分钟以后再量，把两次都记下来。</p>\n'
/** About as large as they are called once they are on their way: names filled in, the rest as the template has it. */
const TEXTS = { '1 KB': FILLED + FIXED.repeat(2), '20 KB': FILLED + FIXED.repeat(128) }
const liquid = new Liquid({ cache: true })

interface Measured {
  perSecond: number
  cpuMs: number
  bytes: number
}

function mailsOf(source: string): (n: number) => OutgoingMail {
  const template = liquid.parse(source)
  return (n) => ({
    from: '"仁和医院" <care@example.cn>',
    to: `patient${n}@example.com`,
    subject: `第 ${n} 位：请您复测血压`,
    text: liquid.renderSync(template, { name: `李兰${n}`, day: '12 月 1 日', place: '二楼健康管理科' }) as string,
    messageId: `<bench-${n}@example.cn>`,
    headers: {
      'Auto-Submitted': 'auto-generated',
      'List-Unsubscribe': `<https://care.example.cn/api/u/${n}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    },
  })
}

async function ours(port: number, source: string, count: number, sign?: MailSigner, sync = false): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'peiban-bench-mail-'))
  const journal = new AckJournal({ folder, owner: 'bench-1', sync })
  const transport = poolTransport(`smtp://127.0.0.1:${port}`, {
    clock: systemClock,
    log: silent,
    connections: CONNECTIONS,
    messagesPerConnection: 5000,
    journal,
    ...(sign ? { sign } : {}),
  })
  const mail = mailsOf(source)
  const measured = await timed(count, mail, async (give) => {
    let batch: OutgoingMail[] = []
    const settle = async (): Promise<void> => {
      const sent = batch
      batch = []
      const outcomes = await Promise.all(sent.map((one) => transport.deliver(one)))
      if (outcomes.some(({ kind }) => kind !== 'accepted'))
        throw new Error(JSON.stringify(outcomes.find(({ kind }) => kind !== 'accepted')))
      journal.forget(sent.map(({ messageId }) => messageId))
    }
    // Batches of 500 as the ledger claims them, two under way at once.
    let before = Promise.resolve()
    for (let n = 0; n < count; n++) {
      batch.push(give(n))
      if (batch.length < 500 && n + 1 < count) continue
      const now = settle()
      await before
      before = now
    }
    await before
    await transport.end()
  })
  journal.close()
  rmSync(folder, { recursive: true })
  return measured
}

type NodemailerKey = { domainName: string; keySelector: string; privateKey: string }

async function theirs(port: number, source: string, count: number, dkim?: NodemailerKey): Promise<Measured> {
  const pool = createTransport({
    host: '127.0.0.1',
    port,
    pool: true,
    maxConnections: 5,
    maxMessages: Infinity,
    ignoreTLS: true,
    ...(dkim ? { dkim } : {}),
  })
  const mail = mailsOf(source)
  const measured = await timed(count, mail, async (give) => {
    for (let n = 0; n < count; n += 500)
      await Promise.all(Array.from({ length: Math.min(500, count - n) }, (_, i) => pool.sendMail(give(n + i))))
  })
  pool.close()
  return measured
}

async function timed(
  count: number,
  mail: (n: number) => OutgoingMail,
  run: (give: (n: number) => OutgoingMail) => Promise<void>,
): Promise<Measured> {
  const cpu = process.cpuUsage()
  const began = performance.now()
  await run(mail)
  const seconds = (performance.now() - began) / 1000
  const { user, system } = process.cpuUsage(cpu)
  const { mailBytes } = await import('../../src/platform/mail/mime/mail.ts')
  const bytes = (await mailBytes(mail(0), systemClock.now())).length
  return { perSecond: Math.round(count / seconds), cpuMs: round((user + system) / 1000 / count, 3), bytes }
}

interface Sink {
  name: string
  port: number
  child: ChildProcess
}

async function aSink(): Promise<Sink> {
  return (await postfixSink()) ?? (await ownSink())
}

/** Debian keeps it in /usr/sbin, in the package postfix. As root it wants to be told whom to become. */
async function postfixSink(): Promise<Sink | null> {
  const port = await freePort()
  const user = process.getuid?.() === 0 ? ['-u', 'nobody'] : []
  for (const command of ['smtp-sink', '/usr/sbin/smtp-sink']) {
    const child = spawn(command, [...user, `127.0.0.1:${port}`, '1000'], { stdio: 'ignore' })
    const ended = new Promise<false>((resolve) => {
      child.on('error', () => resolve(false))
      child.on('exit', () => resolve(false))
    })
    if (await Promise.race([ended, answers(port)])) return { name: 'smtp-sink', port, child }
  }
  return null
}

async function answers(port: number): Promise<boolean> {
  for (let tries = 0; tries < 50; tries++) {
    const socket = connect(port, '127.0.0.1')
    const isThere = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    })
    socket.destroy()
    if (isThere) return true
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return false
}

async function ownSink(): Promise<Sink> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../mail-sink.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })
  const port = await new Promise<number>((resolve) => lines.once('line', (line) => resolve(Number(line))))
  return { name: 'own', port, child }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}
