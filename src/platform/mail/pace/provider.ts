import content from '../content/mail-providers.json' with { type: 'json' }

/** How much a provider is given by one sender. */
export interface PaceLimits {
  /** Mails a minute in the long run. */
  perMinute: number
  /** Mails at once after a rest. */
  burst: number
  /** Mails on their way at one time; one connection carries one. */
  connections: number
  messagesPerConnection: number
}

/** Who keeps the mailboxes behind a domain: one set of limits and one way of answering. */
export interface Provider {
  code: string
  name: string
  domains: readonly string[]
  /** Endings of the names of its mail exchangers. */
  mx: readonly string[]
  limits: PaceLimits
  /** Its answers are those of another. */
  answersLike?: string
}

const all = content.providers as readonly Provider[]
const byCode = new Map(all.map((provider) => [provider.code, provider]))
const byDomain = new Map(all.flatMap((provider) => provider.domains.map((domain) => [domain, provider])))
const OTHER = providerByCode('other')

/** For a server that spreads what it is given by itself, for tests and the bench. */
export const NO_LIMITS: PaceLimits = {
  perMinute: 60_000_000,
  burst: 1_000_000,
  connections: 10_000,
  messagesPerConnection: 1000,
}

export const mailProviders: readonly Provider[] = all

/** @throws Error where the table has no such provider */
export function providerByCode(code: string): Provider {
  const provider = byCode.get(code)
  if (!provider) throw new Error(`no mail provider ${code}`)
  return provider
}

/**
 * @param domain of the recipient
 * @param exchangers names of its MX records, best first, where the caller has asked for them: a company's own domain at
 * QQ or Aliyun is known only by these
 */
export function providerOf(domain: string, exchangers: readonly string[] = []): Provider {
  const known = byDomain.get(domain.toLowerCase())
  if (known) return known
  const best = exchangers[0]?.toLowerCase().replace(/\.$/, '')
  if (!best) return OTHER
  // The longest ending wins: exmail.qq.com before qq.com.
  const matches = all.flatMap((provider) =>
    provider.mx
      .filter((ending) => best === ending || best.endsWith(`.${ending}`))
      .map((ending) => ({ ending, provider })),
  )
  return matches.sort((a, b) => b.ending.length - a.ending.length)[0]?.provider ?? OTHER
}
