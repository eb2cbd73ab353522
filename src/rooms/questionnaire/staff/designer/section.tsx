import { useState, type ReactNode } from 'react'

/** A part of the editor that can be folded; what is folded is not drawn at all. */
export function Section({ title, open = false, children }: { title: string; open?: boolean; children: ReactNode }) {
  const [isOpen, setOpen] = useState(open)
  return (
    <details className="pb-design-section" open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        <h3>{title}</h3>
      </summary>
      {isOpen && <div className="pb-design-inside">{children}</div>}
    </details>
  )
}
