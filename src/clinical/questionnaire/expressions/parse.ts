import { NotSupported, tokenize, type Token } from './token.ts'

/** What an expression says, as a tree. A member or call without `of` starts at the current focus. */
export type Node =
  | { kind: 'literal'; value: readonly unknown[] }
  | { kind: 'variable'; name: string }
  | { kind: 'this' }
  | { kind: 'position' }
  | { kind: 'member'; of?: Node; name: string }
  | { kind: 'call'; of?: Node; name: string; args: Node[] }
  | { kind: 'at'; of: Node; index: Node }
  | { kind: 'negate'; of: Node }
  | { kind: 'binary'; sign: string; left: Node; right: Node }
  | { kind: 'type'; sign: 'is' | 'as'; of: Node; name: string }

/** Weakest first, as the FHIRPath grammar orders them. */
const LEVELS: readonly (readonly string[])[] = [
  ['implies'],
  ['or', 'xor'],
  ['and'],
  ['in', 'contains'],
  ['=', '~', '!=', '!~'],
  ['<', '<=', '>', '>='],
  ['|'],
  ['is', 'as'],
  ['+', '-', '&'],
  ['*', '/', 'div', 'mod'],
]

const CALENDAR = /^(year|month|week|day|hour|minute|second)s?$/

/** Reads one expression. Throws NotSupported with what could not be read. */
export function parse(text: string): Node {
  const parser = new Parser(tokenize(text))
  const node = parser.expression(0)
  if (parser.peek().kind !== 'end') throw new NotSupported(`text after the expression: ${shown(parser.peek())}`)
  return node
}

const shown = (token: Token) => (token.kind === 'end' ? 'the end' : String(token.value))

class Parser {
  private readonly tokens: Token[]
  private index = 0

  constructor(tokens: Token[]) {
    this.tokens = tokens
  }

  peek(): Token {
    return this.tokens[this.index]!
  }

  expression(level: number): Node {
    const signs = LEVELS[level]
    if (!signs) return this.unary()
    let left = this.expression(level + 1)
    for (;;) {
      const sign = this.signAmong(signs)
      if (!sign) return left
      if (sign === 'is' || sign === 'as') left = { kind: 'type', sign, of: left, name: this.typeName() }
      else left = { kind: 'binary', sign, left, right: this.expression(level + 1) }
    }
  }

  private signAmong(signs: readonly string[]): string | undefined {
    const token = this.peek()
    if ((token.kind !== 'sign' && token.kind !== 'name') || !signs.includes(token.value)) return undefined
    this.index++
    return token.value
  }

  private unary(): Node {
    if (this.take('-')) return { kind: 'negate', of: this.unary() }
    if (this.take('+')) return this.unary()
    return this.chain()
  }

  private chain(): Node {
    let node = this.term()
    for (;;) {
      if (this.take('.')) node = this.invocation(node)
      else if (this.take('[')) {
        node = { kind: 'at', of: node, index: this.expression(0) }
        this.expect(']')
      } else return node
    }
  }

  private term(): Node {
    const token = this.peek()
    if (token.kind === 'name') return this.invocation(undefined)
    this.index++
    switch (token.kind) {
      case 'number':
        return { kind: 'literal', value: [this.withUnit(token.value)] }
      case 'string':
      case 'date':
        return { kind: 'literal', value: [token.value] }
      case 'variable':
        return { kind: 'variable', name: token.value }
      case 'sign':
        if (token.value === '(') return this.until(')')
        if (token.value === '{') {
          this.expect('}')
          return { kind: 'literal', value: [] }
        }
    }
    throw new NotSupported(`unexpected ${shown(token)}`)
  }

  private until(close: string): Node {
    const inner = this.expression(0)
    this.expect(close)
    return inner
  }

  /** `3 'kg'` and `18 years` are quantities. */
  private withUnit(value: number): unknown {
    const token = this.peek()
    const isUnit = token.kind === 'string' || (token.kind === 'name' && CALENDAR.test(token.value))
    if (!isUnit) return value
    this.index++
    return { value, code: token.value }
  }

  private invocation(of: Node | undefined): Node {
    const token = this.peek()
    if (token.kind !== 'name') throw new NotSupported(`unexpected ${shown(token)} after a dot`)
    this.index++
    if (token.value === '$this') return { kind: 'this' }
    if (token.value === '$index') return { kind: 'position' }
    if (token.value.startsWith('$')) throw new NotSupported(token.value)
    if (!of && (token.value === 'true' || token.value === 'false'))
      return { kind: 'literal', value: [token.value === 'true'] }
    if (!this.take('(')) return { kind: 'member', of, name: token.value }
    const args: Node[] = []
    if (!this.take(')')) {
      do args.push(this.expression(0))
      while (this.take(','))
      this.expect(')')
    }
    return { kind: 'call', of, name: token.value, args }
  }

  private typeName(): string {
    const node = this.chain()
    if (node.kind === 'member') return node.name
    throw new NotSupported('a type that is not a name')
  }

  private take(sign: string): boolean {
    const token = this.peek()
    if (token.kind !== 'sign' || token.value !== sign) return false
    this.index++
    return true
  }

  private expect(sign: string): void {
    if (!this.take(sign)) throw new NotSupported(`${sign} expected before ${shown(this.peek())}`)
  }
}
