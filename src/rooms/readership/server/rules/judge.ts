import type { Because, HitKind, ReadingVerdict, Sign } from '../../contract/words.ts'

/** One request for something of one mail. */
export interface Hit {
  kind: HitKind
  /** Which link of the mail; 0 for the picture. */
  link: number
  at: Date
  sign: Sign
}

export interface Judged {
  verdict: ReadingVerdict
  because: Because
}

/** Gateways follow every link, also one that nobody sees: what comes within so long of that is theirs (Mautic #9798). */
const BESIDE_MS = 10_000
/** Nobody follows so many different links within so long. */
const MANY_LINKS = 3
const MANY_MS = 2_000
/** Nobody has read what was handed over this moment. */
const AT_DELIVERY_MS = 3_000

const MACHINES: Partial<Record<Sign, Because>> = {
  prefetch: 'prefetch',
  'privacy-proxy': 'privacy-proxy',
  robot: 'robot',
  head: 'head',
}

/**
 * Whether a person or a machine made each of the hits of one mail. They are judged together, since what gives a gateway
 * away may come after what it did first: a verdict is final once `BESIDE_MS` have passed.
 * @param acceptedAt when the receiving server took the mail; null when that is not known
 */
export function judge(hits: readonly Hit[], acceptedAt: Date | null): Judged[] {
  const traps = hits.filter((hit) => hit.kind === 'trap')
  const robots = hits.filter((hit) => hit.kind === 'link' && (hit.sign === 'robot' || hit.sign === 'head'))
  const links = hits.filter((hit) => hit.kind === 'link')
  return hits.map((hit) => {
    const because = machineBecause(hit, { traps, robots, links, acceptedAt })
    return { verdict: because === 'none' ? 'person' : 'machine', because }
  })
}

function machineBecause(
  hit: Hit,
  { traps, robots, links, acceptedAt }: { traps: Hit[]; robots: Hit[]; links: Hit[]; acceptedAt: Date | null },
): Because {
  if (hit.kind === 'trap') return 'trap'
  const own = MACHINES[hit.sign]
  if (own) return own
  if (acceptedAt && hit.at.getTime() - acceptedAt.getTime() < AT_DELIVERY_MS) return 'at-delivery'
  // The proxy of a mail provider fetches for whoever looks at that moment, whatever a gateway does beside it.
  if (hit.kind === 'picture' && hit.sign === 'image-proxy') return 'none'
  if (traps.some((trap) => apart(trap, hit) <= BESIDE_MS)) return 'beside-trap'
  if (hit.kind === 'picture') return 'none'
  if (robots.some((robot) => apart(robot, hit) <= BESIDE_MS)) return 'beside-robot'
  return isOneOfMany(hit, links) ? 'many-links' : 'none'
}

/** Whether some `MANY_MS` around the hit hold `MANY_LINKS` different links. */
function isOneOfMany(hit: Hit, links: readonly Hit[]): boolean {
  const near = links.filter((other) => apart(other, hit) <= MANY_MS)
  return near.some((first) => {
    const from = first.at.getTime()
    const within = near.filter(({ at }) => at.getTime() >= from && at.getTime() - from <= MANY_MS)
    const holdsHit = hit.at.getTime() >= from && hit.at.getTime() - from <= MANY_MS
    return holdsHit && new Set(within.map(({ link }) => link)).size >= MANY_LINKS
  })
}

function apart(a: Hit, b: Hit): number {
  return Math.abs(a.at.getTime() - b.at.getTime())
}

/** What the hits of one mail say: asked for at all, seen by a person, a link followed by a person (which shows it was seen). */
export function readingOf(
  hits: readonly Hit[],
  judged: readonly Judged[],
): { raw: boolean; seen: boolean; clicked: boolean } {
  const by = (kind: HitKind) => hits.some((hit, at) => hit.kind === kind && judged[at]!.verdict === 'person')
  const clicked = by('link')
  return { raw: hits.some(({ kind }) => kind === 'picture'), seen: clicked || by('picture'), clicked }
}
