/** Where one goes from a row: forwards or back, staying at the ends; from nowhere to the first or the last. */
export function neighbour(rows: readonly { id: string }[], from: string | undefined, by: 1 | -1): string | undefined {
  const at = rows.findIndex(({ id }) => id === from)
  if (at < 0) return rows.at(by === 1 ? 0 : -1)?.id
  return rows[Math.min(Math.max(at + by, 0), rows.length - 1)]?.id
}
