import { OPENINGS, TRIES, type LinkState } from '../../contract/file-link.ts'

export function stateOf(
  link: { revoked_at: Date | null; wrong: number; openings: number; expires_at: Date },
  now: Date,
): LinkState {
  if (link.revoked_at) return 'revoked'
  if (link.wrong >= TRIES) return 'locked'
  if (link.expires_at <= now) return 'expired'
  return link.openings >= OPENINGS ? 'used-up' : 'open'
}

const KINDS = [
  { media: 'application/pdf', ending: '.pdf', begins: Buffer.from('%PDF-') },
  { media: 'image/jpeg', ending: '.jpg', begins: Buffer.from('ffd8ff', 'hex') },
  { media: 'image/png', ending: '.png', begins: Buffer.from('89504e470d0a1a0a', 'hex') },
] as const

/** What a file is, by what is in it: a name and a header say what they like. Nothing that runs is among them. */
export function kindOf(content: Buffer): (typeof KINDS)[number] | undefined {
  return KINDS.find(({ begins }) => content.subarray(0, begins.length).equals(begins))
}

/** A name to keep: its own, without folders and signs that end a header, and with the ending that it is. */
export function nameOf(given: string, ending: string): string {
  const bare = given
    .split(/[/\\]/)
    .at(-1)!
    // oxlint-disable-next-line no-control-regex -- these are what is meant
    .replace(/[\x00-\x1f\x7f"<>|*?:]/g, '')
    .replace(/\.(pdf|jpe?g|png)$/i, '')
    .trim()
    .slice(0, 80)
  return `${bare || 'file'}${ending}`
}
