import type { VelocityView } from '../contract/growth.ts'
import './curve.css'

/** One speed after another: its span, a bar, the value with what it may be off by. Short spans are lighter. */
export function Velocities({
  velocities,
  words,
}: {
  velocities: readonly VelocityView[]
  words: (velocity: VelocityView) => string
}) {
  const most = Math.max(8, ...velocities.map(({ cmPerYear }) => cmPerYear))
  return (
    <ul className="gv">
      {velocities.toReversed().map((velocity) => (
        <li key={velocity.from}>
          <span className="pb-hint">
            {velocity.from.slice(0, 7)} – {velocity.to.slice(0, 7)}
          </span>
          <span className="gv-bar" data-short={velocity.short}>
            <span style={{ inlineSize: `${Math.max(0, (velocity.cmPerYear / most) * 45)}%` }} aria-hidden="true" />
            <span>{words(velocity)}</span>
          </span>
        </li>
      ))}
    </ul>
  )
}
