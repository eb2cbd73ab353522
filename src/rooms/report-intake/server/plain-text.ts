/** Text that PostgreSQL can keep: no NUL, no half of a surrogate pair. Anything else stays as it was sent. */
export function plainText(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '').toWellFormed() : text.toWellFormed()
}
