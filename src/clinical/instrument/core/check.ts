import type { InputSpec, InputSpecs } from './input.ts'

export type InputFault =
  | { reason: 'not-a-number' | 'not-an-integer' | 'not-yes-or-no' | 'not-a-list' | 'not-a-record' }
  | { reason: 'below' | 'above'; limit: number; unit?: string }
  | { reason: 'not-offered'; offered: readonly (string | number)[] }
  | { reason: 'wrong-count'; expected: number }

/** Why an instrument does not answer. Everything that is wrong is named at once. */
export interface Refusal {
  /** Asked for and not there, by path: `vigorous.days`, `items[8]`. */
  missing: string[]
  invalid: ({ input: string; value: unknown } & InputFault)[]
  /** Not an input of this instrument: a slip in an optional name must not pass for "left out". */
  unknown: string[]
  /** Each part is right, but the model does not hold for such a person: code of a sentence in the model's `sentences`. */
  notApplicable?: string
}

/** Holds what was given against what is asked for. `null` counts as not there. An empty refusal means that all is well. */
export function checkInput(specs: InputSpecs, given: Readonly<Record<string, unknown>>): Refusal {
  const refusal: Refusal = { missing: [], invalid: [], unknown: [] }
  checkParts(specs, given, '', refusal)
  return refusal
}

export function isRefused(refusal: Refusal): boolean {
  return (
    refusal.missing.length + refusal.invalid.length + refusal.unknown.length > 0 || refusal.notApplicable !== undefined
  )
}

function checkParts(specs: InputSpecs, given: Readonly<Record<string, unknown>>, path: string, refusal: Refusal): void {
  for (const name of Object.keys(given)) if (!Object.hasOwn(specs, name)) refusal.unknown.push(path + name)
  for (const [name, spec] of Object.entries(specs)) {
    const value = given[name]
    if (value !== undefined && value !== null) checkOne(spec, value, path + name, refusal)
    else if (!spec.optional) refusal.missing.push(path + name)
  }
}

function checkOne(spec: InputSpec, value: unknown, input: string, refusal: Refusal): void {
  if (spec.kind === 'record') {
    if (typeof value !== 'object' || Array.isArray(value))
      refusal.invalid.push({ input, value, reason: 'not-a-record' })
    else checkParts(spec.of, value as Record<string, unknown>, `${input}.`, refusal)
    return
  }
  if (spec.kind === 'items') {
    checkItems(spec, value, input, refusal)
    return
  }
  const fault = faultOf(spec, value)
  if (fault) refusal.invalid.push({ input, value, ...fault })
}

function checkItems(
  spec: Extract<InputSpec, { kind: 'items' }>,
  value: unknown,
  input: string,
  refusal: Refusal,
): void {
  if (!Array.isArray(value)) return void refusal.invalid.push({ input, value, reason: 'not-a-list' })
  if (value.length > spec.count)
    return void refusal.invalid.push({ input, value, reason: 'wrong-count', expected: spec.count })
  for (let n = 0; n < spec.count; n++) {
    const one: unknown = value[n]
    if (one === undefined || one === null) {
      refusal.missing.push(`${input}[${n}]`)
      continue
    }
    const fault =
      numberFault({ min: spec.min, max: spec.max, integer: true }, one) ?? notAllowed(spec.allowed?.[n], one as number)
    if (fault) refusal.invalid.push({ input: `${input}[${n}]`, value: one, ...fault })
  }
}

function notAllowed(allowed: readonly number[] | undefined, value: number): InputFault | undefined {
  return allowed && !allowed.includes(value) ? { reason: 'not-offered', offered: allowed } : undefined
}

function faultOf(spec: Exclude<InputSpec, { kind: 'record' | 'items' }>, value: unknown): InputFault | undefined {
  switch (spec.kind) {
    case 'number':
      return numberFault(spec, value)
    case 'yes-no':
      return typeof value === 'boolean' ? undefined : { reason: 'not-yes-or-no' }
    case 'choices':
      return choicesFault(spec.of, value)
    case 'choice':
      return spec.of.includes(value as string) ? undefined : { reason: 'not-offered', offered: spec.of }
  }
}

function choicesFault(offered: readonly string[], value: unknown): InputFault | undefined {
  if (!Array.isArray(value)) return { reason: 'not-a-list' }
  const fits = value.length > 0 && value.every((one) => offered.includes(one)) && new Set(value).size === value.length
  return fits ? undefined : { reason: 'not-offered', offered }
}

function numberFault(
  spec: { min?: number; max?: number; integer?: true; unit?: string },
  value: unknown,
): InputFault | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value)) return { reason: 'not-a-number' }
  if (spec.integer && !Number.isInteger(value)) return { reason: 'not-an-integer' }
  if (spec.min !== undefined && value < spec.min) return { reason: 'below', limit: spec.min, unit: spec.unit }
  if (spec.max !== undefined && value > spec.max) return { reason: 'above', limit: spec.max, unit: spec.unit }
  return undefined
}
