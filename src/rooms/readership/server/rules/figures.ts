import { shareOf, type Share } from '../../../../platform/figures/share.ts'

/** Counted mails of one template in a span of days. */
export interface Counts {
  template: string
  /** Taken by the receiving server, and carrying a picture that counts. */
  delivered: number
  raw: number
  seen: number
  clicked: number
}

export interface Figures extends Pick<Counts, 'template' | 'delivered'> {
  raw: Share
  seen: Share
  clicked: Share
}

export function figuresOf({ template, delivered, raw, seen, clicked }: Counts): Figures {
  return {
    template,
    delivered,
    raw: shareOf(raw, delivered),
    seen: shareOf(seen, delivered),
    clicked: shareOf(clicked, delivered),
  }
}

/** All of them together; null where there is nothing to add up. */
export function totalOf(lines: readonly Counts[]): Figures | null {
  if (lines.length === 0) return null
  const sum = (of: (line: Counts) => number) => lines.reduce((total, line) => total + of(line), 0)
  return figuresOf({
    template: '',
    delivered: sum((line) => line.delivered),
    raw: sum((line) => line.raw),
    seen: sum((line) => line.seen),
    clicked: sum((line) => line.clicked),
  })
}
