import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { AckJournal } from '../journal/ack-journal.ts'
import { replayJournals } from '../journal/replay.ts'
import { Paces } from '../pace/paces.ts'
import { ALL_FEATURES } from '../../../../test/smtp-end.ts'
import type { LetterOutcome } from './letter.ts'
import { aLetter, anEnd, aPool, idIn } from './sample.ts'

const many = (count: number, over: (n: number) => Parameters<typeof aLetter>[0] = () => ({})) =>
  Array.from({ length: count }, (_, n) => aLetter(over(n)))
const kinds = (outcomes: readonly LetterOutcome[]) => outcomes.map(({ kind }) => kind)

describe('sending', () => {
  test.each([
    ['pipelined', ALL_FEATURES],
    ['one command after the other', ['SIZE 10000000']],
  ])('%s: each arrives once, over connections that carry what they may', async (_name, features) => {
    const end = await anEnd({ features })
    const pool = aPool(end, { connections: 3, messagesPerConnection: 7 })
    const letters = many(100)
    const outcomes = await Promise.all(letters.map((letter) => pool.send(letter)))
    expect(new Set(kinds(outcomes))).toEqual(new Set(['accepted']))
    expect(outcomes[0]).toMatchObject({ code: 250, reply: '250 2.0.0 Ok: queued', stage: 'final' })
    expect(end.mails.map(({ raw }) => idIn(raw)).sort()).toEqual(letters.map(({ id }) => id).sort())
    expect(end.mails.map(({ raw }) => raw)).toContain(String(letters[0]!.content as Buffer))
    expect(end.violations).toEqual([])
    const bySession = [...Map.groupBy(end.mails, ({ session }) => session).values()].map(({ length }) => length)
    expect(Math.max(...bySession)).toBeLessThanOrEqual(7)
    expect(end.connections).toBeGreaterThanOrEqual(15)
  })

  test('one round trip a mail: the end of one travels with the envelope of the next', async () => {
    const end = await anEnd()
    const pool = aPool(end, { connections: 1 })
    await Promise.all(many(3).map((letter) => pool.send(letter)))
    await pool.close()
    // Greeting and EHLO aside: first envelope, twice an end with the next envelope, last end, QUIT.
    const packets = end.packets.slice(1)
    expect(packets).toHaveLength(5)
    expect(packets[0]).toMatch(/^MAIL FROM:<[^>]+>[^\r]*\r\nRCPT TO:<[^>]+>\r\nDATA\r\n$/)
    for (const packet of packets.slice(1, 3)) expect(packet).toMatch(/\r\n\.\r\nMAIL FROM:[^]*\r\nDATA\r\n$/)
    expect(end.connections).toBe(1)
  })

  test('SIZE, eight bits and addresses beyond ASCII are said where the server knows them', async () => {
    const end = await anEnd()
    const pool = aPool(end)
    const eight = aLetter({ to: '李兰@仁和.cn', from: '', content: Buffer.from('Subject: x\r\n\r\n好\r\n') })
    expect(await pool.send(eight)).toMatchObject({ kind: 'accepted' })
    expect(end.commands).toContain('MAIL FROM:<> SIZE=19 BODY=8BITMIME SMTPUTF8')
    expect(
      Buffer.from(
        end.commands.find((one) => one.startsWith('RCPT'))!,
        'latin1',
      ).toString(),
    ).toMatch('<李兰@xn--')
  })

  test.each<[string, readonly string[], Parameters<typeof aLetter>[0], RegExp]>([
    [
      'an address that would begin a command',
      ALL_FEATURES,
      { to: 'a@example.com>\r\nRCPT TO:<b@example.com' },
      /not the domain|not an e-mail/,
    ],
    ['a sender that would', ALL_FEATURES, { from: 'a@example.com>\r\nDATA' }, /not/],
    ['larger than the server takes', ['PIPELINING', 'SIZE 100'], { content: Buffer.alloc(101, 'x') }, /larger than/],
    ['eight bits where seven are taken', ['PIPELINING'], { content: Buffer.from('好') }, /seven bits/],
    ['beyond ASCII where it is not known', ['PIPELINING'], { to: '李兰@example.com' }, /beyond ASCII/],
    [
      'content that cannot be made',
      ALL_FEATURES,
      { content: () => Promise.reject(new Error('no such template')) },
      /no such template/,
    ],
  ])('%s: unfit, and never near the line; the next goes', async (_name, features, over, reason) => {
    const end = await anEnd({ features })
    const pool = aPool(end, { connections: 1 })
    const [unfit, next] = await Promise.all([pool.send(aLetter(over)), pool.send(aLetter())])
    expect(unfit).toMatchObject({ kind: 'unsent', why: 'unfit', reason: expect.stringMatching(reason) as string })
    expect(next.kind).toBe('accepted')
    expect(end.mails).toHaveLength(1)
    expect(end.commands.filter((command) => command.startsWith('RCPT'))).toHaveLength(1)
  })

  test('an id that would tear the journal is refused', async () => {
    const pool = aPool(await anEnd())
    await expect(pool.send(aLetter({ id: 'a\n+ b' }))).rejects.toThrow(TypeError)
  })

  test('room: whoever has many to send is made to wait', async () => {
    const end = await anEnd()
    const pool = aPool(end, { connections: 1, queueMax: 5 })
    const outcomes: Promise<LetterOutcome>[] = []
    let most = 0
    for (const letter of many(200)) {
      await pool.room()
      outcomes.push(pool.send(letter))
      most = Math.max(most, pool.waiting)
    }
    expect(new Set(kinds(await Promise.all(outcomes)))).toEqual(new Set(['accepted']))
    expect(most).toBeLessThanOrEqual(6)
  })

  test('content is made when a connection takes the mail, not before', async () => {
    let made = 0
    const end = await anEnd({ answer: (command) => (command === '.' ? '' : undefined) })
    const pool = aPool(end, { connections: 2, hasty: true })
    const outcomes = many(50, () => ({ content: () => Buffer.from(`x${(made += 1)}`) })).map((letter) =>
      pool.send(letter),
    )
    await expect.poll(() => end.commands.filter((one) => one === 'DATA').length).toBeGreaterThanOrEqual(2)
    expect(made).toBeLessThanOrEqual(8)
    await pool.close()
    await Promise.all(outcomes)
  })
})

describe('refusals', () => {
  const refusing = (stage: 'MAIL' | 'RCPT' | 'DATA' | '.', answer: string) => (command: string) =>
    command.startsWith(stage) ? answer : undefined

  test.each([
    ['MAIL', 'mail'],
    ['RCPT', 'rcpt'],
    ['DATA', 'data'],
    ['.', 'final'],
  ] as const)('at %s: said of that mail alone, pipelined or not', async (stage, named) => {
    for (const features of [ALL_FEATURES, []]) {
      let turn = 0
      const refuse = refusing(stage, '550 5.1.1 User unknown')
      const end = await anEnd({
        features,
        answer: (command) => (command.startsWith(stage) && (turn += 1) % 2 ? refuse(command) : undefined),
      })
      const pool = aPool(end, { connections: 1 })
      const outcomes = await Promise.all(many(6).map((letter) => pool.send(letter)))
      expect(kinds(outcomes)).toEqual(['refused', 'accepted', 'refused', 'accepted', 'refused', 'accepted'])
      expect(outcomes[0]).toMatchObject({
        code: 550,
        stage: named,
        reply: '550 5.1.1 User unknown',
        verdict: { class: 'hard-bounce' },
      })
      expect(end.mails).toHaveLength(3)
      expect(end.violations).toEqual([])
      expect(end.connections).toBe(1)
    }
  })

  test('354 although nobody was accepted: a dot alone, and nothing arrives for nobody', async () => {
    const end = await anEnd({
      answer: (command) =>
        command.startsWith('RCPT TO:<gone') ? '550 5.1.1 no' : command === 'DATA' ? '354 go' : undefined,
    })
    const pool = aPool(end, { connections: 1 })
    const outcomes = await Promise.all(
      [aLetter({ to: 'gone@example.com' }), aLetter(), aLetter({ to: 'gone2@example.com' })].map((one) =>
        pool.send(one),
      ),
    )
    expect(kinds(outcomes)).toEqual(['refused', 'accepted', 'refused'])
    expect(end.mails.filter(({ raw }) => raw !== '')).toHaveLength(1)
  })

  test('QQ’s 550 for too much is a throttle, and its mailbox not found is not', async () => {
    const end = await anEnd({
      answer: (command) =>
        command.startsWith('RCPT TO:<fast')
          ? '550 Domain frequency limited.'
          : command.startsWith('RCPT TO:<gone')
            ? '550 Mailbox not found.'
            : undefined,
    })
    const pool = aPool(end)
    const [fast, gone] = await Promise.all([
      pool.send(aLetter({ to: 'fast@qq.com' })),
      pool.send(aLetter({ to: 'gone@qq.com' })),
    ])
    expect(fast).toMatchObject({ kind: 'deferred', verdict: { class: 'throttle', stopsCampaign: false } })
    expect(gone).toMatchObject({ kind: 'refused', verdict: { class: 'hard-bounce' } })
  })

  test('enough on this connection (MI:DMC), or closing for no reason of the mail’s (421): another one carries it', async () => {
    for (const answer of ['451 MI:DMC 163 smtp1', '421 4.7.0 closing, too many']) {
      const end = await anEnd({
        answer: (command, { taken }) => (command.startsWith('MAIL') && taken >= 3 ? answer : undefined),
      })
      const pool = aPool(end, { connections: 1 })
      const outcomes = await Promise.all(many(10, (n) => ({ to: `p${n}@163.com` })).map((letter) => pool.send(letter)))
      expect(new Set(kinds(outcomes))).toEqual(new Set(['accepted']))
      expect(end.connections).toBe(4)
      expect(end.mails).toHaveLength(10)
    }
  })

  test('421 HL:ICC: deferred, held for its provider, fewer at once; others go on', async () => {
    const paces = new Paces()
    const end = await anEnd({ answer: (command) => (/^RCPT TO:<\w+@163/.test(command) ? '421 HL:ICC 163' : undefined) })
    const pool = aPool(end, { connections: 1, paces })
    const outcomes = await Promise.all(
      ['a@163.com', 'b@126.com', 'c@example.com', 'd@yeah.net'].map((to) => pool.send(aLetter({ to }))),
    )
    expect(outcomes[0]).toMatchObject({ kind: 'deferred', verdict: { class: 'throttle', narrows: true } })
    expect(outcomes[2]!.kind).toBe('accepted')
    const minutes = outcomes
      .filter((one) => one.kind === 'unsent')
      .map(({ notBefore }) => notBefore!.getTime() - pool.clock.now().getTime())
    expect(kinds([outcomes[1]!, outcomes[3]!])).toEqual(['unsent', 'unsent'])
    for (const wait of minutes) expect(wait).toBeGreaterThanOrEqual(10 * 60_000)
    expect(await pool.send(aLetter({ to: 'e@163.com' }))).toMatchObject({ kind: 'unsent', why: 'paced' })
    expect(paces.save(pool.clock.now().getTime())['netease|example.org']).toMatchObject({ strikes: 1, narrowTo: 1 })
  })
})

describe('pace', () => {
  test('a burst goes, a little waits, the rest comes back with times one after the other', async () => {
    const limits = { perMinute: 60, burst: 10, connections: 4, messagesPerConnection: 50 }
    const end = await anEnd()
    const pool = aPool(end, { paces: new Paces({}, () => limits), patienceMs: 500 })
    const outcomes = await Promise.all(many(30, (n) => ({ to: `p${n}@qq.com` })).map((letter) => pool.send(letter)))
    expect(outcomes.filter(({ kind }) => kind === 'accepted')).toHaveLength(10)
    const back = outcomes.flatMap((one) =>
      one.kind === 'unsent' ? [one.notBefore!.getTime() - pool.clock.now().getTime()] : [],
    )
    expect(back).toHaveLength(20)
    expect(back.slice(0, 3)).toEqual([1000, 2000, 3000])
    expect(back.at(-1)).toBe(20_000)
    pool.clock.advance({ seconds: 5 })
    const again = await Promise.all(many(6, (n) => ({ to: `q${n}@qq.com` })).map((letter) => pool.send(letter)))
    expect(kinds(again)).toEqual([...Array<string>(5).fill('accepted'), 'unsent'])
  })

  test('a slow provider holds up nobody else', async () => {
    const end = await anEnd()
    const limits = { perMinute: 60, burst: 1, connections: 1, messagesPerConnection: 50 }
    const open = { ...limits, perMinute: 100_000, burst: 1000, connections: 9 }
    const paces = new Paces({}, ({ code }) => (code === 'qq' ? limits : open))
    const pool = aPool(end, { connections: 1, paces, patienceMs: 60_000 })
    const waiting = many(3, (n) => ({ to: `p${n}@qq.com` })).map((letter) => pool.send(letter))
    const others = await Promise.all(many(20).map((letter) => pool.send(letter)))
    expect(new Set(kinds(others))).toEqual(new Set(['accepted']))
    expect(end.mails.filter(({ to }) => to[0]!.endsWith('qq.com'))).toHaveLength(1)
    pool.clock.advance({ seconds: 10 })
    await pool.close()
    expect(kinds(await Promise.all(waiting)).sort()).toContain('accepted')
  })
})

describe('connections that die', () => {
  /** Hangs up, once, at the n-th of a command. */
  const hangsUp = (stage: string, nth: number, how: null | '' = null) => {
    let seen = 0
    return (command: string) => (command.startsWith(stage) && (seen += 1) === nth ? how : undefined)
  }

  test.each([['MAIL'], ['RCPT'], ['DATA']])(
    'at %s: surely not sent, goes again by itself, arrives once',
    async (stage) => {
      for (const features of [ALL_FEATURES, []]) {
        for (const nth of [1, 4]) {
          const end = await anEnd({ features, answer: hangsUp(stage, nth) })
          const pool = aPool(end, { connections: 2 })
          const letters = many(12)
          const outcomes = await Promise.all(letters.map((letter) => pool.send(letter)))
          expect(new Set(kinds(outcomes))).toEqual(new Set(['accepted']))
          expect(end.mails.map(({ raw }) => idIn(raw)).sort()).toEqual(letters.map(({ id }) => id).sort())
        }
      }
    },
  )

  test.each([
    ['hung up', null],
    ['silence', ''],
  ] as const)('after the final dot, %s: that one is in doubt by name, the others arrive once', async (_name, how) => {
    const folder = mkdtempSync(join(tmpdir(), 'peiban-mail-'))
    const journal = new AckJournal({ folder, owner: 'test-1' })
    const end = await anEnd({ answer: hangsUp('.', 5, how) })
    const pool = aPool(end, { connections: 2, hasty: true, journal })
    const letters = many(12)
    const outcomes = await Promise.all(letters.map((letter) => pool.send(letter)))
    const doubtful = letters.filter((_, n) => outcomes[n]!.kind === 'in-doubt').map(({ id }) => id)
    expect(doubtful).toHaveLength(1)
    expect(kinds(outcomes).filter((kind) => kind === 'accepted')).toHaveLength(11)
    const copies = Map.groupBy(end.mails, ({ raw }) => idIn(raw))
    expect([...copies.values()].every(({ length }) => length === 1)).toBe(true)
    await pool.close()
    const replay = replayJournals(folder, () => true)
    expect([...replay.inDoubt]).toEqual(doubtful)
    expect(replay.accepted.size).toBe(11)
  })

  test('a server that hangs up on everything: unsent, none lost, none twice', async () => {
    const end = await anEnd({ answer: (command) => (command.startsWith('MAIL') ? null : undefined) })
    const pool = aPool(end, { connections: 2 })
    const outcomes = await Promise.all(many(8).map((letter) => pool.send(letter)))
    expect(outcomes.every((one) => one.kind === 'unsent' && one.why === 'unreachable')).toBe(true)
    expect(end.mails).toEqual([])
  })

  test('nobody there: everything comes back at once, and later it goes', async () => {
    const end = await anEnd()
    const gone = await anEnd()
    await gone.close()
    const pool = aPool(gone)
    const outcomes = await Promise.all(many(20).map((letter) => pool.send(letter)))
    expect(outcomes.every((one) => one.kind === 'unsent' && one.why === 'unreachable' && one.notBefore === null)).toBe(
      true,
    )
    expect(await aPool(end).send(aLetter())).toMatchObject({ kind: 'accepted' })
  })

  test('more connections than the server takes: those that stand carry all', async () => {
    const end = await anEnd({
      answer: (command, { number }) =>
        command === 'greeting' && number > 2 ? '421 4.7.0 too many connections' : undefined,
    })
    const pool = aPool(end, { connections: 6 })
    const outcomes = await Promise.all(many(60).map((letter) => pool.send(letter)))
    expect(new Set(kinds(outcomes))).toEqual(new Set(['accepted']))
    expect(end.connections).toBeLessThanOrEqual(8)
  })

  test('the whole server too busy (421 greeting): unsent, with a time', async () => {
    const pool = aPool(await anEnd({ answer: () => '421 4.3.2 too many connections, try later' }))
    const outcome = await pool.send(aLetter())
    expect(outcome).toMatchObject({ kind: 'unsent', why: 'unreachable' })
    expect((outcome as { notBefore: Date }).notBefore.getTime()).toBeGreaterThan(pool.clock.now().getTime())
  })

  test('a connection that has gone stale while resting is replaced without a trace', async () => {
    const sessions: { destroy(): void }[] = []
    const end = await anEnd({ answer: (command, session) => void (command === 'greeting' && sessions.push(session)) })
    const pool = aPool(end)
    expect((await pool.send(aLetter())).kind).toBe('accepted')
    for (const session of sessions) session.destroy()
    expect((await pool.send(aLetter())).kind).toBe('accepted')
    expect(end.mails).toHaveLength(2)
  })

  test('the journal cannot be written: no dot goes out', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'peiban-mail-'))
    const journal = new AckJournal({ folder, owner: 'test-2' })
    journal.append = () => {
      throw new Error('ENOSPC')
    }
    const end = await anEnd()
    const pool = aPool(end, { journal })
    expect(await pool.send(aLetter())).toMatchObject({ kind: 'unsent', reason: 'ENOSPC' })
    expect(end.mails).toEqual([])
  })
})

describe('closing', () => {
  test('leaves with QUIT; what waits comes back, what is under way is finished', async () => {
    const end = await anEnd()
    const pool = aPool(end, { connections: 1 })
    const outcomes = many(50).map((letter) => pool.send(letter))
    await Promise.race(outcomes)
    await pool.close()
    const settled = await Promise.all(outcomes)
    expect(new Set(kinds(settled))).toEqual(new Set(['accepted', 'unsent']))
    expect(end.mails).toHaveLength(kinds(settled).filter((kind) => kind === 'accepted').length)
    expect(end.commands.at(-1)).toBe('QUIT')
    expect(await pool.send(aLetter())).toMatchObject({ kind: 'unsent', why: 'closed' })
    await expect.poll(() => end.openNow()).toBe(0)
  })

  test('a connection with nothing to do leaves by itself', async () => {
    const end = await anEnd()
    const pool = aPool(end, { idleMs: 20 })
    await pool.send(aLetter())
    await expect.poll(() => end.commands.at(-1)).toBe('QUIT')
    expect((await pool.send(aLetter())).kind).toBe('accepted')
    expect(end.connections).toBe(2)
  })
})
