import type { ReactNode } from 'react'
import type { Permission } from '../../contract/endpoint.ts'

export interface Column<Row> {
  key: string
  title: string
  render: (row: Row) => ReactNode
  /** Figures: at the right, of even width. */
  number?: boolean
  widthPx?: number
  /** Hidden until the reader chooses it. */
  optional?: boolean
  /** On a phone: beside the name (`aside`), a labelled line (default), or not at all. The first column is the name. */
  card?: 'line' | 'aside' | 'hide'
  /** The word the server sorts by; makes the heading a button. */
  sort?: string
}

/** Something done to all chosen rows. */
export interface BulkAction<Row> {
  key: string
  label: string
  danger?: boolean
  permission?: Permission
  /** The choice is cleared when this has ended without an error. */
  run: (rows: Row[]) => unknown
}

/** Columns in their order as the reader wants them; the first stays always, since it names the row. */
export function shownColumns<Row>(columns: readonly Column<Row>[], chosen: readonly string[] | undefined): Column<Row>[] {
  return columns.filter(({ key, optional }, index) => index === 0 || (chosen ? chosen.includes(key) : !optional))
}

/** `due` → `-due` → nothing. */
export function nextSort(current: string | undefined, by: string): string | undefined {
  if (current === by) return `-${by}`
  return current === `-${by}` ? undefined : by
}

export function ariaSort(current: string | undefined, by: string | undefined): 'ascending' | 'descending' | undefined {
  if (!by) return undefined
  if (current === by) return 'ascending'
  return current === `-${by}` ? 'descending' : undefined
}
