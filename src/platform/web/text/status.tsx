import type { ReactNode } from 'react'

export type Tone = 'plain' | 'good' | 'due' | 'danger' | 'low'

/** A state: a dot in its colour and its word. */
export function Status({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  return <span className={`pb-status pb-tone-${tone}`}>{children}</span>
}
