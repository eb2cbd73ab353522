import { useRef, type RefObject } from 'react'
import { useShortcut } from '../../../platform/web/index.ts'
import { neighbour } from './neighbour.ts'

export interface DeskKeys {
  /** Around the lists: the rows within are walked through. */
  frame: RefObject<HTMLDivElement | null>
  /** Opens what comes after the task that is open. */
  next: () => void
}

interface Desk {
  rows: readonly { id: string }[]
  openId: string | undefined
  open: (taskId: string, finish?: boolean) => void
}

/** j and k walk through the rows of all lists, Enter opens (the row is a button), d finishes, n opens the next one. */
export function useDeskKeys({ rows, openId, open }: Desk): DeskKeys {
  const frame = useRef<HTMLDivElement>(null)
  // A task that is done leaves the lists; what came after it is remembered by its place.
  const place = useRef(0)
  const focused = () => (document.activeElement as HTMLElement | null)?.dataset['task']
  const focus = (id: string | undefined) => {
    const row = id && frame.current?.querySelector<HTMLElement>(`[data-task="${id}"]`)
    if (row) row.focus()
  }
  const at = rows.findIndex(({ id }) => id === (openId ?? focused()))
  if (at >= 0) place.current = at
  const next = () => {
    const gone = openId !== undefined && !rows.some(({ id }) => id === openId)
    const id = gone ? rows[Math.min(place.current, rows.length - 1)]?.id : neighbour(rows, openId ?? focused(), 1)
    if (id) open(id)
  }
  useShortcut('j', () => focus(neighbour(rows, focused() ?? openId, 1)))
  useShortcut('k', () => focus(neighbour(rows, focused() ?? openId, -1)))
  useShortcut('n', next)
  useShortcut('d', () => {
    const id = openId ?? focused()
    if (id) open(id, true)
  })
  return { frame, next }
}
