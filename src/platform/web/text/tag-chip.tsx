import { Popover } from 'antd'
import { useState, type ReactNode } from 'react'
import type { Tone } from './status.tsx'

export interface TagChipProps {
  label: string
  tone?: Tone
  /** Why it is there: rule, facts, since when, by whom. Shown on hover, focus and tap. */
  because?: ReactNode
  /** An act below the reason: suppress, open the rule. */
  action?: ReactNode
}

/** A tag that can explain itself. */
export function TagChip({ label, tone = 'plain', because, action }: TagChipProps) {
  const [open, setOpen] = useState(false)
  const className = `pb-tag pb-tone-${tone}`
  if (!because && !action) return <span className={className}>{label}</span>
  const content = (
    <div className="pb-because">
      {because}
      {action && <div className="pb-because-action">{action}</div>}
    </div>
  )
  return (
    <Popover
      title={label}
      content={content}
      mouseEnterDelay={0.25}
      open={open}
      onOpenChange={setOpen}
      // Whoever goes on to an act inside leaves the chip, which must not take the act away.
      trigger={action ? ['hover', 'click'] : ['hover', 'focus', 'click']}
      // Beside the chip, so that the keyboard comes to the act next.
      {...(action ? { getPopupContainer: (chip: HTMLElement) => chip.parentElement ?? document.body } : {})}
    >
      {/* A click shows the reason; what hovering has opened it does not close again. */}
      <button type="button" className={className} aria-expanded={open} onClick={() => setOpen(true)}>
        {label}
      </button>
    </Popover>
  )
}
