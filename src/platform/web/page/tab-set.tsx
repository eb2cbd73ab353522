import { Suspense, useEffect, useId, useRef, type KeyboardEvent, type ReactNode } from 'react'
import { Loading } from '../feedback/loading.tsx'

export interface TabItem {
  key: string
  label: ReactNode
  /** Without it the tabs only choose what stands below them. */
  content?: ReactNode
}

export interface TabSetProps {
  items: readonly TabItem[]
  active: string
  onChange: (key: string) => void
  /** Keeps what is not shown as it is, such as the fields of a form; else it begins afresh. */
  keep?: boolean
  /** What the tabs are together, for screen readers. */
  label?: string
  /** `parts` are the first of two levels, `within` the second, which wraps instead of being pushed. */
  look?: 'line' | 'parts' | 'within'
}

/**
 * Tabs in one line that is pushed sideways where it is too long, as on a phone: nothing is folded away into a menu. One
 * stop of the Tab key; arrows, Home and End go along, Enter or Space opens.
 */
export function TabSet({ items, active, onChange, keep = false, label, look = 'line' }: TabSetProps) {
  const id = useId()
  const strip = useRef<HTMLDivElement>(null)
  useEffect(() => showWhole(strip.current), [active])
  const shown = items.filter(({ key, content }) => content !== undefined && (keep || key === active))
  return (
    <div>
      <div role="tablist" aria-label={label} className={`pb-tabs pb-tabs-${look}`} ref={strip} onKeyDown={goAlong}>
        {items.map(({ key, label: name, content }) => (
          <button
            key={key}
            type="button"
            role="tab"
            className="pb-tab"
            id={`${id}-tab-${key}`}
            aria-selected={key === active}
            {...(content !== undefined && (keep || key === active) ? { 'aria-controls': `${id}-panel-${key}` } : {})}
            tabIndex={key === active ? 0 : -1}
            onClick={() => onChange(key)}
          >
            {name}
          </button>
        ))}
      </div>
      {shown.map(({ key, content }) => (
        <div
          key={key}
          role="tabpanel"
          id={`${id}-panel-${key}`}
          aria-labelledby={`${id}-tab-${key}`}
          hidden={key !== active}
        >
          <Suspense fallback={<Loading />}>{content}</Suspense>
        </div>
      ))}
    </div>
  )
}

/** Pushes the line so that the chosen tab stands in the middle, as far as that goes; the page itself stays where it is. */
function showWhole(strip: HTMLElement | null): void {
  const tab = strip?.querySelector<HTMLElement>('[aria-selected=true]')
  if (strip && tab) strip.scrollLeft = tab.offsetLeft - (strip.clientWidth - tab.offsetWidth) / 2
}

function goAlong(event: KeyboardEvent<HTMLElement>): void {
  const tabs = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=tab]')]
  const at = tabs.indexOf(document.activeElement as HTMLElement)
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key]
  if (to === undefined) return
  event.preventDefault()
  tabs.at(to % tabs.length)?.focus()
}
