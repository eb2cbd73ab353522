import { cloneElement, useId, type ReactElement, type ReactNode } from 'react'

/** A control below its name. The name reaches readers through the control itself. */
export function Labelled({
  label,
  hint,
  wide = false,
  children,
}: {
  label: string
  hint?: ReactNode
  wide?: boolean
  children: ReactElement<{ 'aria-label'?: string; 'aria-describedby'?: string }>
}) {
  const id = useId()
  return (
    <div className={`pb-design-field${wide ? ' pb-design-wide' : ''}`}>
      <span aria-hidden="true">{label}</span>
      {cloneElement(children, { 'aria-label': label, ...(hint ? { 'aria-describedby': id } : {}) })}
      {hint && (
        <small id={id} className="pb-hint">
          {hint}
        </small>
      )}
    </div>
  )
}
