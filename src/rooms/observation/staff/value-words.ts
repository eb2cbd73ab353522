export interface ShownValue {
  value: number | null
  text: string | null
  comparator: string | null
  /** Printed behind the number. */
  remark?: string | null
  unitPrinted: string
  decimals: number
  flag: string | null
}

/**
 * A number as its indicator is written, or the words that stand for it. What came with more than a number, `>6.22` or
 * `4.15+`, stands as it came.
 */
export function wordsOf({
  value,
  text,
  comparator,
  remark,
  decimals,
}: Omit<ShownValue, 'unitPrinted' | 'flag'>): string {
  if (value === null) return text ?? ''
  if (comparator || remark) {
    const gap = remark && remark.length > 2 ? ' ' : ''
    return `${comparator ?? ''}${Number(value.toPrecision(12))}${gap}${remark ?? ''}`
  }
  // A laboratory's own item has no decimals of its own: at most two, without noughts at the end.
  return decimals === 2 ? String(Number(value.toFixed(2))) : value.toFixed(decimals)
}

/** 3.9–6.1, ≤ 5.2, ≥ 40; as printed where it is no interval of numbers. */
export function rangeWords({
  low,
  high,
  rangeText,
}: {
  low: number | null
  high: number | null
  rangeText?: string | null
}): string {
  if (low !== null && high !== null) return `${low}–${high}`
  if (high !== null) return `≤ ${high}`
  if (low !== null) return `≥ ${low}`
  return rangeText ?? ''
}
