import { platformProblem } from '../../../platform/http/problems.ts'

/** Where a page of a list ended: what it is sorted by, and the person. */
export interface Place {
  sort: string
  id: string
}

export function placeOf(sort: string, id: string): string {
  return Buffer.from(JSON.stringify([sort, id])).toString('base64url')
}

/** @throws Problem NotFound for a cursor that nobody gave out */
export function readPlace(cursor: string | undefined): Place | undefined {
  if (!cursor) return undefined
  try {
    const [sort, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [unknown, unknown]
    if (typeof sort === 'string' && /^[\d :.+-]+$/.test(sort) && typeof id === 'string' && /^[0-9a-f-]{36}$/.test(id))
      return { sort, id }
  } catch {
    // Falls through.
  }
  throw platformProblem('NotFound')
}
