import type { ReactNode } from 'react'
import { Go } from '../page/go.tsx'
import type { Tone } from './status.tsx'

export interface FigureItem {
  key: string
  label: string
  value: ReactNode
  tone?: Tone
  /** Where the list behind the figure is. */
  to?: string
}

/** A few figures above a page: small, each leading to its list. */
export function Figures({ items }: { items: readonly FigureItem[] }) {
  return (
    <div className="pb-figures">
      {items.map(({ key, label, value, tone = 'plain', to }) => {
        const content = (
          <>
            <div className="pb-figure-label">{label}</div>
            <div className={`pb-figure-value pb-tone-${tone}`}>{value}</div>
          </>
        )
        return to ? (
          <Go key={key} to={to} className="pb-figure">
            {content}
          </Go>
        ) : (
          <div key={key} className="pb-figure">
            {content}
          </div>
        )
      })}
    </div>
  )
}
