import type { ReactNode } from 'react'

/** A part of the editor that can be folded. */
export function Section({ title, open = false, children }: { title: string; open?: boolean; children: ReactNode }) {
  return (
    <details className="pb-design-section" open={open}>
      <summary>
        <h3>{title}</h3>
      </summary>
      <div className="pb-design-inside">{children}</div>
    </details>
  )
}
