import { useState } from 'react'
import { Columns, TrendChart, useT } from '../../../platform/web/index.ts'
import type { Assessment, RiskLine } from '../contract/risk.ts'
import { useBilingual } from './words.ts'

/** Causes drawn beside the curve; more would hide it. */
const CAUSES = 3

/** Keeps the chart's own link a finger away from the line above (WCAG 2.2, 2.5.8). */
const BELOW_SUMMARY = { marginTop: 12 }

/** The estimate over the years, beside what was measured for it. Versions of an instrument are lines of their own. */
export function CurvePart({ line, newest }: { line: RiskLine; newest: Assessment }) {
  const t = useT('risk')
  const words = useBilingual()
  const [open, setOpen] = useState(false)
  const past = line.former.toReversed()
  const values = newestOfDay([...past, newest])
  if (!line.value || values.length < 2) return null
  const { decimals, unit = '' } = line.value
  const measured = newest.inputs.filter(({ from, value }) => from === 'observation' && typeof value === 'number')
  const drawn = measured.map((input) => ({
    input,
    points: newestOfDay([
      ...past.map(({ on, inputs }) => ({ on, value: inputs[input.input] ?? null, version: '' })),
      { on: newest.on, value: input.value as number, version: '' },
    ]),
  }))
  // What has never moved is no cause of a change.
  const causes = drawn.filter(({ points }) => new Set(points.map(({ value }) => value)).size > 1).slice(0, CAUSES)
  const name = words(line.value)
  const versions = [...Map.groupBy(values, ({ version }) => version)]
  const series = versions.map(([version, points]) => ({
    name: versions.length > 1 ? t('card.version', { version }) : name,
    points: rounded(points, decimals),
  }))
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t('curve.title')}</summary>
      {open && (
        <div style={BELOW_SUMMARY}>
          <TrendChart
            title={name}
            name={t('curve.name', { title: words(line.title), name })}
            unit={unit}
            series={series}
            heightPx={180}
          />
          <Columns minPx={240}>
            {causes.map(({ input, points }) => (
              <TrendChart
                key={input.input}
                title={words(input.label)}
                name={t('curve.name', { title: t('curve.causes'), name: words(input.label) })}
                unit={input.unit}
                series={[{ name: words(input.label), points: rounded(points, 2) }]}
                heightPx={140}
              />
            ))}
          </Columns>
        </div>
      )}
    </details>
  )
}

interface DatedResult {
  on: string
  value: number | null
  version: string
}

/** One point a day: the last result of it stands. @param results oldest first */
function newestOfDay(results: readonly DatedResult[]): { at: string; value: number; version: string }[] {
  const byDay = new Map(
    results.flatMap(({ on, value, version }) => (value === null ? [] : [[on, { at: on, value, version }] as const])),
  )
  return [...byDay.values()]
}

function rounded(points: readonly { at: string; value: number }[], decimals: number) {
  return points.map(({ at, value }) => ({ at, value: Number(value.toFixed(decimals)) }))
}
