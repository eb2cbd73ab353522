import type { ReactNode } from 'react'
import { useT } from '../web/language/use-t.ts'
import { Go, Heading } from './address.tsx'
import { knownHouse } from './house-known.ts'
import { Screen } from './parts.tsx'
import { useWhose } from './whose.ts'

/** A page below 我的健康: its title, its content, and the way back at the end, where the thumb is after reading. */
export function OwnPage({
  title,
  back = '/my',
  backText,
  actions,
  children,
}: {
  title: string
  back?: string
  /** Where it leads, when that is not the home page. */
  backText?: string
  actions?: ReactNode
  children: ReactNode
}) {
  const t = useT('web')
  const whose = useWhose()
  return (
    <Screen organization={knownHouse()?.organization} actions={actions}>
      <Heading>{title}</Heading>
      {children}
      <nav className="pp-back" aria-label={t('patient.back')}>
        <Go to={back}>‹ {backText ?? t(whose ? 'patient.homeTheirs' : 'patient.home')}</Go>
      </nav>
    </Screen>
  )
}

/** Something to read or do, with its way on. */
export function Card({
  title,
  to,
  more,
  tone,
  children,
}: {
  title: ReactNode
  /** Where it leads; `more` says it in words. */
  to?: string
  more?: string
  /** `todo` waits for the person. */
  tone?: 'todo'
  children?: ReactNode
}) {
  return (
    <section className="pp-card" data-tone={tone}>
      <h2>{title}</h2>
      {children}
      {to && (
        <Go to={to} className="pp-more">
          {more ?? title}
          <span aria-hidden="true">›</span>
        </Go>
      )}
    </section>
  )
}

export interface ListRow {
  key: string
  /** Leads to a page of its own. */
  to?: string
  title: ReactNode
  hint?: ReactNode
  /** At the end of the line: a value, a state. */
  end?: ReactNode
}

/** A list whose rows are as large as a thumb. */
export function Rows({ rows, label }: { rows: readonly ListRow[]; label?: string }) {
  return (
    <ul className="pp-rows" aria-label={label}>
      {rows.map(({ key, to, title, hint, end }) => {
        const content = (
          <>
            <span className="pp-row-text">
              <span className="pp-row-title">{title}</span>
              {hint && <span className="pp-row-hint">{hint}</span>}
            </span>
            {end && <span className="pp-row-end">{end}</span>}
          </>
        )
        return (
          <li key={key}>
            {to ? (
              <Go to={to} className="pp-row">
                {content}
                <span className="pp-row-arrow" aria-hidden="true">
                  ›
                </span>
              </Go>
            ) : (
              <div className="pp-row">{content}</div>
            )}
          </li>
        )
      })}
    </ul>
  )
}
