import { decodeLoose } from './charset.ts'
import type { Separators } from './separators.ts'

/**
 * Resolves the escapes of HL7 v2 chapter 2.7 in a value. A backslash that opens no known escape (a path in log
 * text, `阴性\弱阳性`) stays as it is.
 */
export function unescape(value: string, separators: Separators): string {
  const { escape } = separators
  if (escape === '' || !value.includes(escape)) return value
  const text = separators.doubled ? value.replaceAll(escape + escape, escape) : value
  let result = ''
  let from = 0
  for (;;) {
    const open = text.indexOf(escape, from)
    if (open < 0) break
    const close = text.indexOf(escape, open + 1)
    if (close < 0) break
    const meaning = meaningOf(text.slice(open + 1, close), separators)
    if (meaning === undefined) {
      // Not an escape: the second sign may still open one.
      result += text.slice(from, close)
      from = close
    } else {
      result += text.slice(from, open) + meaning
      from = close + 1
    }
  }
  return result + text.slice(from)
}

function meaningOf(code: string, separators: Separators): string | undefined {
  switch (code) {
    case 'F':
      return separators.field
    case 'S':
      return separators.component
    case 'T':
      return separators.subcomponent || '&'
    case 'R':
      return separators.repetition
    case 'E':
      return separators.escape
    case 'P':
      return '#'
    case 'H':
    case 'N':
      return ''
  }
  if (code.startsWith('.')) return layoutOf(code)
  if (/^X(?:[0-9A-Fa-f]{2})+$/.test(code)) return decodeLoose(Buffer.from(code.slice(1), 'hex'))
  return undefined
}

/** Formatting commands of FT: line breaks are kept, indents and centring dropped. */
function layoutOf(code: string): string | undefined {
  if (code === '.br' || code === '.ce') return '\n'
  const spaces = /^\.(sp|sk)\+?(\d{0,2})$/.exec(code)
  if (spaces) return (spaces[1] === 'sp' ? '\n' : ' ').repeat(Math.min(Number(spaces[2] || 1), 20))
  return /^\.(in|ti|fi|nf)[+-]?\d*$/.test(code) ? '' : undefined
}

/** Writes a value so that it can stand in a field. */
export function escapeValue(value: string, separators: Separators): string {
  if (/^[\w .:+/-]*$/.test(value)) return value
  const { escape, field, component, subcomponent, repetition } = separators
  const signs = new Map([
    [escape, 'E'],
    [field, 'F'],
    [component, 'S'],
    [subcomponent, 'T'],
    [repetition, 'R'],
  ])
  let result = ''
  for (const character of value.replace(/[\r\n]+/g, ' ')) {
    const letter = signs.get(character)
    result += letter === undefined ? character : escape === '' ? ' ' : `${escape}${letter}${escape}`
  }
  return result
}
