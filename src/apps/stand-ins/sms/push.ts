import { toBeijing } from '../../../platform/sms/beijing.ts'
import { toAliyunNumber } from '../../../platform/sms/number.ts'
import type { SmsProviderName } from '../../../platform/sms/provider.ts'
import type { Desk, TakenSms } from './desk.ts'

/** Pushes receipts as the provider does: all of one turn in one request. @returns how many were taken */
export async function pushReceipts(
  provider: SmsProviderName,
  desk: Desk,
  url: string | undefined,
  messages: readonly TakenSms[],
): Promise<number> {
  if (!url || messages.length === 0) return 0
  const now = desk.settings.clock.now()
  const body = messages.map((message) =>
    provider === 'aliyun' ? aliyunReceipt(message, now) : tencentReceipt(message, now),
  )
  await post(provider, url, body)
  for (const message of messages) message.told = true
  return messages.length
}

function aliyunReceipt({ to, at, fate, segments, providerId, id }: TakenSms, now: Date) {
  const failed = typeof fate === 'object' ? fate : null
  return {
    phone_number: toAliyunNumber(to),
    send_time: toBeijing(at),
    report_time: toBeijing(now),
    success: failed === null,
    err_code: failed?.code ?? 'DELIVERED',
    err_msg: failed?.words ?? '用户接收成功',
    sms_size: String(segments),
    biz_id: providerId,
    out_id: id,
  }
}

function tencentReceipt({ to, fate, providerId }: TakenSms, now: Date) {
  const failed = typeof fate === 'object' ? fate : null
  return {
    user_receive_time: toBeijing(now),
    nationcode: '86',
    mobile: toAliyunNumber(to),
    report_status: failed ? 'FAIL' : 'SUCCESS',
    errmsg: failed?.code ?? 'DELIVRD',
    description: failed?.words ?? '用户短信送达成功',
    sid: providerId,
  }
}

let sequence = 1_000_000

export async function pushReply(
  provider: SmsProviderName,
  desk: Desk,
  url: string | undefined,
  from: string,
  text: string,
  again: boolean,
): Promise<void> {
  if (!url) return
  const now = desk.settings.clock.now()
  if (!again) sequence += 1
  const [signName = ''] = desk.settings.signNames
  const body =
    provider === 'aliyun'
      ? [
          {
            phone_number: toAliyunNumber(from),
            content: text,
            send_time: toBeijing(now),
            sign_name: signName,
            dest_code: '1234',
            sequence_id: String(sequence),
          },
        ]
      : {
          extend: '',
          mobile: toAliyunNumber(from),
          nationcode: '86',
          sign: signName,
          text,
          time: Math.floor(now.getTime() / 1000),
        }
  await post(provider, url, body)
}

/** The providers want a 200 and their own words; anything else they push again. */
async function post(provider: SmsProviderName, url: string, body: unknown): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const answer = (await response.json().catch(() => null)) as { code?: unknown; result?: unknown } | null
  const word = provider === 'aliyun' ? answer?.code : answer?.result
  if (response.status !== 200 || typeof word !== 'number')
    throw new Error(`the callback answered ${response.status} ${JSON.stringify(answer)}`)
}
