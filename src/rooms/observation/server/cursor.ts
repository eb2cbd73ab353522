import { platformProblem } from '../../../platform/http/problems.ts'

/** The place of a row in a list that goes by time and id, newest first. */
export interface Place {
  at: string
  id: string
}

export const cursorOf = (at: Date | string, id: string): string =>
  `${(at instanceof Date ? at : new Date(at)).toISOString()}_${id}`

/** @throws Problem InvalidInput: beginning anew instead would page for ever */
export function readCursor(cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined
  const [, at, id] = /^(\d{4}-[\dT:.-]+Z)_([\da-f-]{36})$/.exec(cursor) ?? []
  if (!at || !id) throw platformProblem('InvalidInput', {}, 'query.cursor')
  return { at, id }
}
