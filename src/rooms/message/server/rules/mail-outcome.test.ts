import { describe, expect, test } from 'vitest'
import type { MailOutcome } from '../../../../platform/mail/transport.ts'
import { mailSettledOf, outcomeOfReply, verdictOfOutcome } from './mail-outcome.ts'
import { retryAt } from './retry.ts'

const NOW = new Date('2026-03-02T02:00:00Z')
const minutesUntil = (at: Date | null) => at && (at.getTime() - NOW.getTime()) / 60_000
const settled = (outcome: MailOutcome, to = 'lan@example.com', attempt = 1) => {
  const { state, reason, nextAt, uncertain, isFree = false } = mailSettledOf({ id: 'm', attempt }, outcome, to, NOW)
  return { state, reason, in: minutesUntil(nextAt), uncertain, isFree }
}
const refused = (reply: string): MailOutcome => ({ kind: 'rejected', reply, code: Number(reply.slice(0, 3)) })
const put = (reply: string): MailOutcome => ({ kind: 'deferred', reply, code: Number(reply.slice(0, 3)) })

describe('what becomes of a mail after an answer', () => {
  test.each<[string, string, string, string, number | null]>([
    // A throttle is no bounce, whatever its first digit.
    ['lan@qq.com', '550 Domain frequency limited [abc]. http://service.mail.qq.com', 'deferred', 'temporary', 15],
    ['lan@qq.com', '550 Mailbox unavailable or access denied [x]', 'deferred', 'temporary', 60],
    ['lan@163.com', '550 MI:STC 163 smtp10', 'deferred', 'temporary', 1440],
    ['lan@163.com', '451 MI:SFQ 163 smtp12', 'deferred', 'temporary', 15],
    ['lan@163.com', '451 DT:SPM 163 smtp10, please try again', 'deferred', 'temporary', 5],
    ['lan@gmail.com', '552 5.2.2 over quota', 'deferred', 'temporary', 720],
    ['lan@example.com', '421 4.7.0 Try again later', 'deferred', 'temporary', 10],
    // These say that there is nobody.
    ['lan@qq.com', '550 Mailbox not found. http://service.mail.qq.com', 'failed', 'address-unknown', null],
    ['lan@163.com', '550 User not found: nobody@163.com', 'failed', 'address-unknown', null],
    ['lan@example.com', '550 5.1.1 Recipient address rejected: User unknown', 'failed', 'address-unknown', null],
    // These that they want nothing, or not this.
    ['lan@qq.com', '550 Mail is rejected by recipients', 'failed', 'refused-by-recipient', null],
    ['lan@qq.com', '550 Mail content denied', 'failed', 'refused-content', null],
    ['lan@163.com', '554 DT:SPM 163 smtp10', 'failed', 'refused-content', null],
    // These are about us: somebody mends it, and then it goes out.
    ['lan@qq.com', '550 SPF check failed', 'deferred', 'sender-refused', 60],
    [
      'lan@example.com',
      '554 5.7.1 Service unavailable; client blocked using zen.example',
      'deferred',
      'sender-refused',
      60,
    ],
    // No reason known: no, and nothing about the address.
    ['lan@example.com', '550 5.7.1 no', 'failed', 'refused', null],
  ])('%s: %s', (to, reply, state, reason, minutes) => {
    const expected = { state, reason, in: minutes, uncertain: false, isFree: false }
    const outcome = reply.startsWith('4') ? put(reply) : refused(reply)
    expect(settled(outcome, to)).toEqual(expected)
  })

  test('words that a transport puts before the answer are not the answer', () => {
    const reply = "Can't send mail - all recipients were rejected: 550 Mailbox not found"
    expect(settled({ kind: 'rejected', reply, code: 550 }, 'lan@qq.com')).toMatchObject({ reason: 'address-unknown' })
    expect(verdictOfOutcome({ kind: 'rejected', reply: 'Mailbox not found', code: 550 }, 'lan@qq.com').class).toBe(
      'hard-bounce',
    )
  })

  test("the transport's own reading counts before ours", () => {
    const verdict = {
      class: 'throttle',
      isTemporary: true,
      retryMinutes: 30,
      stopsCampaign: false,
      narrows: false,
    } as const
    expect(settled({ kind: 'deferred', reply: '550 no', code: 550, verdict })).toMatchObject({
      reason: 'temporary',
      in: 30,
    })
  })

  test('given up after eight tries, which grow apart and end at six hours', () => {
    expect(settled(put('450 later'), 'lan@example.com', 8)).toMatchObject({ state: 'failed', reason: 'gave-up' })
    expect(settled({ kind: 'deferred', reply: 'closed', uncertain: true }, 'lan@example.com', 8)).toMatchObject({
      state: 'failed',
      reason: 'gave-up',
      uncertain: true,
    })
    expect([1, 2, 3, 7, 8].map((attempt) => minutesUntil(retryAt(NOW, attempt, 2)))).toEqual([5, 10, 20, 320, 360])
  })
})

describe('without an answer', () => {
  const at = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)
  test.each<[string, Partial<Extract<MailOutcome, { kind: 'deferred' }>>, ReturnType<typeof settled>]>([
    [
      'a line that breaks after the dot is a doubt',
      { uncertain: true },
      { state: 'deferred', reason: 'unreachable', in: 5, uncertain: true, isFree: false },
    ],
    [
      'nobody there is none',
      { unsent: 'unreachable' },
      { state: 'deferred', reason: 'unreachable', in: 5, uncertain: false, isFree: false },
    ],
    [
      'a server that names a time gets it',
      { unsent: 'unreachable', notBefore: at(30) },
      { state: 'deferred', reason: 'unreachable', in: 30, uncertain: false, isFree: false },
    ],
    [
      'a provider that gets no more for now is no try',
      { unsent: 'paced', notBefore: at(7) },
      { state: 'deferred', reason: 'throttled', in: 7, uncertain: false, isFree: true },
    ],
    [
      'nor is a login that is refused',
      { unsent: 'login' },
      { state: 'deferred', reason: 'mail-login', in: 5, uncertain: false, isFree: true },
    ],
    [
      'what was recalled is judged anew',
      { unsent: 'recalled' },
      { state: 'planned', reason: null, in: 0, uncertain: false, isFree: true },
    ],
    [
      'and so is what a closing pool gave back',
      { unsent: 'closed' },
      { state: 'planned', reason: null, in: 0, uncertain: false, isFree: true },
    ],
  ])('%s', (_name, over, expected) => {
    expect(settled({ kind: 'deferred', reply: 'x', ...over })).toEqual(expected)
  })

  test('what cannot be put on the line at all ends', () => {
    expect(settled({ kind: 'rejected', reply: 'not an address' })).toMatchObject({ state: 'failed', reason: 'refused' })
  })
})

test('an answer of which a journal kept the words is read like any other', () => {
  const of = (reply: string) => settled(outcomeOfReply(reply), 'x***@qq.com')
  expect(of('550 Domain frequency limited')).toMatchObject({ state: 'deferred', reason: 'temporary', in: 15 })
  expect(of('452 4.3.1 later')).toMatchObject({ state: 'deferred' })
  expect(of('550 Mailbox not found')).toMatchObject({ state: 'failed', reason: 'address-unknown' })
  expect(of('550 no')).toMatchObject({ state: 'failed', reason: 'refused' })
})
