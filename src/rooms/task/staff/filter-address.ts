/** The list's address with a filter set, its parts in one order. */
export function addressOf(filter: Record<string, unknown>): string {
  const parts = Object.entries(filter).filter(([, value]) => value !== undefined).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const search = new URLSearchParams(parts.map(([key, value]) => [key, String(value)])).toString()
  return search ? `/tasks?${search}` : '/tasks'
}
