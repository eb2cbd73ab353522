import type { Draft } from './draft.ts'

/** In the kit's drawer of drafts, so that the next person at this computer finds nothing of it. */
const keyOf = (code: string) => `peiban.draft.questionnaire-design-${code}`

export interface LocalCopy {
  draft: Draft
  /** Of the server's draft that it was based on. */
  revision: number
}

/** What was changed and has not arrived yet: survives a reload and a lost session. */
export const localCopy = {
  read(code: string): LocalCopy | undefined {
    try {
      return (JSON.parse(sessionStorage.getItem(keyOf(code)) ?? 'null') as LocalCopy | null) ?? undefined
    } catch {
      return undefined
    }
  },
  keep(code: string, copy: LocalCopy): void {
    try {
      sessionStorage.setItem(keyOf(code), JSON.stringify(copy))
    } catch {
      // A full store: the server gets it in a second all the same.
    }
  },
  drop: (code: string): void => sessionStorage.removeItem(keyOf(code)),
}
