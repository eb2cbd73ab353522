import { domainToASCII } from 'node:url'

/** An address that must not be put into a command. */
export class UnsafeAddress extends Error {}

export interface EnvelopeAddress {
  /** As it stands between `<` and `>`; its domain in ASCII. */
  path: string
  domain: string
  /** Letters beyond ASCII before the `@`: only a server with SMTPUTF8 can take it. */
  needsUtf8: boolean
}

const ORDINARY = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-][A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{0,63}@([A-Za-z0-9.-]{1,253})$/
const LITERAL = /^\[(?:[0-9.]+|IPv6:[0-9a-fA-F:.]+)\]$/

/**
 * The only way an address comes into a command: a line break, a blank or an angle bracket in it would begin a command of
 * somebody else's making. Quoted local parts (`"a b"@x`) are refused with them: nobody has one, and many servers err.
 * @throws UnsafeAddress
 */
export function envelopeAddress(address: string): EnvelopeAddress {
  const ordinary = ORDINARY.exec(address)
  if (ordinary && isDomain(ordinary[1]!)) return { path: address, domain: ordinary[1]!.toLowerCase(), needsUtf8: false }
  const at = address.lastIndexOf('@')
  const local = address.slice(0, at)
  const given = address.slice(at + 1)
  // Looked for in all of it: `domainToASCII` passes over line breaks in silence.
  // oxlint-disable-next-line no-control-regex
  const isBroken = /[\x00-\x20\x7f-\xa0\u2028\u2029<>]/.test(address)
  if (isBroken || at < 1 || Buffer.byteLength(local) > 64 || /[()[\]\\,;:"@]/.test(local))
    throw new UnsafeAddress('not an e-mail address')
  const domain = LITERAL.test(given) ? given : domainToASCII(given)
  if (!LITERAL.test(domain) && !isDomain(domain)) throw new UnsafeAddress('not the domain of an e-mail address')
  // oxlint-disable-next-line no-control-regex
  return { path: `${local}@${domain}`, domain: domain.toLowerCase(), needsUtf8: !/^[\x00-\x7f]*$/.test(local) }
}

function isDomain(domain: string): boolean {
  return domain.length <= 253 && /^[A-Za-z0-9](?:[A-Za-z0-9-]*(?:\.[A-Za-z0-9])?)*$/.test(domain)
}
