import type { Block, BlockKind, InnerBlock, Words } from '../../contract/block.ts'

const empty = (): Words => ({ zh: '', en: '' })

/** Stable while it is moved and written over; short, since it stands in every draft. */
const newId = () => crypto.getRandomValues(new Uint32Array(1))[0]!.toString(36).padStart(7, '0')

export function newBlock(kind: BlockKind, given: Partial<Words> = {}): Block {
  const id = newId()
  const words = { ...empty(), ...given }
  switch (kind) {
    case 'heading':
      return { kind, id, level: 1, words }
    case 'list':
      return { kind, id, ordered: false, words }
    case 'button':
      return { kind, id, words, to: 'link' }
    case 'picture':
      return { kind, id, picture: '', width: 560, height: 315, words }
    case 'quote':
      return { kind, id, words, source: empty(), date: '' }
    case 'notice':
      return { kind, id, title: empty(), words }
    case 'divider':
      return { kind, id }
    case 'columns':
      return { kind, id, left: [newInner('text')], right: [newInner('text')] }
    default:
      return { kind, id, words }
  }
}

export const newInner = (kind: InnerBlock['kind']) => newBlock(kind) as InnerBlock

/** The same again, under ids of its own. */
export function copyOf(block: Block): Block {
  const id = newId()
  if (block.kind !== 'columns') return { ...block, id }
  const inner = (one: InnerBlock) => ({ ...one, id: newId() })
  return { ...block, id, left: block.left.map(inner), right: block.right.map(inner) }
}
