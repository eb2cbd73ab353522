import type { TreeGroup } from './tree.ts'

/** What was changed, so that each change can be taken back and made again. */
export interface Edits {
  now: TreeGroup
  past: readonly TreeGroup[]
  future: readonly TreeGroup[]
  /** What the last change was made to: changes in one field are one. */
  stroke: string | undefined
}

const KEPT = 100

export const beginWith = (tree: TreeGroup): Edits => ({ now: tree, past: [], future: [], stroke: undefined })

/** @param stroke changes with the same name, one behind the other, are taken back together: typing a number */
export function edit(edits: Edits, next: TreeGroup, stroke?: string): Edits {
  if (next === edits.now) return edits
  const continues = stroke !== undefined && stroke === edits.stroke
  return {
    now: next,
    past: continues ? edits.past : [...edits.past, edits.now].slice(-KEPT),
    future: [],
    stroke,
  }
}

export function undo(edits: Edits): Edits {
  const before = edits.past.at(-1)
  if (!before) return edits
  return { now: before, past: edits.past.slice(0, -1), future: [edits.now, ...edits.future], stroke: undefined }
}

export function redo(edits: Edits): Edits {
  const [after, ...future] = edits.future
  if (!after) return edits
  return { now: after, past: [...edits.past, edits.now], future, stroke: undefined }
}
