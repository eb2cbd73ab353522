/** RFC 6376 §3.4.2 and §3.4.4: `relaxed`, which survives what relays do to blanks. */

export interface RawHeader {
  /** In small letters. */
  name: string
  /** As it stands behind the colon, folds and all. */
  value: string
}

/** Headers in the order in which they stand. @param head lines ending in CRLF */
export function splitHeaders(head: string): RawHeader[] {
  return head
    .replace(/\r\n$/, '')
    .split(/\r\n(?![ \t])/)
    .map((line) => {
      const colon = line.indexOf(':')
      return { name: line.slice(0, colon).trim().toLowerCase(), value: line.slice(colon + 1) }
    })
}

/** Without its line break. */
export function relaxedHeader({ name, value }: RawHeader): string {
  return `${name}:${value
    .replace(/\r\n/g, '')
    .replace(/[ \t]+/g, ' ')
    .trim()}`
}

/** @param body lines ending in CRLF */
export function relaxedBody(body: string): string {
  // Encoded bodies have nothing to relax, and a look is cheaper than three copies.
  let text = /\t| (?: |\r\n|$)/.test(body) ? body.replace(/[ \t]+(?=\r\n|$)/g, '').replace(/[ \t]+/g, ' ') : body
  let end = text.length
  while (text.endsWith('\r\n', end)) end -= 2
  text = text.slice(0, end)
  return text === '' ? '' : `${text}\r\n`
}
