import type { ReactNode } from 'react'
import { Go } from '../page/go.tsx'

/** How a row is opened: an address of its own, or something at the side. */
export type Opening<Row> = { to: (row: Row) => string; onOpen?: undefined } | { onOpen: (row: Row) => void; to?: undefined } | { to?: undefined; onOpen?: undefined }

/** The name of a row as its link, so that it opens in a new tab and by the keyboard as links do. */
export function RowLink<Row>({ row, opening, children }: { row: Row; opening: Opening<Row>; children: ReactNode }) {
  if (opening.to) {
    return (
      <Go to={opening.to(row)} className="pb-row-link">
        {children}
      </Go>
    )
  }
  if (opening.onOpen) {
    return (
      <button type="button" className="pb-link pb-row-link" onClick={() => opening.onOpen(row)}>
        {children}
      </button>
    )
  }
  return <>{children}</>
}

/** A click on a row opens it, unless it was meant for a control inside or to choose text. */
export function isForRow(target: EventTarget): boolean {
  const control = (target as HTMLElement).closest('a, button, input, label, select, textarea, .ant-popover, .ant-dropdown')
  return !control && !String(getSelection() ?? '')
}
