import { mkdtempSync } from 'node:fs'
import { generateKeyPairSync } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { travellingClock } from '../clock.ts'
import { silent } from '../log.ts'
import { AckJournal } from './journal/ack-journal.ts'
import { replayJournals } from './journal/replay.ts'
import { dkimSigner } from './mime/dkim.ts'
import { readParts } from './mime/sample.ts'
import { Paces } from './pace/paces.ts'
import { poolTransport, mailOutcomeOf, type PoolTransportOptions } from './pool-transport.ts'
import { anEnd } from './smtp/sample.ts'
import type { OutgoingMail } from './transport.ts'

const clock = travellingClock('2026-11-22T08:00:00Z')
let count = 0
const aMail = (over: Partial<OutgoingMail> = {}): OutgoingMail => ({
  from: '"仁和医院" <care@example.cn>',
  to: `p${(count += 1)}@example.com`,
  subject: '请您复测血压',
  text: '请您复测血压。',
  html: '<p>请您复测血压。</p>',
  messageId: `<${count}@example.cn>`,
  ...over,
})

async function aTransport(options: Parameters<typeof anEnd>[0] = {}, over: Partial<PoolTransportOptions> = {}) {
  const end = await anEnd(options)
  return { end, transport: poolTransport(`smtp://127.0.0.1:${end.port}`, { clock, log: silent, ...over }) }
}

describe('mails by the pool', () => {
  test('arrive as they were written, dated by the clock, signed, from an envelope without the name', async () => {
    const { privateKey } = generateKeyPairSync('ed25519')
    const sign = dkimSigner([{ domain: 'example.cn', selector: 's', privateKey }])
    const { end, transport } = await aTransport({}, { sign })
    const mail = aMail()
    expect(await transport.send(mail)).toEqual({ kind: 'accepted', reply: '250 2.0.0 Ok: queued' })
    await transport.end()
    const [received] = end.mails
    expect(received).toMatchObject({ from: 'care@example.cn', to: [mail.to] })
    const { headers, parts } = readParts(received!.raw)
    expect(headers).toMatchObject({
      'message-id': mail.messageId,
      date: 'Sun, 22 Nov 2026 08:00:00 +0000',
      subject: mail.subject,
    })
    expect(headers['dkim-signature']).toMatch(/^v=1; a=ed25519-sha256/)
    expect(parts.map(({ text }) => text.trim())).toEqual([mail.text, mail.html])
  })

  test('each organization by its own key and with a return path of its own', async () => {
    const { end, transport } = await aTransport()
    for (const domain of ['a.example.cn', 'b.example.cn']) {
      const sign = dkimSigner([{ domain, selector: 's', privateKey: generateKeyPairSync('ed25519').privateKey }])
      const outcome = await transport.deliver(aMail(), { sign, returnPath: `bounce+7@${domain}` })
      expect(outcome.kind).toBe('accepted')
    }
    const unsafe = await transport.deliver(aMail(), { returnPath: 'x@y.cn>\r\nDATA' })
    expect(unsafe).toMatchObject({ kind: 'unsent', why: 'unfit' })
    await transport.end()
    expect(end.mails.map(({ from, raw }) => [from, /d=([^;]+);/.exec(raw)?.[1]])).toEqual([
      ['bounce+7@a.example.cn', 'a.example.cn'],
      ['bounce+7@b.example.cn', 'b.example.cn'],
    ])
  })

  test('the journal names them by their Message-ID', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'peiban-mail-'))
    const { transport } = await aTransport({}, { journal: new AckJournal({ folder, owner: 'a-1' }) })
    const mail = aMail()
    await transport.send(mail)
    await transport.end()
    expect([...replayJournals(folder, () => true).accepted]).toEqual([[mail.messageId, '250 2.0.0 Ok: queued']])
  })

  test.each<[string, Partial<OutgoingMail>, string | null | undefined, Record<string, unknown>]>([
    [
      'QQ says too much',
      { to: 'a@qq.com' },
      '550 Domain frequency limited',
      { kind: 'deferred', code: 550, verdict: { class: 'throttle' } },
    ],
    [
      'no such address',
      { to: 'a@qq.com' },
      '550 Mailbox not found',
      { kind: 'rejected', code: 550, verdict: { class: 'hard-bounce' } },
    ],
    ['greylisted', {}, '450 4.2.0 greylisted', { kind: 'deferred', code: 450, verdict: { class: 'temporary' } }],
    ['a line break in the address', { to: 'a@b.com>\r\nDATA' }, undefined, { kind: 'rejected' }],
    ['a line break in the sender', { from: 'x <a@b.com\r\nBcc: y>' }, undefined, { kind: 'rejected' }],
    ['a line break in the subject', { subject: 'x\r\nBcc: y@z.com' }, undefined, { kind: 'rejected' }],
    ['a Message-ID that is none', { messageId: 'a b' }, undefined, { kind: 'rejected' }],
  ])('%s', async (_name, over, answer, outcome) => {
    const { end, transport } = await aTransport({
      answer: (command) => (command.startsWith('RCPT') ? (answer ?? undefined) : undefined),
    })
    expect(await transport.send(aMail(over))).toMatchObject(outcome)
    expect(end.mails).toEqual([])
    await transport.end()
  })

  test('cut after the dot: uncertain; nobody there: certain', async () => {
    const { transport } = await aTransport({ answer: (command) => (command === '.' ? null : undefined) })
    expect(await transport.send(aMail())).toMatchObject({ kind: 'deferred', uncertain: true })
    await transport.end()
    const nobody = poolTransport('smtp://127.0.0.1:9', { clock, log: silent })
    expect(await nobody.send(aMail())).toMatchObject({ kind: 'deferred', uncertain: false })
    await nobody.end()
  })

  test('paced: deferred with a time', async () => {
    const limits = { perMinute: 6, burst: 1, connections: 1, messagesPerConnection: 1 }
    const { transport } = await aTransport({}, { paces: new Paces({}, () => limits) })
    await transport.send(aMail({ to: 'a@qq.com' }))
    expect(await transport.send(aMail({ to: 'b@qq.com' }))).toMatchObject({
      kind: 'deferred',
      uncertain: false,
      notBefore: new Date(clock.now().getTime() + 10_000),
    })
    await transport.end()
  })
})

test('an outcome of each kind has its word in the ledger', () => {
  const base = { reply: 'x', code: 1, stage: 'final' as const }
  const verdict = {
    class: 'refused' as const,
    isTemporary: false,
    retryMinutes: 1,
    stopsCampaign: false,
    narrows: false,
  }
  expect(mailOutcomeOf({ kind: 'accepted', ...base })).toEqual({ kind: 'accepted', reply: 'x' })
  expect(mailOutcomeOf({ kind: 'refused', verdict, ...base })).toEqual({
    kind: 'rejected',
    reply: 'x',
    code: 1,
    verdict,
  })
  expect(mailOutcomeOf({ kind: 'deferred', verdict, ...base })).toEqual({
    kind: 'deferred',
    reply: 'x',
    code: 1,
    verdict,
  })
  expect(mailOutcomeOf({ kind: 'in-doubt', reason: 'x' })).toEqual({ kind: 'deferred', reply: 'x', uncertain: true })
})
