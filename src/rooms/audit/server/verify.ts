import type { House } from '../../../platform/context/house.ts'
import type { ChainFault, Verdict } from '../contract/verdict.ts'
import { chainStart, headSeal, linkHash } from './chain.ts'
import { findHead, findLinks, findUnlinked, type LinkWithEntry } from './chain-store.ts'

const BATCH = 2000
/** Enough to see what happened; a broken chain is not counted to its end. */
const FAULTS_MAX = 20
/** Entries are linked within a second; after a minute without a link something is wrong. */
const UNLINKED_AFTER_MS = 60_000

export interface VerifyOptions {
  /** Called after each stretch with the links that were recomputed so far and how many there are. */
  onProgress?: (checked: number, total: number) => Promise<void>
}

/**
 * Recomputes the whole chain of an organization in stretches of constant memory and says what does not fit. It may run
 * while entries are written and linked: it looks as far as the end that was signed when it began.
 */
export async function verifyChain(house: Pick<House, 'databases' | 'clock' | 'sealer'>, organizationId: string, options: VerifyOptions = {}): Promise<Verdict> {
  const db = house.databases.of(organizationId)
  const faults: ChainFault[] = []
  const report = (fault: ChainFault) => void (faults.length < FAULTS_MAX && faults.push(fault))
  const writtenBefore = new Date(house.clock.now().getTime() - UNLINKED_AFTER_MS)
  const head = await findHead(db, organizationId)
  const end = head?.sequence ?? 0
  if (head && !headSeal(house.sealer, organizationId, head).equals(head.seal)) report({ kind: 'end-forged', sequence: head.sequence, entryId: null })

  let at = { sequence: 0, hash: chainStart(organizationId) }
  let links = 0
  for (let more = true; more; ) {
    const stretch = await findLinks(db, organizationId, at.sequence, BATCH)
    const known = stretch.filter((link) => link.sequence <= end)
    for (const link of known) {
      checkLink(at, link, report)
      at = link
    }
    links += known.length
    // What was linked since the beginning is the next verification's business; where there is no end, nothing may be linked.
    if (!head && stretch.length > 0) report({ kind: 'end-cut', sequence: stretch[0]!.sequence, entryId: stretch[0]!.entryId })
    more = known.length === BATCH
    await options.onProgress?.(links, end)
  }
  if (head && (at.sequence !== head.sequence || !at.hash.equals(head.hash)))
    report({ kind: 'end-cut', sequence: at.sequence, entryId: null })
  for await (const entryId of unlinkedEntries(house, organizationId, writtenBefore)) report({ kind: 'unlinked', sequence: null, entryId })
  return {
    isWhole: faults.length === 0,
    links,
    faults,
    end: at.sequence === 0 ? null : { sequence: at.sequence, hash: at.hash.toString('hex') },
  }
}

/** Each link is held against the stored hash before it, so that one change is one fault and not a row of them. */
function checkLink(previous: { sequence: number; hash: Buffer }, link: LinkWithEntry, report: (fault: ChainFault) => void): void {
  const { sequence, entryId, entry, hash } = link
  if (sequence !== previous.sequence + 1) report({ kind: 'missing-link', sequence: previous.sequence + 1, entryId: null })
  if (!entry) report({ kind: 'missing-entry', sequence, entryId })
  // Behind a gap the hash cannot fit; the gap is the fault.
  else if (sequence === previous.sequence + 1 && !linkHash(previous.hash, entry).equals(hash)) report({ kind: 'changed', sequence, entryId })
}

async function* unlinkedEntries(house: Pick<House, 'databases'>, organizationId: string, writtenBefore: Date): AsyncGenerator<string> {
  let after: string | null = null
  do {
    const stretch: { last: string | null; entryIds: string[] } = await findUnlinked(house.databases.of(organizationId), organizationId, {
      after,
      writtenBefore,
      limit: BATCH,
    })
    yield* stretch.entryIds
    after = stretch.last
  } while (after !== null)
}
