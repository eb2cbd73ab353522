/** Reports as servers write them, for tests: what differs is given, addresses are of nobody. */

let count = 0
/** No two reports have one id, unless a test says so. */
const next = (): number => (count += 1)

const crlf = (text: string): string => text.trimStart().replace(/\r?\n/g, '\r\n')

interface Dsn {
  to: string
  action?: 'failed' | 'delayed' | 'delivered' | 'relayed'
  status?: string
  said?: string
  recipient?: string
  /** Of the mail that is sent back. */
  messageId?: string
  id?: string
}

/** RFC 3464, as Postfix writes it. */
export function aDsn({
  to,
  action = 'failed',
  status = '5.1.1',
  said,
  recipient = 'lan@example.com',
  messageId = '<x@y>',
  id = `dsn-${next()}`,
}: Dsn): string {
  return crlf(`
Return-Path: <>
From: MAILER-DAEMON@relay.example (Mail Delivery System)
To: ${to}
Subject: ${action === 'delayed' ? 'Delayed Mail (still being retried)' : 'Undelivered Mail Returned to Sender'}
Auto-Submitted: auto-replied
Message-ID: <${id}@relay.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain; charset=us-ascii

This is the mail system at host relay.example.

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example
Arrival-Date: Mon, 2 Mar 2026 10:00:00 +0800

Final-Recipient: rfc822; ${recipient}
Action: ${action}
Status: ${status}
${said ? `Diagnostic-Code: smtp; ${said}\n` : ''}
--b1
Content-Type: text/rfc822-headers

Message-ID: ${messageId}
From: no-reply@hospital.example
Subject: =?utf-8?B?6Zeu5YCZ?=

--b1--
`)
}

/** RFC 5965: an abuse report. The feedback loop knows the sender of the envelope, or the mail it quotes. */
export function anArf({
  to,
  mailFrom,
  unsubscribe,
  type = 'abuse',
  id = `arf-${next()}`,
}: {
  to: string
  mailFrom?: string
  unsubscribe?: string
  type?: string
  id?: string
}): string {
  return crlf(`
From: <feedback@provider.example>
To: <${to}>
Subject: FW: hello
Message-ID: <${id}@provider.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="b2"

--b2
Content-Type: text/plain; charset="US-ASCII"

This is an email abuse report.

--b2
Content-Type: message/feedback-report

Feedback-Type: ${type}
User-Agent: SomeGenerator/1.0
Version: 1
${mailFrom ? `Original-Mail-From: <${mailFrom}>\n` : ''}Original-Rcpt-To: <lan@example.com>

--b2
Content-Type: message/rfc822

From: no-reply@hospital.example
To: lan@example.com
Subject: hello
${unsubscribe ? `List-Unsubscribe: <https://care.example.org/api/u/${unsubscribe}>\n` : ''}Message-ID: <1@2>

Hello.

--b2--
`)
}

/** A mail of plain words, as QQ and 163 send them. `charset` other than utf-8 is for bytes that come with it. */
export function aPlain({
  to,
  from,
  subject,
  text,
  id = `plain-${next()}`,
  headers = '',
}: {
  to: string
  from: string
  subject: string
  text: string
  id?: string
  headers?: string
}): string {
  return crlf(`
From: ${from}
To: ${to}
Subject: =?utf-8?B?${Buffer.from(subject).toString('base64')}?=
Message-ID: <${id}@plain.example>
${headers}MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: base64

${Buffer.from(text).toString('base64').replace(/.{76}/g, '$&\n')}
`)
}

/** 您的邮件被退回，用户不存在 in GB18030, as older servers of 163 write it. */
export function aGbkBounce(to: string): Buffer {
  const head = crlf(`
From: Postmaster@163.com
To: ${to}
Subject: =?gb18030?B?z7XNs83L0MU=?=
Message-ID: <gbk-1@163.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=gb18030
Content-Transfer-Encoding: 8bit

`)
  // 收件人不存在
  const text = Buffer.from('cad5bcfec8cbb2bbb4e6d4da', 'hex')
  return Buffer.concat([Buffer.from(head, 'latin1'), text, Buffer.from('\r\n')])
}
