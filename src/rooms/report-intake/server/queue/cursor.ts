/** A place in a list ordered by an instant and an id, both falling. */
export interface Cursor {
  at: Date
  id: string
}

export function readCursor(text: string | undefined): Cursor | undefined {
  const [at = '', id = ''] = (text ?? '').split('_')
  const instant = new Date(at)
  return Number.isNaN(instant.getTime()) || !/^[0-9a-f-]{36}$/.test(id) ? undefined : { at: instant, id }
}

export function writeCursor(at: Date, id: string): string {
  return `${at.toISOString()}_${id}`
}
