import { z } from 'zod'

export type RawSearch = Record<string, string>

/** `?state=due,open&q=王` → `{ state: 'due,open', q: '王' }`: text stays text, so that a phone number keeps its shape. */
export function parseSearch(search: string): RawSearch {
  return Object.fromEntries(new URLSearchParams(search))
}

/** The other way; lists by comma, nothing for what is empty or false. */
export function writeSearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams()
  for (const [key, value] of Object.entries(search)) {
    const text = Array.isArray(value) ? value.join(',') : value
    if (text === undefined || text === null || text === '' || text === false) continue
    params.set(key, text instanceof Date ? text.toISOString() : String(text as string | number | boolean))
  }
  const text = params.toString().replaceAll('%2C', ',')
  return text ? `?${text}` : ''
}

/** Reads what the address says; a value that does not fit is dropped, since an old link must not break a page. */
export function readSearch<S extends z.ZodType>(schema: S, raw: Record<string, unknown>): z.output<S> {
  const first = schema.safeParse(raw)
  if (first.success) return first.data
  const wrong = new Set(first.error.issues.map(({ path }) => String(path[0])))
  const rest = Object.fromEntries(Object.entries(raw).filter(([key]) => !wrong.has(key)))
  const second = schema.safeParse(rest)
  return second.success ? second.data : schema.parse({})
}

/** A list in the address: `state: listOf(z.enum(['due', 'open']))`. */
export function listOf<T extends z.ZodType>(item: T): z.ZodType<z.output<T>[] | undefined> {
  return z.preprocess(
    (value) => (typeof value === 'string' ? value.split(',').filter(Boolean) : value),
    z.array(item).optional(),
  ) as unknown as z.ZodType<z.output<T>[] | undefined>
}

/** A switch in the address: `mine: flag()`; absent is false. */
export function flag(): z.ZodType<boolean> {
  return z.preprocess((value) => value === true || value === 'true' || value === '1', z.boolean()) as unknown as z.ZodType<boolean>
}
