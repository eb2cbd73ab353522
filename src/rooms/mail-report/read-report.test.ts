import { describe, expect, test } from 'vitest'
import { aDsn, aGbkBounce, anArf, aPlain } from './sample-reports.ts'
import { readMail, textOf } from './server/read-mail.ts'
import { redacted } from './server/rules/redact.ts'
import { readReport } from './server/rules/read-report.ts'

const to = 'bounce+x@mail.hospital.example'
const read = async (raw: string | Buffer) => readReport(await readMail(Buffer.from(raw)))

describe('a DSN means what its server said, by that server’s own rules', () => {
  test.each([
    ['5.1.1', '550 5.1.1 <lan@example.com>: Recipient address rejected: User unknown', 'lan@example.com', 'gone'],
    ['5.0.0', '550 Mailbox not found. http://service.mail.qq.com/', '12345@qq.com', 'gone'],
    ['5.0.0', '550 Domain frequency limited. https://service.mail.qq.com', '12345@qq.com', 'later'],
    ['5.0.0', '550 Mailbox unavailable or access denied', '12345@qq.com', 'later'],
    ['5.0.0', '550 Mail is rejected by recipients', '12345@qq.com', 'unwanted'],
    ['5.0.0', '550 Mail content denied.', '12345@qq.com', 'content'],
    ['5.0.0', '550 DMARC check failed.', '12345@qq.com', 'refused'],
    ['5.0.0', '554 DT:SPM 163 mx5,PcmowEDJ3', 'lan@163.com', 'content'],
    ['4.0.0', '421 HL:REP 163 mx4', 'lan@163.com', 'later'],
    ['5.2.2', '552 5.2.2 Mailbox full', 'lan@example.com', 'later'],
    ['4.4.7', '', 'lan@example.com', 'later'],
    ['5.4.7', '', 'lan@example.com', 'later'],
    ['5.1.1', '', 'lan@example.com', 'gone'],
    ['5.0.0', '550 no', 'lan@example.com', 'refused'],
  ])('%s %s of %s: %s', async (status, said, recipient, meaning) => {
    expect(await read(aDsn({ to, status, said, recipient }))).toMatchObject({ kind: 'bounce', meaning, recipient })
  })

  test.each([
    ['delayed', '4.4.1', { kind: 'delay', meaning: null }],
    ['delivered', '2.0.0', { kind: 'delivery', meaning: 'arrived' }],
    ['relayed', '2.0.0', { kind: 'delivery', meaning: null }],
  ] as const)('%s is no bounce', async (action, status, expected) => {
    expect(await read(aDsn({ to, action, status }))).toMatchObject(expected)
  })

  test('what it quotes is read for its Message-ID, and the address it came to for a mark', async () => {
    const report = await read(aDsn({ to, messageId: '<01890000-0000-7000-8000-000000000001@test.peiban>' }))
    expect(report.originalId).toBe('<01890000-0000-7000-8000-000000000001@test.peiban>')
    expect(report.marks).toContain(to)
  })
})

describe('a complaint', () => {
  test('carries the mark of the envelope, or the unsubscribe link of the mail it quotes', async () => {
    const token = `${'0'.repeat(32)}.${'a'.repeat(43)}`
    const report = await read(anArf({ to: 'fbl@hospital.example', mailFrom: to, unsubscribe: token }))
    expect(report).toMatchObject({
      kind: 'complaint',
      meaning: 'complaint',
      unsubscribe: token,
      recipient: 'lan@example.com',
    })
    expect(report.marks).toContain(to)
  })

  test('that is taken back is none', async () => {
    expect(await read(anArf({ to, type: 'not-spam' }))).toMatchObject({ kind: 'auto-reply', meaning: null })
  })
})

describe('bounces in plain words', () => {
  test.each([
    [
      'PostMaster@qq.com',
      '系统退信',
      '很抱歉，您发送的邮件被退回。\n收件人（12345@qq.com）不存在，邮件无法送达。',
      'gone',
    ],
    ['PostMaster@qq.com', '系统退信', '退信原因：发信频率超过限制，请稍后再发。', 'later'],
    ['PostMaster@qq.com', '系统退信', '对方邮箱空间已满，无法接收新邮件。', 'later'],
    ['PostMaster@qq.com', '系统退信', '收件人已将您加入黑名单，拒收您的来信。', 'unwanted'],
    ['PostMaster@qq.com', '系统退信', '该邮件被判定为垃圾邮件，收件服务器没有接收。', 'content'],
    [
      'Postmaster@163.com',
      '系统退信',
      '发送给 lan@163.com 的邮件被退回。\n对方服务器返回：550 User not found: lan@163.com',
      'gone',
    ],
    ['Postmaster@163.com', '系统退信', '远程服务器返回：\n451 DT:SPM 163 smtp8,please try again', 'later'],
    ['Postmaster@126.com', '退信通知', '远程服务器返回：\n554 DT:SPM 126 mx1', 'content'],
    [
      'MAILER-DAEMON@mx.example',
      'failure notice',
      "I'm sorry.\n<lan@example.com>:\n550 5.1.1 no such user here",
      'gone',
    ],
    ['mail@hospital.example', '邮件投递失败', '多次尝试后仍未成功：对方服务器无响应。', 'later'],
  ])('%s %s: %s → %s', async (from, subject, text, meaning) => {
    expect(await read(aPlain({ to, from, subject, text }))).toMatchObject({ kind: 'bounce', meaning })
  })

  test('in GB18030', async () => {
    expect(await read(aGbkBounce(to))).toMatchObject({ kind: 'bounce', meaning: 'gone', words: '收件人不存在' })
  })

  test('that say nothing known are left to a person', async () => {
    const report = await read(aPlain({ to, from: 'postmaster@x.example', subject: '系统退信', text: '见附件。' }))
    expect(report).toMatchObject({ kind: 'bounce', meaning: null })
  })

  test('our own words, quoted far below, are no answer of theirs', async () => {
    const text = `见附件。${'\n'.repeat(3000)}您的地址不存在`
    expect(await read(aPlain({ to, from: 'postmaster@x.example', subject: '系统退信', text }))).toMatchObject({
      meaning: null,
    })
  })
})

test.each([
  [
    'a holiday note',
    aPlain({ to, from: 'lan@example.com', subject: '自动回复：出差中', text: '回来再联系' }),
    'auto-reply',
  ],
  [
    'one that says so in its head',
    aPlain({ to, from: 'lan@example.com', subject: 'Re', text: 'x', headers: 'Auto-Submitted: auto-replied\n' }),
    'auto-reply',
  ],
  [
    'a letter of a person',
    aPlain({ to, from: 'lan@example.com', subject: '请问', text: '地址不存在是什么意思？' }),
    'unknown',
  ],
])('%s changes nothing by itself', async (_name, raw, kind) => {
  expect(await read(raw)).toMatchObject({ kind, meaning: null })
})

test('what is kept and shown holds no address and no long number', async () => {
  expect(redacted('550 <lan@example.com> 13800138000 http://x.cn/a?b=1 rejected')).toBe('550 <…@…> … … rejected')
  const mail = await readMail(Buffer.from(aDsn({ to, said: '550 5.1.1 <lan@example.com> unknown' })))
  expect(textOf(mail)).not.toContain('lan@example.com')
  expect(textOf(mail)).toContain('5.1.1')
})
