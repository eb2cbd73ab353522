/** Header-like groups of a report (RFC 3464 §2.1): names in small letters, folded lines joined, groups parted by blank lines. */
export function fieldGroups(text: string): Map<string, string>[] {
  return text
    .replaceAll('\r\n', '\n')
    .split(/\n[ \t]*\n/)
    .map(fieldsOf)
    .filter((group) => group.size > 0)
}

export function fieldsOf(text: string): Map<string, string> {
  const fields = new Map<string, string>()
  for (const line of text
    .replaceAll('\r\n', '\n')
    .replace(/\n[ \t]+/g, ' ')
    .split('\n')) {
    const at = line.indexOf(':')
    const name = line.slice(0, Math.max(0, at)).trim().toLowerCase()
    // The first of several counts, as nobody can put another before it who could not have written all of it.
    if (/^[a-z][a-z0-9-]*$/.test(name) && !fields.has(name)) fields.set(name, line.slice(at + 1).trim())
  }
  return fields
}

/** `rfc822; lan@example.com` → `lan@example.com`; `smtp; 550 …` → `550 …`. */
export const withoutType = (value: string): string => value.replace(/^[a-z0-9-]+\s*;\s*/i, '')

export const addressOf = (value: string): string | null =>
  /[^\s<>;,"'()[\]]+@[^\s<>;,"'()[\]]+\.[^\s<>;,"'()[\]]+/.exec(value)?.[0]?.toLowerCase() ?? null
