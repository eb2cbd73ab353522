/** The row of the consensus template that a nodule falls into by kind, size and risk; null where one of them is missing. */
export function consensusRow(type: unknown, risk: unknown, meanMm: number | null): string | null {
  if (meanMm === null) return null
  if (type === 'groundGlass') return meanMm <= 5 ? 'ground-glass-5' : 'ground-glass-over-5'
  if (type === 'partSolid') return meanMm <= 8 ? 'part-solid-8' : 'part-solid-over-8'
  if (type !== 'solid') return null
  if (meanMm > 8) return 'solid-over-8'
  if (risk !== 'low' && risk !== 'high') return null
  return `solid-${risk}-${meanMm <= 4 ? 4 : meanMm <= 6 ? 6 : 8}`
}
