import { createContext, Fragment, useContext, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { useLocale, useT } from '../web/language/use-t.ts'

/** A word that opens its meaning below at a tap; a second tap or Escape closes it. */
export function Term({ meaning, children }: { meaning: ReactNode; children: ReactNode }) {
  const t = useT('web')
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const id = useId()
  const close = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !open) return
    event.stopPropagation()
    setOpen(false)
    button.current?.focus()
  }
  return (
    <span onKeyDown={close}>
      <button
        ref={button}
        type="button"
        className="pp-term"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {children}
        <span className="pp-sr">{t('patient.explain')}</span>
      </button>
      <span id={id} className="pp-meaning" role="note" hidden={!open}>
        {meaning}
      </span>
    </span>
  )
}

/** A word of the glossary in a text, by place. */
export interface ExplainedSpan {
  from: number
  to: number
  meaning: { zh: string; en: string }
}
export type Explain = (text: string) => ExplainedSpan[]

/** Where the app has put its glossary; without one, texts stand as they are. */
export const GlossaryContext = createContext<Explain>(() => [])

/** A text in which words of the glossary can be tapped. */
export function Explained({ text }: { text: string }) {
  const explain = useContext(GlossaryContext)
  const isEnglish = useLocale() === 'en'
  const parts: ReactNode[] = []
  let at = 0
  for (const { from, to, meaning } of explain(text)) {
    if (from < at) continue
    parts.push(
      <Fragment key={from}>
        {text.slice(at, from)}
        <Term meaning={meaning[isEnglish ? 'en' : 'zh']}>{text.slice(from, to)}</Term>
      </Fragment>,
    )
    at = to
  }
  return (
    <>
      {parts}
      {text.slice(at)}
    </>
  )
}
