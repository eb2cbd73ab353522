import { createHash, createHmac } from 'node:crypto'

/** Tencent Cloud's signature V3, TC3-HMAC-SHA256 (cloud.tencent.com 382/52072 签名方法 v3). */
export interface TencentCall {
  host: string
  /** `sms`. */
  service: string
  action: string
  version: string
  region: string
  body: string
  at: Date
}

export const TENCENT_CONTENT_TYPE = 'application/json; charset=utf-8'

export function signTencent(call: TencentCall, secretId: string, secretKey: string): Record<string, string> {
  const timestamp = Math.floor(call.at.getTime() / 1000)
  const headers: Record<string, string> = {
    'content-type': TENCENT_CONTENT_TYPE,
    host: call.host,
    'x-tc-action': call.action,
  }
  const names = Object.keys(headers)
  const scope = `${call.at.toISOString().slice(0, 10)}/${call.service}/tc3_request`
  const signature = tencentSignature({ headers, names, body: call.body, timestamp, scope }, secretKey)
  return {
    ...headers,
    'x-tc-version': call.version,
    'x-tc-timestamp': String(timestamp),
    ...(call.region ? { 'x-tc-region': call.region } : {}),
    authorization: `TC3-HMAC-SHA256 Credential=${secretId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
  }
}

/** The signature of a request as it stands: the stand-in makes it anew from what arrived. */
export function tencentSignature(
  request: {
    headers: Readonly<Record<string, string>>
    names: readonly string[]
    body: string
    timestamp: number
    /** `2026-11-22/sms/tc3_request` */
    scope: string
  },
  secretKey: string,
): string {
  // Values are signed in lower case, as the documents have it.
  const lines = request.names.map((name) => `${name}:${(request.headers[name] ?? '').trim().toLowerCase()}\n`).join('')
  const canonical = ['POST', '/', '', lines, request.names.join(';'), sha256(request.body)].join('\n')
  const [date = '', service = '', last = ''] = request.scope.split('/')
  const text = ['TC3-HMAC-SHA256', String(request.timestamp), request.scope, sha256(canonical)].join('\n')
  const key = hmac(hmac(hmac(`TC3${secretKey}`, date), service), last)
  return hmac(key, text).toString('hex')
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
