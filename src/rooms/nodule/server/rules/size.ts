export interface Axes {
  longMm: number | null
  shortMm: number | null
  depthMm: number | null
}

/** Mean of the long and the short axis, to 0.1 mm; the long one alone where the report gives no other. */
export function meanMm({ longMm, shortMm }: Axes): number | null {
  if (longMm === null) return null
  return Math.round((shortMm === null ? longMm : (longMm + shortMm) / 2) * 10) / 10
}

export interface Volume {
  mm3: number
  /** From three axes as an ellipsoid, or from the mean diameter as a ball. */
  from: 'axes' | 'mean'
}

/** π/6 · a · b · c, unrounded; from two axes or one as a ball of the mean diameter. */
export function volumeOf({ longMm, shortMm, depthMm }: Axes): Volume | null {
  if (longMm === null) return null
  if (shortMm !== null && depthMm !== null) return { mm3: (Math.PI / 6) * longMm * shortMm * depthMm, from: 'axes' }
  const mean = shortMm === null ? longMm : (longMm + shortMm) / 2
  return { mm3: ballMm3(mean), from: 'mean' }
}

export function ballMm3(diameterMm: number): number {
  return (Math.PI / 6) * diameterMm ** 3
}
