import type { ReactNode } from 'react'

export interface EmptyProps {
  /** What will appear here, in one sentence. */
  title: string
  /** How it comes about. */
  hint?: ReactNode
  /** The first step, as a button or link. */
  action?: ReactNode
}

/** A place that is still empty says what will stand here and offers the first step. */
export function Empty({ title, hint, action }: EmptyProps) {
  return (
    <div className="pb-empty">
      <p className="pb-empty-title">{title}</p>
      {hint && <p>{hint}</p>}
      {action && <div>{action}</div>}
    </div>
  )
}
