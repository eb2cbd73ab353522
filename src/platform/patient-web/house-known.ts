/**
 * Who to turn to when a session has ended, remembered on this phone from the last visit: the name and telephone of the
 * organization, nothing of the person.
 */
export interface KnownHouse {
  organization: string
  phone: string | null
}

const KEPT = 'peiban.organization'

export function rememberHouse({ organization, phone }: KnownHouse): void {
  try {
    localStorage.setItem(KEPT, JSON.stringify({ organization, phone }))
  } catch {
    // A browser that keeps nothing: the page then names nobody.
  }
}

export function knownHouse(): KnownHouse | undefined {
  try {
    return (JSON.parse(localStorage.getItem(KEPT) ?? 'null') as KnownHouse | null) ?? undefined
  } catch {
    return undefined
  }
}
