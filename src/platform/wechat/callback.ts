import { callbackCipher, CallbackRefused, isSignature } from './callback-cipher.ts'
import { childText, readXml, XmlRefused, type XmlElement } from './xml.ts'

/** What is agreed with the server about where it calls us. */
export interface CallbackAccount {
  token: string
  /** Appid of a WeChat account, corpid of a WeCom one. */
  receiver: string
  /** 43 characters. With it only encrypted messages are taken: what comes in the open is not covered by the signature. */
  encodingAesKey?: string
}

export interface CallbackCall {
  method: string
  query: Readonly<Record<string, string | undefined>>
  body: string
  now: Date
}

export type Callback =
  /** The address is being tried: answer with the echo as it is. */
  | { kind: 'hello'; echo: string }
  | { kind: 'message'; message: XmlElement }
  /** Not from the server: answer 403 and nothing else. */
  | { kind: 'refused'; because: string }

/** How far the server's clock and ours may be apart. An older call is a copy of one that somebody has seen. */
const SKEW_SECONDS_MAX = 600

/**
 * Reads a call to our callback address: signature, age, decryption, XML. WeChat signs in two ways (`signature` over token,
 * timestamp and nonce; `msg_signature` over the ciphertext too), WeCom in the second one only, also for the echo.
 */
export function readCallback(account: CallbackAccount, { method, query, body, now }: CallbackCall): Callback {
  const { timestamp = '', nonce = '' } = query
  const skewSeconds = timestamp === '' ? Infinity : Math.abs(now.getTime() / 1000 - Number(timestamp))
  if (!(skewSeconds <= SKEW_SECONDS_MAX)) return { kind: 'refused', because: 'its time is not ours' }
  try {
    if (method === 'GET') return hello(account, query, [account.token, timestamp, nonce])
    return { kind: 'message', message: readXml(messageOf(account, query, body, [account.token, timestamp, nonce])) }
  } catch (error) {
    if (error instanceof CallbackRefused || error instanceof XmlRefused)
      return { kind: 'refused', because: error.message }
    throw error
  }
}

function hello(account: CallbackAccount, query: CallbackCall['query'], parts: readonly string[]): Callback {
  const { signature, msg_signature, echostr = '' } = query
  if (signature !== undefined) {
    need(signature, parts)
    return { kind: 'hello', echo: echostr }
  }
  need(msg_signature, [...parts, echostr])
  return { kind: 'hello', echo: cipherOf(account).open(echostr) }
}

function messageOf(
  account: CallbackAccount,
  query: CallbackCall['query'],
  body: string,
  parts: readonly string[],
): string {
  if (!account.encodingAesKey) {
    need(query['signature'], parts)
    return body
  }
  const encrypted = childText(readXml(body), 'Encrypt')
  if (!encrypted) throw new CallbackRefused('it is not encrypted')
  need(query['msg_signature'], [...parts, encrypted])
  return cipherOf(account).open(encrypted)
}

function need(signature: string | undefined, parts: readonly string[]): void {
  if (!signature || !isSignature(signature, parts)) throw new CallbackRefused('its signature is wrong')
}

function cipherOf({ encodingAesKey, receiver }: CallbackAccount) {
  if (!encodingAesKey) throw new CallbackRefused('it is encrypted, and there is no key')
  return callbackCipher({ encodingAesKey, receiver })
}
