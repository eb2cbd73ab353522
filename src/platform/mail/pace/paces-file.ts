import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SavedPace, SavedPaces } from './paces.ts'

/** What the buckets hold, and which process wrote it last. */
export interface PacesFile {
  owner: string
  paces: SavedPaces
}

const NAME = 'paces.json'
const NOBODY: PacesFile = { owner: '', paces: {} }
/** What another process was given is believed for so long: its buckets fill up as ours do. */
const BELIEVED_MS = 3_600_000

/** A file that is missing or torn says nothing: buckets are full then, and the providers say when that is too much. */
export function readPaces(folder: string): PacesFile {
  try {
    const { owner, paces } = JSON.parse(readFileSync(join(folder, NAME), 'utf8')) as Partial<PacesFile>
    return typeof owner === 'string' && typeof paces === 'object' && paces !== null ? { owner, paces } : NOBODY
  } catch {
    return NOBODY
  }
}

/**
 * Whole or not at all. What another process of this machine has learned is kept: whoever is refused by a provider is
 * refused for all.
 */
export function writePaces(folder: string, owner: string, own: SavedPaces, now: number): void {
  const before = readPaces(folder)
  const paces = before.owner === owner ? own : mergedPaces(own, before.paces, now)
  const text = JSON.stringify({ owner, paces })
  if (before.owner === owner && text === JSON.stringify(before)) return
  const draft = join(folder, `${NAME}.${owner}`)
  writeFileSync(draft, text, { mode: 0o600 })
  renameSync(draft, join(folder, NAME))
}

/** The stricter of both, bucket by bucket. */
export function mergedPaces(own: SavedPaces, theirs: SavedPaces, now: number): SavedPaces {
  const merged = { ...own }
  for (const [key, other] of Object.entries(theirs)) {
    const ours = own[key]
    if (ours) merged[key] = stricter(ours, other)
    else if (isFresh(other, now)) merged[key] = other
  }
  return merged
}

function isFresh({ at, heldUntil = at, narrowUntil = at }: SavedPace, now: number): boolean {
  return Math.max(...[at, heldUntil, narrowUntil].map((instant) => Date.parse(instant))) > now - BELIEVED_MS
}

function stricter(a: SavedPace, b: SavedPace): SavedPace {
  const later = (a.heldUntil ?? '') >= (b.heldUntil ?? '') ? a : b
  const fewer = a.tokens <= b.tokens ? a : b
  const narrow = (a.narrowUntil ?? '') >= (b.narrowUntil ?? '') ? a : b
  return {
    ...narrow,
    tokens: fewer.tokens,
    at: fewer.at,
    ...(later.heldUntil ? { heldUntil: later.heldUntil } : {}),
    strikes: Math.max(a.strikes ?? 0, b.strikes ?? 0),
  }
}
