/** What PostgreSQL keeps in no text: U+0000, and half a character that lost its other half. */
const UNKEPT = /\0|\p{Surrogate}/u

/**
 * What was typed, as a database can keep it. Text copied out of old terminals and PDFs carries U+0000, and a limit that
 * counts half characters cuts the last emoji in two; neither shows, and for neither shall anybody lose what they wrote.
 */
export function keepable(given: unknown): unknown {
  if (typeof given === 'string') return UNKEPT.test(given) ? given.replaceAll('\0', '').toWellFormed() : given
  if (Array.isArray(given)) return given.map(keepable)
  if (typeof given !== 'object' || given === null) return given
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [keepable(name) as string, keepable(value)]))
}
