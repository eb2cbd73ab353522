import { createContext, useContext } from 'react'
import type { Bilingual } from '../../contract/words.ts'
import type { SaidFault } from '../../condition/contract.ts'
import type { Direction, GroupMode, TreeNode } from './tree.ts'

/** What may be done to the condition that is being put together, and what is known of its questions. */
export interface Acting {
  readOnly: boolean
  /** The question whose inputs are shown. */
  openId: string | undefined
  open: (id: string | undefined) => void
  add: (groupId: string, node: TreeNode) => void
  setTest: (id: string, test: unknown, stroke: string) => void
  /** What stands becomes one case of several. */
  besides: () => void
  setMode: (id: string, mode: GroupMode) => void
  turnRound: (id: string) => void
  remove: (id: string) => void
  copy: (id: string) => void
  step: (id: string, direction: Direction) => void
  moveTo: (id: string, groupId: string, at: number) => void
  /** By the id of a question: how it reads, and what is wrong with it. */
  reading: ReadonlyMap<string, LeafReading>
  /** The node that is being dragged. */
  dragged: string | undefined
  drag: (id: string | undefined) => void
}

export interface LeafReading {
  sentence: Bilingual | undefined
  faults: readonly SaidFault[]
  /** Paths of fields that are not filled in. */
  missing: readonly string[]
}
export const ActingContext = createContext<Acting | null>(null)

export function useActing(): Acting {
  const acting = useContext(ActingContext)
  if (!acting) throw new Error('outside of a condition builder')
  return acting
}
