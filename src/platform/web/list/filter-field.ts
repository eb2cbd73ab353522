/** One filter of a list; `key` is its name in the address. */
export type FilterField =
  | { kind: 'text'; key: string; label: string; placeholder?: string }
  | { kind: 'choice'; key: string; label: string; options: readonly { value: string; label: string }[]; multiple?: boolean }
  | { kind: 'dates'; from: string; to: string; label: string }
  | { kind: 'flag'; key: string; label: string }

export type FilterState = Record<string, unknown>

function keysOf(field: FilterField): string[] {
  return field.kind === 'dates' ? [field.from, field.to] : [field.key]
}

function isSet(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null && value !== '' && value !== false
}

export function isFiltered(fields: readonly FilterField[], state: FilterState): boolean {
  return fields.some((field) => keysOf(field).some((key) => isSet(state[key])))
}

/** How many filters are set, the text aside: the figure on the button of a phone. */
export function countSet(fields: readonly FilterField[], state: FilterState): number {
  return fields.filter((field) => field.kind !== 'text' && keysOf(field).some((key) => isSet(state[key]))).length
}

/** What takes all of them away. */
export function cleared(fields: readonly FilterField[]): FilterState {
  return Object.fromEntries(fields.flatMap(keysOf).map((key) => [key, undefined]))
}
