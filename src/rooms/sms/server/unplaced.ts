import type { ReadContext } from '../../../platform/context/context.ts'
import { maskPhone, type AnswerOf } from '../../../platform/contract/index.ts'
import type { listUnplaced } from '../contract/account.ts'
import { findUnplaced } from './callback-store.ts'

const DAYS = 90
const ROWS = 100

/** What belongs to nothing, newest first; of its words only the masked number is shown. */
export async function showUnplaced(ctx: ReadContext): Promise<AnswerOf<typeof listUnplaced>> {
  const since = new Date(ctx.clock.now().getTime() - DAYS * 86_400_000)
  const rows = await findUnplaced(ctx.db, ctx.organizationId, { since, limit: ROWS, newestFirst: true })
  return {
    rows: rows.map((row) => ({
      id: row.id,
      kind: row.kind,
      why: row.why,
      phoneMasked: numberIn(ctx.sealer.open(ctx.organizationId, row.sealed)),
      at: row.received_at.toISOString(),
    })),
  }
}

function numberIn(json: string): string | null {
  const digits = /(?:\+?86)?(1[3-9]\d{9})(?!\d)/.exec(json)?.[1]
  return digits ? maskPhone(digits) : null
}
