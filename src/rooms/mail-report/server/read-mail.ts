import { maskEmail } from '../../../platform/contract/index.ts'
import type { ReadMail } from './rules/read-report.ts'

/** Takes a raw mail apart, in whatever charset its parts are. @throws where it is none */
export async function readMail(raw: Buffer): Promise<ReadMail> {
  // 10 MB of packages for the few mails that come back; a server without a return address never loads them.
  const { simpleParser } = await import('mailparser')
  const mail = await simpleParser(raw, {
    keepDeliveryStatus: true,
    skipImageLinks: true,
    skipTextToHtml: true,
    maxHtmlLengthToParse: 200_000,
  })
  const headers = new Map<string, string>()
  for (const { key, line } of mail.headerLines) {
    const value = line
      .slice(line.indexOf(':') + 1)
      .replace(/\s+/g, ' ')
      .trim()
    if (!headers.has(key)) headers.set(key, value)
  }
  const parts = mail.attachments.map(({ contentType, content }) => ({
    type: contentType.toLowerCase(),
    text: headOf(contentType.toLowerCase(), content),
  }))
  return { headers, subject: mail.subject ?? '', text: mail.text ?? '', parts }
}

const FIELDS_MAX = 32 * 1024

/** Of a mail that was sent back only its head is read: its words concern nobody here. */
function headOf(type: string, content: Buffer): string {
  const text = content.toString('utf8', 0, FIELDS_MAX)
  if (!/rfc822|global(-headers)?$/.test(type)) return text
  const end = /\r?\n\r?\n/.exec(text)?.index
  return end === undefined ? text : text.slice(0, end)
}

const SHOWN = 6000

/** What a person needs to read of it: the words and the fields of the report, no address in full. */
export function textOf({ subject, text, parts }: ReadMail): string {
  const fields = parts.filter(({ type }) => type.endsWith('delivery-status') || type === 'message/feedback-report')
  return [subject, text.trim(), ...fields.map((part) => part.text.trim())]
    .filter(Boolean)
    .join('\n\n')
    .replace(/[^\s<>;,"'()[\]（）：]+@[\w.-]+\.[a-z]{2,}/gi, (address) => maskEmail(address))
    .slice(0, SHOWN)
}
