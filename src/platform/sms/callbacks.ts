import { z } from 'zod'
import { fromBeijing } from './beijing.ts'
import { receiptClass } from './codes.ts'
import { toE164 } from './number.ts'
import type { SmsCallback, SmsProviderName, SmsReceipt, SmsReply } from './provider.ts'

/** Numbers come as numbers or as text, by the provider's mood. */
const text = z.union([z.string(), z.number()]).transform(String)
const some = text.nullish().transform((value) => (value ? value : null))

/** help.aliyun.com SmsReport (HTTP批量推送). */
const aliyunReceipt = z.object({
  phone_number: text,
  success: z.union([z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')]),
  report_time: some,
  err_code: some,
  err_msg: some,
  sms_size: some,
  biz_id: some,
  out_id: some,
})

/** cloud.tencent.com 382/59178 短信下发状态通知. */
const tencentReceipt = z.object({
  mobile: text,
  nationcode: text.default('86'),
  report_status: z.enum(['SUCCESS', 'FAIL']),
  user_receive_time: some,
  errmsg: some,
  description: some,
  sid: text,
})

/** help.aliyun.com SmsUp: the reply does not say to which message it is. */
const aliyunReply = z.object({
  phone_number: text,
  content: z.string(),
  send_time: some,
  sign_name: some,
  sequence_id: text,
})

/** cloud.tencent.com 382/59179 短信回复. */
const tencentReply = z.object({
  mobile: text,
  nationcode: text.default('86'),
  text: z.string(),
  sign: some,
  time: z.coerce.number().int().positive(),
})

/** Reads what a provider says became of messages. */
export function readReceipts(provider: SmsProviderName, body: unknown): SmsCallback<SmsReceipt> {
  return provider === 'aliyun'
    ? readAll(body, aliyunReceipt, (raw): SmsReceipt | string => {
        const to = toE164(raw.phone_number)
        if (!to) return 'number'
        if (!raw.biz_id && !raw.out_id) return 'no id'
        const words = raw.err_msg ?? ''
        return {
          id: raw.out_id,
          providerId: raw.biz_id,
          to,
          delivered: raw.success,
          class: raw.success ? null : receiptClass(raw.err_code ?? '', words),
          code: raw.err_code ?? '',
          words,
          segments: raw.sms_size && /^\d{1,2}$/.test(raw.sms_size) ? Number(raw.sms_size) : null,
          at: fromBeijing(raw.report_time ?? undefined),
        }
      })
    : readAll(body, tencentReceipt, (raw): SmsReceipt | string => {
        const to = numberOf(raw)
        if (!to) return 'number'
        const delivered = raw.report_status === 'SUCCESS'
        const words = raw.description ?? ''
        return {
          id: null,
          providerId: raw.sid,
          to,
          delivered,
          class: delivered ? null : receiptClass(raw.errmsg ?? '', words),
          code: raw.errmsg ?? '',
          words,
          segments: null,
          at: fromBeijing(raw.user_receive_time ?? undefined),
        }
      })
}

/** Reads what people wrote back. */
export function readReplies(provider: SmsProviderName, body: unknown): SmsCallback<SmsReply> {
  return provider === 'aliyun'
    ? readAll(body, aliyunReply, (raw): SmsReply | string => {
        const from = toE164(raw.phone_number)
        if (!from) return 'number'
        return {
          key: `aliyun:${raw.sequence_id}:${from}`,
          from,
          text: raw.content,
          signName: raw.sign_name,
          at: fromBeijing(raw.send_time ?? undefined),
        }
      })
    : readAll(body, tencentReply, (raw): SmsReply | string => {
        const from = numberOf(raw)
        if (!from) return 'number'
        const at = new Date(raw.time * 1000)
        return { key: `tencent:${raw.time}:${from}:${raw.text}`, from, text: raw.text, signName: raw.sign, at }
      })
}

const numberOf = ({ mobile, nationcode }: { mobile: string; nationcode: string }) =>
  toE164(mobile.startsWith('+') ? mobile : `+${nationcode}${mobile}`)

/** Aliyun sends a list, Tencent a list of receipts and single replies; each entry is read for itself. */
function readAll<S extends z.ZodType, T>(
  body: unknown,
  schema: S,
  use: (raw: z.output<S>) => T | string,
): SmsCallback<T> {
  const entries = Array.isArray(body) ? (body as unknown[]) : [body]
  const found: SmsCallback<T> = { read: [], unread: [] }
  for (const value of entries) {
    const parsed = schema.safeParse(value)
    const made = parsed.success
      ? use(parsed.data)
      : `form: ${parsed.error.issues.map((issue) => issue.path.join('.')).join(', ')}`
    if (typeof made === 'string') found.unread.push({ value, why: made.slice(0, 200) })
    else found.read.push(made)
  }
  return found
}
