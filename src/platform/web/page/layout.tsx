import type { CSSProperties, ReactNode } from 'react'
import { useId } from 'react'

export interface CardProps {
  title?: ReactNode
  /** At the right of the title: a link, a button. */
  extra?: ReactNode
  /** No inner space: for a table that goes to the edge. */
  flush?: boolean
  children: ReactNode
}

/** The one kind of card there is. */
export function Card({ title, extra, flush = false, children }: CardProps) {
  const id = useId()
  return (
    <section className={`pb-card${flush ? ' pb-card-flush' : ''}`} {...(title ? { 'aria-labelledby': id } : {})}>
      {title && (
        <div className="pb-card-head">
          <h2 id={id}>{title}</h2>
          {extra}
        </div>
      )}
      {children}
    </section>
  )
}

/** One below the other. */
export function Stack({ tight = false, children }: { tight?: boolean; children: ReactNode }) {
  return <div className={`pb-stack${tight ? ' pb-stack-tight' : ''}`}>{children}</div>
}

/** Side by side, wrapping. */
export function Row({ children }: { children: ReactNode }) {
  return <div className="pb-row">{children}</div>
}

/** As many equal columns as fit; one on a phone. */
export function Columns({ minPx = 320, children }: { minPx?: number; children: ReactNode }) {
  return (
    <div className="pb-columns" style={{ '--pb-column': `${minPx}px` } as CSSProperties}>
      {children}
    </div>
  )
}

/** Names and values of one thing: `<Facts items={[[t('phone'), phone], …]} />`; what is empty is left out. */
export function Facts({ items }: { items: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="pb-facts">
      {items
        .filter(([, value]) => value !== null && value !== undefined && value !== '')
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}
