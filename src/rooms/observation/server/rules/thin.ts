/**
 * Few of many points that draw the same shape: from each of equal parts, in order, the lowest and the highest, and the
 * first and last of all. Short courses come back as they are.
 * @param most about how many remain, at least four
 */
export function thin<T>(points: readonly T[], valueOf: (point: T) => number, most: number): readonly T[] {
  if (points.length <= most) return points
  const parts = Math.floor((most - 2) / 2)
  const inner = points.slice(1, -1)
  const kept: T[] = [points[0]!]
  for (let part = 0; part < parts; part += 1) {
    const from = Math.floor((part * inner.length) / parts)
    const to = Math.floor(((part + 1) * inner.length) / parts)
    let [low, high] = [from, from]
    for (let at = from; at < to; at += 1) {
      if (valueOf(inner[at]!) < valueOf(inner[low]!)) low = at
      if (valueOf(inner[at]!) > valueOf(inner[high]!)) high = at
    }
    kept.push(...[...new Set([Math.min(low, high), Math.max(low, high)])].map((at) => inner[at]!))
  }
  return [...kept, points.at(-1)!]
}
