/** Where and why an expression is beyond this evaluator. Thrown while compiling only; the reader turns it into a name. */
export class NotSupported extends Error {
  readonly what: string
  constructor(what: string) {
    super(what)
    this.what = what
  }
}

export type Token =
  | { kind: 'number'; value: number; whole: boolean }
  | { kind: 'string' | 'date' | 'variable' | 'name' | 'sign'; value: string }
  | { kind: 'end' }

const PATTERNS: [Token['kind'] | 'space', RegExp][] = [
  ['space', /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\//y],
  ['date', /@T?[\d:.+\-TZ]+/y],
  ['number', /\d+(?:\.\d+)?/y],
  ['string', /'(?:[^'\\]|\\[\s\S])*'/y],
  ['variable', /%(?:[A-Za-z_][\w-]*|`[^`]+`|'[^']+')/y],
  ['name', /\$?[A-Za-z_]\w*|`[^`]+`/y],
  ['sign', /<=|>=|!=|!~|[-+*/&|=~<>()[\]{},.]/y],
]

const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', f: '\f' }

/** Cuts a FHIRPath text into tokens; the last is always `end`. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    const found = next(text, at)
    if (!found) throw new NotSupported(`character ${JSON.stringify(text[at])}`)
    at += found.raw.length
    if (found.kind !== 'space') tokens.push(token(found.kind, found.raw))
  }
  tokens.push({ kind: 'end' })
  return tokens
}

function next(text: string, at: number): { kind: Token['kind'] | 'space'; raw: string } | undefined {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = at
    const raw = pattern.exec(text)?.[0]
    if (raw) return { kind, raw }
  }
  return undefined
}

function token(kind: Token['kind'], raw: string): Token {
  switch (kind) {
    case 'number':
      return { kind, value: Number(raw), whole: !raw.includes('.') }
    case 'string':
      return { kind, value: unescape(raw.slice(1, -1)) }
    case 'date':
      return {
        kind,
        value: raw
          .slice(1)
          .replace(/^T(?=\d)/, '')
          .replace(/T$/, ''),
      }
    case 'variable':
      return { kind, value: raw.slice(1).replaceAll(/[`']/g, '') }
    case 'name':
      return { kind, value: raw.replaceAll('`', '') }
    case 'sign':
      return { kind, value: raw }
    case 'end':
      return { kind }
  }
}

/** An escape that FHIRPath does not know keeps its backslash: forms in the wild write regular expressions so. */
function unescape(text: string): string {
  return text.replaceAll(/\\(u[0-9a-fA-F]{4}|[\s\S])/g, (whole, code: string) => {
    if (code.length === 5) return String.fromCharCode(parseInt(code.slice(1), 16))
    return ESCAPES[code] ?? (/['"`\\/]/.test(code) ? code : whole)
  })
}
