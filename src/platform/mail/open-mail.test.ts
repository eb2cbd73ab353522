import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { travellingClock } from '../clock.ts'
import { silent } from '../log.ts'
import { AckJournal } from './journal/ack-journal.ts'
import { openMail, type OpenMailOptions } from './open-mail.ts'
import { anEnd } from './smtp/sample.ts'
import type { OutgoingMail } from './transport.ts'

const aFolder = () => mkdtempSync(join(tmpdir(), 'peiban-open-mail-'))
const journals = (folder: string) => readdirSync(folder).filter((name) => name.endsWith('.journal'))
let count = 0
const aMail = (to = 'lan@example.com'): OutgoingMail => ({
  from: 'care@example.cn',
  to,
  subject: 'x',
  text: 'x',
  messageId: `<${(count += 1)}@example.cn>`,
})

async function opened(
  over: Partial<OpenMailOptions> & { answer?: (command: string) => string | null | undefined } = {},
) {
  const { answer, folder = aFolder(), ...options } = over
  const end = await anEnd(answer ? { answer } : {})
  const clock = travellingClock('2026-11-22T08:00:00Z')
  const mail = openMail(`smtp://127.0.0.1:${end.port}`, {
    clock,
    log: silent,
    folder,
    owner: `${process.pid}-${(count += 1)}`,
    ...options,
  })
  return { end, clock, folder, mail }
}

describe('mails that a ledger answers for', () => {
  test('stay in the journal until the ledger has them; all others are forgotten once told', async () => {
    const { mail, folder } = await opened()
    const [one, two] = [aMail(), aMail()]
    await mail.send(one)
    expect(await mail.bulk.deliver(two)).toMatchObject({ kind: 'accepted' })
    // Closed before the ledger had the second: the next process finds it, and not the first.
    await mail.close()
    expect(journals(folder)).toHaveLength(1)
    const next = await opened({ folder })
    const [left] = next.mail.bulk.leftBehind()
    expect(left!.accepted.has(two.messageId)).toBe(true)
    expect(left!.inDoubt.size).toBe(0)
    left!.drop()
    expect(next.mail.bulk.leftBehind()).toEqual([])
    await next.mail.close()
    expect(journals(folder)).toEqual([])
  })

  test('nothing is left of what the ledger has', async () => {
    const { mail, folder } = await opened()
    const one = aMail()
    await mail.bulk.deliver(one)
    mail.bulk.forget([one.messageId])
    await mail.close()
    expect(journals(folder)).toEqual([])
  })

  test('each process that is over by its own name; a living one is left alone', async () => {
    const folder = aFolder()
    const dead = spawnSync(process.execPath, ['-e', '0']).pid
    for (const owner of [`${dead}-a`, `${dead}-b`, `${process.ppid}-c`])
      new AckJournal({ folder, owner }).append([{ kind: '>', id: `<of-${owner}@x>` }])
    const { mail } = await opened({ folder })
    expect(mail.bulk.leftBehind().map(({ owner, inDoubt }) => [owner, [...inDoubt]])).toEqual([
      [`${dead}-a`, [`<of-${dead}-a@x>`]],
      [`${dead}-b`, [`<of-${dead}-b@x>`]],
    ])
    await mail.close()
  })

  test('a mail that nobody wants any more stays here, and nobody is to blame', async () => {
    const { mail, end } = await opened()
    expect(await mail.bulk.deliver(aMail(), { isWanted: () => false })).toMatchObject({
      kind: 'deferred',
      unsent: 'recalled',
      uncertain: false,
    })
    await mail.close()
    expect(end.mails).toEqual([])
  })

  test('called back between its envelope and its dot: the content does not go, and those after it do', async () => {
    let isWanted = true
    const { mail, end } = await opened({
      connections: 1,
      answer: (command) => {
        if (command === 'DATA') isWanted = false
        return undefined
      },
    })
    const [called, other] = [aMail('called@example.com'), aMail('other@example.com')]
    const outcomes = await Promise.all([
      mail.bulk.deliver(called, { isWanted: () => isWanted }),
      mail.bulk.deliver(other),
    ])
    expect(outcomes).toMatchObject([{ kind: 'deferred', unsent: 'recalled' }, { kind: 'accepted' }])
    expect(end.mails.map(({ to }) => to)).toEqual([['other@example.com']])
    await mail.close()
  })
})

describe('the buckets', () => {
  test('go on where the process before has left them', async () => {
    const limitsOf = () => ({ perMinute: 1, burst: 1, connections: 1, messagesPerConnection: 10 })
    const before = await opened({ limitsOf })
    expect(await before.mail.send(aMail())).toMatchObject({ kind: 'accepted' })
    await before.mail.close()
    const after = await opened({ limitsOf, folder: before.folder })
    expect(await after.mail.send(aMail())).toMatchObject({ kind: 'deferred', unsent: 'paced' })
    await after.mail.close()
  })
})

test('a login that is refused says so: somebody has to mend it', async () => {
  const end = await anEnd({ login: { user: 'care', password: 'right' } })
  const mail = openMail(`smtp://care:wrong@127.0.0.1:${end.port}`, {
    clock: travellingClock('2026-11-22T08:00:00Z'),
    log: silent,
    folder: aFolder(),
    owner: `${process.pid}-login`,
  })
  expect(await mail.send(aMail())).toMatchObject({ kind: 'deferred', unsent: 'login', uncertain: false })
  await mail.close()
})
