import { createHash, createHmac } from 'node:crypto'

/**
 * Aliyun's signature V3, ACS3-HMAC-SHA256: what its documents ask of new clients for APIs of the RPC style, of which
 * dysmsapi 2017-05-25 is one (V3版本请求体&签名机制); the older HMAC-SHA1 over the query is not used.
 */
export interface AliyunCall {
  host: string
  action: string
  version: string
  query: Readonly<Record<string, string>>
  /** The body as it is sent; empty with SendSms, whose parameters stand in the query. */
  body: string
  at: Date
  nonce: string
}

export interface AliyunSigned {
  /** `name=value&…`, encoded and in the order that was signed. */
  query: string
  headers: Record<string, string>
}

export function signAliyun(call: AliyunCall, keyId: string, keySecret: string): AliyunSigned {
  const headers: Record<string, string> = {
    host: call.host,
    'x-acs-action': call.action,
    'x-acs-content-sha256': sha256(call.body),
    'x-acs-date': acsDate(call.at),
    'x-acs-signature-nonce': call.nonce,
    'x-acs-version': call.version,
  }
  const query = canonicalQuery(call.query)
  const names = Object.keys(headers).toSorted()
  const signature = aliyunSignature({ query, headers, names, contentHash: sha256(call.body) }, keySecret)
  return {
    query,
    headers: {
      ...headers,
      authorization: `ACS3-HMAC-SHA256 Credential=${keyId},SignedHeaders=${names.join(';')},Signature=${signature}`,
    },
  }
}

/** The signature of a request as it stands: the stand-in makes it anew from what arrived. */
export function aliyunSignature(
  request: {
    query: string
    headers: Readonly<Record<string, string>>
    names: readonly string[]
    contentHash: string
  },
  keySecret: string,
): string {
  const lines = request.names.map((name) => `${name}:${(request.headers[name] ?? '').trim()}\n`).join('')
  const canonical = ['POST', '/', request.query, lines, request.names.join(';'), request.contentHash].join('\n')
  return createHmac('sha256', keySecret)
    .update(`ACS3-HMAC-SHA256\n${sha256(canonical)}`)
    .digest('hex')
}

export function canonicalQuery(query: Readonly<Record<string, string>>): string {
  return Object.keys(query)
    .toSorted()
    .map((name) => `${encode(name)}=${encode(query[name]!)}`)
    .join('&')
}

/** RFC 3986: `encodeURIComponent` leaves five characters as they are. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/** 2026-11-22T08:00:00Z: without fractions of a second. */
function acsDate(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
