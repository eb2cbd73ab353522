import type { Node } from './parse.ts'

/** What an expression looks at, found without running it. */
export interface Reads {
  /** Items named by `linkId = '…'`. */
  linkIds: ReadonlySet<string>
  variables: ReadonlySet<string>
  /** It walks the answers without naming an item: any answer may change its value. */
  wide: boolean
}

const ROOTS = new Set(['resource', 'context', 'questionnaireresponse', 'source'])
const INTO = new Set(['item', 'answer', 'descendants', 'children', 'repeat', 'QuestionnaireResponse'])

export function readsOf(root: Node): Reads {
  const linkIds = new Set<string>()
  const variables = new Set<string>()
  let wide = false

  /** Walks one chain `a.b(…).c` to its head; answers whether an item was named on the way. */
  function chain(node: Node | undefined, inside: boolean, named: boolean): void {
    if (!node) return
    switch (node.kind) {
      case 'member':
        if (node.of) return chain(node.of, inside, named)
        if (!inside && !named && INTO.has(node.name)) wide = true
        return
      case 'call': {
        const names = headOf(node) === 'questionnaire' ? [] : node.args.flatMap(literalsOfLinkId)
        names.forEach((name) => linkIds.add(name))
        node.args.forEach((arg) => chain(arg, inside || node.name !== 'iif', false))
        if (node.of) return chain(node.of, inside, named || names.length > 0)
        if (!inside && names.length === 0 && !named && INTO.has(node.name)) wide = true
        return
      }
      case 'at':
        chain(node.index, true, false)
        return chain(node.of, inside, named)
      case 'variable':
        if (!ROOTS.has(node.name)) variables.add(node.name)
        else if (!named) wide = true
        return
      case 'this':
        if (!inside && !named) wide = true
        return
      case 'negate':
      case 'type':
        return chain(node.of, inside, named)
      case 'binary':
        chain(node.left, inside, named)
        chain(node.right, inside, named)
    }
  }

  chain(root, false, false)
  return { linkIds, variables, wide }
}

/** The variable a chain begins with: `%questionnaire.item…` speaks of the questions, not of the answers. */
function headOf(node: Node | undefined): string | undefined {
  if (!node || node.kind === 'variable') return node?.name
  return 'of' in node ? headOf(node.of) : undefined
}

/** The texts that a condition compares `linkId` with: `linkId = 'a'`, `linkId in ('a' | 'b')`. */
function literalsOfLinkId(node: Node): string[] {
  if (node.kind !== 'binary') return []
  if (node.sign === 'and' || node.sign === 'or')
    return [...literalsOfLinkId(node.left), ...literalsOfLinkId(node.right)]
  if (node.sign !== '=' && node.sign !== 'in') return []
  if (node.left.kind === 'member' && node.left.name === 'linkId') return texts(node.right)
  return node.right.kind === 'member' && node.right.name === 'linkId' ? texts(node.left) : []
}

function texts(node: Node): string[] {
  if (node.kind === 'literal') return node.value.filter((value) => typeof value === 'string')
  return node.kind === 'binary' && node.sign === '|' ? [...texts(node.left), ...texts(node.right)] : []
}
