import { useLocation } from '@tanstack/react-router'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { useT } from '../language/use-t.ts'
import { Go } from './go.tsx'

export interface PageProps {
  title: ReactNode
  /** The window's title, where `title` is not text. */
  windowTitle?: string
  /** Below the title, lighter: one sentence or a few facts. */
  hint?: ReactNode
  actions?: ReactNode
  breadcrumbs?: { label: string; to?: string }[]
  /** `reading` keeps lines short; `full` (default) takes what there is. */
  width?: 'full' | 'reading'
  children: ReactNode
}

/** The frame of a page: breadcrumbs, heading, actions. The heading takes the focus after a navigation. */
export function Page({ title, windowTitle, hint, actions, breadcrumbs = [], width = 'full', children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  const name = windowTitle ?? (typeof title === 'string' ? title : undefined)
  useEffect(() => {
    if (name) document.title = `${name} · Peiban`
  }, [name])
  const isFirstNow = useLocation({ select: ({ state }) => !state.__TSR_index })
  const [isFirst] = useState(isFirstNow)
  useEffect(() => {
    // A field with autofocus keeps the focus; the first page of a visit begins at the skip link.
    const inside = heading.current?.closest('main')?.contains(document.activeElement)
    if (!isFirst && !inside) heading.current?.focus({ preventScroll: true })
  }, [isFirst])
  return (
    <div className={`pb-page pb-page-${width}`}>
      {breadcrumbs.length > 0 && <Breadcrumbs items={breadcrumbs} />}
      <header className="pb-page-head">
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {hint && <div className="pb-page-hint">{hint}</div>}
        </div>
        {actions && <div className="pb-page-actions">{actions}</div>}
      </header>
      {children}
    </div>
  )
}

function Breadcrumbs({ items }: { items: { label: string; to?: string }[] }) {
  const t = useT('web')
  return (
    <nav className="pb-breadcrumbs" aria-label={t('breadcrumbs')}>
      {items.map(({ label, to }) => (
        <span key={label}>{to ? <Go to={to}>{label}</Go> : label}</span>
      ))}
    </nav>
  )
}
