import type { Endpoint } from '../../contract/endpoint.ts'

export interface CallInput {
  params?: unknown
  query?: unknown
  body?: unknown
}

/** Where an endpoint answers: parameters filled in and escaped, empty filters left out, lists joined by commas. */
export function addressOf(endpoint: Pick<Endpoint, 'path' | 'name'>, { params, query }: CallInput = {}): string {
  const values = (params ?? {}) as Record<string, unknown>
  const path = endpoint.path.replace(/:(\w+)/g, (_whole, key: string) => {
    const value = values[key]
    if (value === undefined || value === null || value === '') throw new Error(`${endpoint.name} lacks ${key}`)
    return encodeURIComponent(String(value as string | number))
  })
  const search = queryOf((query ?? {}) as Record<string, unknown>)
  return `/api${path}${search}`
}

export function queryOf(query: Record<string, unknown>): string {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    const text = Array.isArray(value) ? value.join(',') : value
    if (text !== undefined && text !== null && text !== '') search.set(key, String(text as string | number | boolean))
  }
  return search.size > 0 ? `?${String(search)}` : ''
}
