/** A header that would begin another one, or that no server would take. */
export class UnsafeHeader extends Error {}

// oxlint-disable-next-line no-control-regex
const CONTROL = /[\x00-\x08\x0a-\x1f\x7f\u2028\u2029]/
const LINE_MAX = 76
/** So that `Subject: ` and the first word stay within 76 characters; RFC 2047 §2 allows a word 75. */
const WORD_BYTES = 39

/** `Name: value` with its line break; blanks are where it may be folded. @throws UnsafeHeader */
export function headerLine(name: string, value: string): string {
  const seen = value.includes('\r') ? value.replaceAll('?=\r\n =?', '') : value
  if (!/^[A-Za-z0-9-]{1,60}$/.test(name) || CONTROL.test(seen))
    throw new UnsafeHeader(`a header ${name} with line breaks or control characters`)
  const line = `${name}: ${value}`.trimEnd()
  return `${line.length <= LINE_MAX || value.includes('\r') ? line : folded(line)}\r\n`
}

/** Text for a subject or a name: as it is where it is plain ASCII, in encoded words (RFC 2047) otherwise. @throws UnsafeHeader */
export function encodedText(text: string): string {
  if (CONTROL.test(text)) throw new UnsafeHeader('a line break or control character in a header')
  if (/^[\x20-\x7e]*$/.test(text) && !text.includes('=?')) return text
  return wordsOf(text)
    .map((word) => `=?UTF-8?B?${Buffer.from(word, 'utf8').toString('base64')}?=`)
    .join('\r\n ')
}

/** `"仁和医院" <care@example.cn>` or a bare address, for From, To and Reply-To. @throws UnsafeHeader */
export function mailbox(text: string): { header: string; address: string } {
  // oxlint-disable-next-line no-control-regex
  if (/[\x00-\x1f\x7f]/.test(text)) throw new UnsafeHeader('a mailbox with line breaks or control characters')
  const match = /^\s*(.*?)\s*<([^<>]+)>\s*$/.exec(text)
  if (!match) return { header: text.trim(), address: text.trim() }
  const name = match[1]!.replace(/^"(.*)"$/, '$1').replace(/\\(.)/g, '$1')
  const address = match[2]!.trim()
  if (!name) return { header: `<${address}>`, address }
  if (!/^[\x20-\x7e]*$/.test(name) || name.includes('=?'))
    return { header: `${encodedText(name)} <${address}>`, address }
  const shown = /^[A-Za-z0-9 !#$%&'*+/=?^_`{|}~-]+$/.test(name) ? name : `"${name.replace(/[\\"]/g, '\\$&')}"`
  return { header: `${shown} <${address}>`, address }
}

/** `Sun, 22 Nov 2026 13:55:49 +0000` (RFC 5322 §3.3). */
export function dateHeader(instant: Date): string {
  return instant.toUTCString().replace('GMT', '+0000')
}

/** Pieces of at most 39 bytes, no character cut in two. */
function wordsOf(text: string): string[] {
  const words: string[] = []
  let word = ''
  let bytes = 0
  for (const character of text) {
    const size = Buffer.byteLength(character)
    if (bytes + size > WORD_BYTES) {
      words.push(word)
      word = ''
      bytes = 0
    }
    word += character
    bytes += size
  }
  return [...words, word]
}

function folded(line: string): string {
  let out = ''
  let rest = line
  while (rest.length > LINE_MAX) {
    let at = rest.lastIndexOf(' ', LINE_MAX)
    // The blank behind the name of the header, or one that a fold has just left, is no place to fold.
    if (at <= 0 || /^\s*[\w-]*:?$/.test(rest.slice(0, at))) at = rest.indexOf(' ', Math.max(LINE_MAX, at + 1))
    if (at < 0) break
    out += `${rest.slice(0, at)}\r\n`
    rest = rest.slice(at)
  }
  return out + rest
}
