/** The loudest of some samples between -1 and 1, as 0 to 100. */
export function loudest(samples: Float32Array): number {
  let most = 0
  for (const sample of samples) most = Math.max(most, Math.abs(sample))
  return Math.min(100, Math.round(most * 100))
}

/**
 * As many figures as the time has room for: a browser that looked less often than it should (a page in the background)
 * is taken at its last look.
 */
export function fitted(peaks: readonly number[], count: number): number[] {
  if (peaks.length === 0) return Array.from({ length: count }, () => 0)
  return Array.from({ length: count }, (_none, n) => peaks[Math.floor((n * peaks.length) / count)]!)
}

/** The loudest of each of so many equal parts: a waveform as wide as there is room. */
export function condensed(peaks: readonly number[], count: number): number[] {
  if (peaks.length <= count) return [...peaks]
  return Array.from({ length: count }, (_none, n) => {
    const from = Math.floor((n * peaks.length) / count)
    const to = Math.max(from + 1, Math.floor(((n + 1) * peaks.length) / count))
    return Math.max(...peaks.slice(from, to))
  })
}

/** `2:05`, `1:02:05`. */
export function minutesText(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  const two = (number: number) => String(number).padStart(2, '0')
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}
