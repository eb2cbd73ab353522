import type { ReactNode } from 'react'
import { useT } from '../web/language/use-t.ts'
import { Go } from './address.tsx'
import { LargePrint } from './large-print.tsx'
import { useWhose } from './whose.ts'

/** One screen: who speaks, what it is about, the content, and what comes next at the thumb. */
export function Screen({
  organization,
  progress,
  children,
  actions,
}: {
  organization?: string | null
  /** 0 to 1. */
  progress?: number
  children: ReactNode
  actions?: ReactNode
}) {
  return (
    <div className="pp-screen">
      <header className="pp-head">
        <span className="pp-organization">{organization ?? ''}</span>
        <LargePrint />
      </header>
      <WhoseLine />
      {progress !== undefined && (
        <div
          className="pp-progress"
          role="progressbar"
          aria-label="%"
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.round(progress * 100)}
        >
          <span style={{ inlineSize: `${Math.round(progress * 100)}%` }} />
        </div>
      )}
      <main className="pp-main">{children}</main>
      {actions && <footer className="pp-actions">{actions}</footer>}
    </div>
  )
}

/** On every page, so that nobody takes another's results for their own. */
function WhoseLine() {
  const t = useT('web')
  const whose = useWhose()
  if (!whose?.name) return null
  return (
    <p className="pp-whose">
      <span>{t('patient.whose', { name: whose.name })}</span>
      <Go to="/my">{t('patient.whoseChange')}</Go>
    </p>
  )
}

export interface ChoiceOption {
  key: string
  text: string
}

/** Answers to choose from, each as large as a thumb. Real radio buttons and boxes, for keyboards and readers. */
export function Choice({
  name,
  labelledBy,
  options,
  chosen,
  several,
  onChange,
}: {
  name: string
  labelledBy: string
  options: readonly ChoiceOption[]
  chosen: readonly string[]
  several: boolean
  onChange: (chosen: string[]) => void
}) {
  const toggle = (key: string) => {
    if (!several) onChange([key])
    else onChange(chosen.includes(key) ? chosen.filter((one) => one !== key) : [...chosen, key])
  }
  return (
    <div className="pp-choices" role={several ? 'group' : 'radiogroup'} aria-labelledby={labelledBy}>
      {options.map(({ key, text }) => (
        <label key={key} className="pp-choice">
          <input
            type={several ? 'checkbox' : 'radio'}
            name={name}
            checked={chosen.includes(key)}
            onChange={() => toggle(key)}
          />
          <span>{text}</span>
        </label>
      ))}
    </div>
  )
}

/** Something to be told: what happened, and the way on. */
export function Notice({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <section className="pp-notice">
      <h1>{title}</h1>
      {children}
    </section>
  )
}
