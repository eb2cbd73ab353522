import { createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import type { KeyFinding, KeyKind } from '../../contract/words.ts'

const generate = promisify(generateKeyPair) as unknown as (
  kind: string,
  options: object,
) => Promise<{ publicKey: KeyObject; privateKey: KeyObject }>

/** A fresh pair; the public half as it stands in a record. */
export async function freshKey(kind: KeyKind): Promise<{ privatePem: string; publicKey: string }> {
  const { publicKey, privateKey } = await generate(kind, kind === 'rsa' ? { modulusLength: 2048 } : {})
  const der = publicKey.export({ type: 'spki', format: 'der' })
  return {
    privatePem: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    // RFC 8463 §4: of Ed25519 the bare 32 bytes, which end its DER.
    publicKey: (kind === 'rsa' ? der : der.subarray(-32)).toString('base64'),
  }
}

/** `pb2603a`: month and a letter, so that who looks at the zone knows how old it is. */
export function nextSelector(today: string, taken: readonly string[]): string {
  const month = `pb${today.slice(2, 4)}${today.slice(5, 7)}`
  for (let n = 0; ; n++) {
    const selector = `${month}${n < 26 ? String.fromCharCode(97 + n) : `z${n}`}`
    if (!taken.includes(selector)) return selector
  }
}

export interface KeyRecord {
  kind: KeyKind
  domain: string
  selector: string
  publicKey: string
}

export function recordOf({ kind, domain, selector, publicKey }: KeyRecord): { name: string; value: string } {
  return { name: `${selector}._domainkey.${domain}`, value: `v=DKIM1; k=${kind}; p=${publicKey}` }
}

/** What stands in the DNS, held against the key: two records under one name are as bad as none, since receivers give up. */
export function findingOf(key: Pick<KeyRecord, 'kind' | 'publicKey'>, records: readonly string[]): KeyFinding {
  const keys = records.map(tagsOf).filter((tags) => tags.has('p'))
  if (keys.length === 0) return 'missing'
  const [only] = keys
  const isSame = keys.length === 1 && (only!.get('k') ?? 'rsa') === key.kind && only!.get('p') === key.publicKey
  return isSame ? 'published' : 'other'
}

function tagsOf(record: string): Map<string, string> {
  return new Map(
    record.split(';').flatMap((part) => {
      const at = part.indexOf('=')
      return at < 0 ? [] : [[part.slice(0, at).trim(), part.slice(at + 1).replace(/\s/g, '')] as const]
    }),
  )
}

/** As node:crypto reads it: for tests and for whoever wants to look a signature over. */
export function publicKeyOf({ kind, publicKey }: Pick<KeyRecord, 'kind' | 'publicKey'>): KeyObject {
  const bytes = Buffer.from(publicKey, 'base64')
  const der = kind === 'rsa' ? bytes : Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), bytes])
  return createPublicKey({ key: der, format: 'der', type: 'spki' })
}
