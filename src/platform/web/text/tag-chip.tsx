import { Popover } from 'antd'
import type { ReactNode } from 'react'
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
  const className = `pb-tag pb-tone-${tone}`
  if (!because && !action) return <span className={className}>{label}</span>
  const content = (
    <div className="pb-because">
      {because}
      {action && <div className="pb-because-action">{action}</div>}
    </div>
  )
  return (
    <Popover title={label} content={content} trigger={['hover', 'focus', 'click']} mouseEnterDelay={0.25}>
      <button type="button" className={className}>
        {label}
      </button>
    </Popover>
  )
}
