import type { InputSpecs } from '../../../clinical/instrument/core/input.ts'
import type { Bilingual } from '../../../platform/contract/index.ts'
import type { UsedInput } from '../contract/risk.ts'

/** An input that a slider or switch may move, with the span of the slider. */
export interface Mover {
  input: string
  label: Bilingual
  unit: string
  value: number | boolean
  min: number
  max: number
  step: number
}

/** What of the values used may be moved: what the instrument marks as movable, and nothing else. */
export function moversOf(specs: InputSpecs, used: readonly UsedInput[]): Mover[] {
  return used.flatMap((one): Mover[] => {
    const spec = specs[one.input]
    if (!spec || !('movable' in spec) || !spec.movable) return []
    const base = { input: one.input, label: one.label, unit: one.unit }
    if (typeof one.value === 'boolean') return [{ ...base, value: one.value, min: 0, max: 1, step: 1 }]
    if (typeof one.value !== 'number' || spec.kind !== 'number') return []
    const step = spec.integer || one.value >= 20 ? 1 : 0.1
    return [{ ...base, value: one.value, step, ...spanOf(one.value, step, spec) }]
  })
}

/** As far as somebody may come: 40 per cent to either side, within what the model takes. */
function spanOf(value: number, step: number, { min = -Infinity, max = Infinity }: { min?: number; max?: number }) {
  const whole = (limit: number) => Number((Math.round(limit / step) * step).toFixed(1))
  return { min: Math.max(min, whole(value * 0.6)), max: Math.min(max, whole(value * 1.4)) }
}
