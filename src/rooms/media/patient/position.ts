/** Which of `count` steps is seen most of, by how far a strip was scrolled; the first where it has no width yet. */
export function positionOf(scrolledPx: number, widthPx: number, count: number): number {
  if (widthPx <= 0) return 0
  return Math.min(count - 1, Math.max(0, Math.round(scrolledPx / widthPx)))
}
