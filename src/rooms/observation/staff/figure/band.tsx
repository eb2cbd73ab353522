import type { BandPart } from './figure-point.ts'
import type { Scale } from './scale.ts'

/** The reference interval, shaded. */
export function Band({ parts, x, y }: { parts: readonly BandPart[]; x: Scale; y: Scale }) {
  return (
    <g className="pb-figure-band">
      {parts.map(({ from, to, top, bottom }) => (
        <rect key={from} x={x(from)} width={Math.max(0, x(to) - x(from))} y={y(top)} height={y(bottom) - y(top)} />
      ))}
    </g>
  )
}
