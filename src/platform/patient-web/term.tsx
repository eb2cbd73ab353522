import { createContext, Fragment, useContext, useId, useState, type KeyboardEvent, type ReactNode } from 'react'
import { useLocale, useT } from '../web/language/use-t.ts'
import { MoreAbout } from './more-about.tsx'

/** A word that opens its meaning below at a tap; a second tap or Escape closes it. */
export function Term({ meaning, children }: { meaning: ReactNode; children: ReactNode }) {
  const [open, setOpen] = useState(false)
  const id = useId()
  return (
    <span>
      <Word id={id} open={open} onOpen={setOpen}>
        {children}
      </Word>
      <Meaning id={id} open={open}>
        {meaning}
      </Meaning>
    </span>
  )
}

interface WordProps {
  /** Of its meaning. */
  id: string
  open: boolean
  onOpen: (open: boolean) => void
  children: ReactNode
}

function Word({ id, open, onOpen, children }: WordProps) {
  const t = useT('web')
  const close = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !open) return
    event.stopPropagation()
    onOpen(false)
  }
  return (
    <button
      type="button"
      className="pp-term"
      aria-expanded={open}
      aria-controls={id}
      onClick={() => onOpen(!open)}
      onKeyDown={close}
    >
      {children}
      <span className="pp-sr">{t('patient.explain')}</span>
    </button>
  )
}

function Meaning({ id, open, children }: Omit<WordProps, 'onOpen'>) {
  return (
    <span id={id} className="pp-meaning" role="note" hidden={!open}>
      {children}
    </span>
  )
}

/** A word of the glossary in a text, by place. */
export interface ExplainedSpan {
  from: number
  to: number
  meaning: { zh: string; en: string }
}
/** In the order of the text, none inside of another. */
export type Explain = (text: string) => ExplainedSpan[]

/** Where the app has put its glossary; without one, texts stand as they are. */
export const GlossaryContext = createContext<Explain>(() => [])

/** A text in which words of the glossary can be tapped; what is opened stands below the whole text. */
export function Explained({ text }: { text: string }) {
  const explain = useContext(GlossaryContext)
  const isEnglish = useLocale() === 'en'
  const [opened, setOpened] = useState<number>()
  const id = useId()
  const spans = explain(text)
  const parts: ReactNode[] = []
  let at = 0
  for (const { from, to } of spans) {
    parts.push(
      <Fragment key={from}>
        {text.slice(at, from)}
        <Word id={`${id}${from}`} open={opened === from} onOpen={(open) => setOpened(open ? from : undefined)}>
          {text.slice(from, to)}
        </Word>
      </Fragment>,
    )
    at = to
  }
  return (
    <>
      {parts}
      {text.slice(at)}
      {spans.map(({ from, to, meaning }) => (
        <Meaning key={from} id={`${id}${from}`} open={opened === from}>
          <strong>{text.slice(from, to)}</strong> {meaning[isEnglish ? 'en' : 'zh']}
          {opened === from && <MoreAbout word={text.slice(from, to)} />}
        </Meaning>
      ))}
    </>
  )
}
