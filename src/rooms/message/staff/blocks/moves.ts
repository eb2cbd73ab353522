interface Identified {
  id: string
}

/** One place up or down; at the end nothing happens. */
export function moved<B extends Identified>(blocks: B[], id: string, by: -1 | 1): B[] {
  const from = blocks.findIndex((block) => block.id === id)
  const to = from + by
  if (from < 0 || to < 0 || to >= blocks.length) return blocks
  return blocks.with(from, blocks[to]!).with(to, blocks[from]!)
}

/** Dropped before or after another. */
export function placed<B extends Identified>(
  blocks: B[],
  dragged: string | undefined,
  beside: string,
  where: 'before' | 'after',
): B[] {
  const block = blocks.find(({ id }) => id === dragged)
  if (!block || dragged === beside) return blocks
  const rest = blocks.filter(({ id }) => id !== dragged)
  const at = rest.findIndex(({ id }) => id === beside)
  return at < 0 ? blocks : rest.toSpliced(where === 'before' ? at : at + 1, 0, block)
}
