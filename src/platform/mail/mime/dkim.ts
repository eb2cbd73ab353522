import { createPrivateKey, hash, sign, type KeyObject } from 'node:crypto'
import { relaxedBody, relaxedHeader, splitHeaders } from './dkim-canonical.ts'
import type { MailSigner, WrittenMail } from './mail.ts'

/** One signature that each mail gets. Two keys, RSA and Ed25519, make two (RFC 8463 §3): old receivers read the first. */
export interface DkimKey {
  /** `d=`: aligned with the domain of From for DMARC. */
  domain: string
  /** `s=`: the public key stands in the TXT record `selector._domainkey.domain`. */
  selector: string
  /** PEM, or a key of node:crypto: RSA of at least 1024 bits, or Ed25519. */
  privateKey: string | KeyObject
}

interface ReadyKey {
  domain: string
  selector: string
  key: KeyObject
  algorithm: 'rsa-sha256' | 'ed25519-sha256'
}

/** Signed where they stand. RFC 8058 §4 asks for both List-Unsubscribe headers. */
const SIGNED = [
  'from',
  'to',
  'subject',
  'date',
  'message-id',
  'reply-to',
  'mime-version',
  'content-type',
  'content-transfer-encoding',
  'list-id',
  'list-unsubscribe',
  'list-unsubscribe-post',
  'auto-submitted',
]
/** Signed once more than they stand, so that nobody can put a second one in front (RFC 6376 §8.15). */
const SEALED = ['from', 'to', 'subject', 'date', 'reply-to', 'list-unsubscribe', 'list-unsubscribe-post']

/**
 * Signs in this thread.
 * @throws where a key is none, or of another kind
 */
export function dkimSigner(keys: readonly DkimKey[]): (mail: WrittenMail, at: Date) => string {
  const ready = keys.map(readyKey)
  return (mail, at) => {
    const draft = draftOf(mail)
    return ready.map((key) => finished(draft, key, at, (data) => signed(key, data))).join('')
  }
}

/** The same in the threads of the crypto pool: RSA takes a quarter of a millisecond, which other work can use. */
export function dkimSignerInPool(keys: readonly DkimKey[]): MailSigner {
  const ready = keys.map(readyKey)
  return async (mail, at) => {
    const draft = draftOf(mail)
    const lines = await Promise.all(
      ready.map(async (key) => {
        const { unsigned, data } = toSign(draft, key, at)
        return withSignature(unsigned, await signedInPool(key, data))
      }),
    )
    return lines.join('')
  }
}

interface Draft {
  names: string
  canonical: string
  bodyHash: string
}

function draftOf({ head, body }: WrittenMail): Draft {
  const headers = splitHeaders(head)
  const names: string[] = []
  let canonical = ''
  for (const name of SIGNED) {
    const standing = headers.filter((header) => header.name === name).reverse()
    for (const header of standing) {
      names.push(name)
      canonical += `${relaxedHeader(header)}\r\n`
    }
    if (standing.length > 0 && SEALED.includes(name)) names.push(name)
  }
  return { names: names.join(':'), canonical, bodyHash: hash('sha256', relaxedBody(body), 'base64') }
}

function finished(draft: Draft, key: ReadyKey, at: Date, signIt: (data: Buffer) => Buffer): string {
  const { unsigned, data } = toSign(draft, key, at)
  return withSignature(unsigned, signIt(data))
}

function toSign({ names, canonical, bodyHash }: Draft, { domain, selector, algorithm }: ReadyKey, at: Date) {
  const seconds = Math.floor(at.getTime() / 1000)
  const value =
    ` v=1; a=${algorithm}; c=relaxed/relaxed; d=${domain};\r\n s=${selector}; t=${seconds};\r\n` +
    ` h=${foldedNames(names)};\r\n bh=${bodyHash};\r\n b=`
  const data = Buffer.from(canonical + relaxedHeader({ name: 'dkim-signature', value }), 'utf8')
  return { unsigned: `DKIM-Signature:${value}`, data }
}

function withSignature(unsigned: string, signature: Buffer): string {
  return `${unsigned}${signature.toString('base64').replace(/(.{72})(?=.)/g, '$1\r\n ')}\r\n`
}

function foldedNames(names: string): string {
  return names.replace(/(.{50,65}:)(?=.)/g, '$1\r\n ')
}

function readyKey({ domain, selector, privateKey }: DkimKey): ReadyKey {
  if (!/^[A-Za-z0-9._-]+$/.test(domain) || !/^[A-Za-z0-9._-]+$/.test(selector))
    throw new TypeError('the domain and the selector of a DKIM key are names in ASCII')
  const key = typeof privateKey === 'string' ? createPrivateKey(privateKey) : privateKey
  if (key.asymmetricKeyType === 'ed25519') return { domain, selector, key, algorithm: 'ed25519-sha256' }
  if (key.asymmetricKeyType === 'rsa') return { domain, selector, key, algorithm: 'rsa-sha256' }
  throw new TypeError('a DKIM key is RSA or Ed25519')
}

/** RFC 8463 §3: Ed25519 signs the hash; RSA hashes by itself. */
function signed({ key, algorithm }: ReadyKey, data: Buffer): Buffer {
  return algorithm === 'rsa-sha256' ? sign('sha256', data, key) : sign(null, hash('sha256', data, 'buffer'), key)
}

function signedInPool(ready: ReadyKey, data: Buffer): Promise<Buffer> {
  if (ready.algorithm !== 'rsa-sha256') return Promise.resolve(signed(ready, data))
  return new Promise((resolve, reject) => {
    sign('sha256', data, ready.key, (error, signature) => (error ? reject(error) : resolve(signature)))
  })
}
