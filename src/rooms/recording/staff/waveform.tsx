import { useMemo } from 'react'
import { condensed } from './peaks.ts'

const BARS = 160
const HEIGHT = 72

/** The loudest of each moment, as the recorder heard it; what has been played is darker. */
export function Waveform({ peaks, share }: { peaks: readonly number[]; share: number }) {
  const bars = useMemo(() => condensed(peaks, BARS), [peaks])
  const most = Math.max(10, ...bars)
  return (
    <svg
      className="pb-player-wave"
      viewBox={`0 0 ${Math.max(1, bars.length) * 4} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {bars.map((peak, n) => {
        const height = Math.max(2, (peak / most) * (HEIGHT - 4))
        return (
          <rect
            // Bars have nothing but their place.
            key={n}
            className={n / bars.length < share ? 'pb-heard' : ''}
            x={n * 4}
            y={(HEIGHT - height) / 2}
            width={2.5}
            height={height}
          />
        )
      })}
    </svg>
  )
}
