const PREFIX = 'peiban.draft.'
const OWNER = 'peiban.draft-owner'

/** What is half typed, kept in this tab until it is sent: survives a reload and a lost session, not the end of the tab. */
export const drafts = {
  read<T extends object>(name: string): T | undefined {
    try {
      return (JSON.parse(sessionStorage.getItem(PREFIX + name) ?? 'null') as T | null) ?? undefined
    } catch {
      return undefined
    }
  },
  keep: (name: string, values: object): void => sessionStorage.setItem(PREFIX + name, JSON.stringify(values)),
  drop: (name: string): void => sessionStorage.removeItem(PREFIX + name),
}

/** The next person at this computer finds nothing of the last one. */
export function forgetDrafts(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key)
}

/** Drafts wait for who began them: a session that ran out loses nothing, another person who signs in then sees nothing. */
export function keepDraftsOf(person: string): void {
  if (sessionStorage.getItem(OWNER) !== person) forgetDrafts()
  sessionStorage.setItem(OWNER, person)
}
