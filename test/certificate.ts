import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'

/** Certificates for servers of tests, made afresh: nothing expires, and no key lies in the repository. */
export interface MadeCertificate {
  cert: string
  key: string
}

/** An authority and a certificate of its making. @param names DNS names and IPv4 addresses it is good for */
export function aCertificate(names: readonly string[]): { authority: string; server: MadeCertificate } {
  const root = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const leaf = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const authority = certificate('Peiban test authority', 'Peiban test authority', root, root.privateKey, [
    extension([0x55, 0x1d, 0x13], sequence(der(0x01, Buffer.from([0xff]))), true),
  ])
  const cert = certificate(names[0]!, 'Peiban test authority', leaf, root.privateKey, [
    extension([0x55, 0x1d, 0x11], sequence(...names.map(generalName)), false),
  ])
  return { authority, server: { cert, key: leaf.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string } }
}

const ECDSA_SHA256 = sequence(oid([0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02]))

/** X.509 v3 in DER (RFC 5280 §4.1). */
function certificate(
  subject: string,
  issuer: string,
  { publicKey }: { publicKey: KeyObject },
  signer: KeyObject,
  extensions: readonly Buffer[],
): string {
  const serial = randomBytes(8)
  serial[0] = 0x40 | (serial[0]! & 0x3f)
  const signed = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, serial),
    ECDSA_SHA256,
    nameOf(issuer),
    sequence(der(0x18, Buffer.from('20200101000000Z')), der(0x18, Buffer.from('20991231235959Z'))),
    nameOf(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensions)),
  )
  const signature = sign('sha256', signed, signer)
  const whole = sequence(signed, ECDSA_SHA256, der(0x03, Buffer.from([0]), signature))
  const lines = whole.toString('base64').replace(/(.{64})(?=.)/g, '$1\n')
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`
}

function der(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents)
  const { length } = content
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}

function sequence(...contents: readonly Buffer[]): Buffer {
  return der(0x30, ...contents)
}

function oid(bytes: readonly number[]): Buffer {
  return der(0x06, Buffer.from(bytes))
}

function nameOf(common: string): Buffer {
  return sequence(der(0x31, sequence(oid([0x55, 0x04, 0x03]), der(0x0c, Buffer.from(common)))))
}

function extension(id: readonly number[], value: Buffer, isCritical: boolean): Buffer {
  return sequence(oid(id), ...(isCritical ? [der(0x01, Buffer.from([0xff]))] : []), der(0x04, value))
}

function generalName(name: string): Buffer {
  const isAddress = /^\d+(\.\d+){3}$/.test(name)
  return isAddress ? der(0x87, Buffer.from(name.split('.').map(Number))) : der(0x82, Buffer.from(name))
}
