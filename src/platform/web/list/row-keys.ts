export type RowAct = { move: number } | { open: true } | { choose: true } | undefined

/**
 * What a key does in a list.
 * @param at index of the row that has the focus
 * @param onRow false when a control inside of the row has the focus: then Enter and Space are its own
 */
export function rowAct(key: string, at: number, count: number, onRow: boolean): RowAct {
  switch (key) {
    case 'ArrowDown':
      return { move: Math.min(at + 1, count - 1) }
    case 'ArrowUp':
      return { move: Math.max(at - 1, 0) }
    case 'Home':
      return onRow ? { move: 0 } : undefined
    case 'End':
      return onRow ? { move: count - 1 } : undefined
    case 'Enter':
      return onRow ? { open: true } : undefined
    case ' ':
    case 'x':
      return onRow ? { choose: true } : undefined
    default:
      return undefined
  }
}
