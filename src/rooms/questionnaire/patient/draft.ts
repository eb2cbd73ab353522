/**
 * Answers on the way, kept on this phone as well: a lift, a tunnel or an empty battery costs nothing. They go when the
 * questionnaire is handed in.
 */
export interface LocalDraft {
  response: Record<string, unknown>
  /** Of this filling-in; the same when it is sent again. */
  submission: string
}

const keyOf = (token: string) => `peiban.fill.${token.slice(-16)}`

export function readDraft(token: string): LocalDraft | undefined {
  try {
    return (JSON.parse(localStorage.getItem(keyOf(token)) ?? 'null') as LocalDraft | null) ?? undefined
  } catch {
    return undefined
  }
}

/** @returns false where the browser keeps nothing, as some do in private */
export function writeDraft(token: string, draft: LocalDraft): boolean {
  try {
    localStorage.setItem(keyOf(token), JSON.stringify(draft))
    return true
  } catch {
    return false
  }
}

export function dropDraft(token: string): void {
  try {
    localStorage.removeItem(keyOf(token))
  } catch {
    // Nothing was kept either.
  }
}
