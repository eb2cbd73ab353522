import { createHash } from 'node:crypto'
import type { Mark } from '../../../../platform/sent/tail.ts'

interface Told {
  patientId: string
  touch: string
  channel: string
  template: string
  /** It goes by the first open of several ways: in another life it may have been another one. */
  ladder: boolean
}

/** Names a message in the data folder, the same in every life of the database; `gap-store.ts` reckons it in SQL. */
export function markOf(organizationId: string, { patientId, touch, channel, template, ladder }: Told): Mark {
  return {
    exact: hashed(`${organizationId}|touch|${patientId}|${touch}|${ladder ? 'ladder' : channel}`),
    kind: hashed(`${organizationId}|kind|${patientId}|${template}|${ladder ? 'ladder' : channel}`),
  }
}

function hashed(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 24)
}
