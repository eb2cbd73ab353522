import { createHash } from 'node:crypto'
import type { WriteContext } from '../../../platform/context/context.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { followUpProblem } from '../contract/problems.ts'
import { protocolDefinition, type ProtocolDefinition } from '../contract/protocol.ts'
import { stable } from '../contract/stable.ts'
import { findProtocolRows, markTaken, putDraft, type DraftStand, type ProtocolRow } from './protocol-store.ts'
import { shippedProtocols } from './shipped.ts'

const printOf = (definition: ProtocolDefinition) => createHash('sha256').update(stable(definition)).digest('hex')

/** What every house has from the beginning; pathways of packs are renewed with their pack. */
const SHIPPED = new Map(
  shippedProtocols.map((definition) => [definition.code, { definition, print: printOf(definition) }]),
)

/**
 * The shipped version of a protocol where this house has another one and never had this: it was founded before, and what it
 * has stays as it is until a person takes the new one over.
 */
export function newerShipped(
  code: string,
  versions: readonly Pick<ProtocolRow, 'definition' | 'taken_print'>[],
): ProtocolDefinition | null {
  const shipped = SHIPPED.get(code)
  if (!shipped || versions.length === 0) return null
  const had = versions.some(({ definition, taken_print }) => {
    if (taken_print === shipped.print) return true
    // Read as of today, so that a field which came since with a default is no difference.
    const read = protocolDefinition.safeParse(definition)
    return read.success && printOf(read.data) === shipped.print
  })
  return had ? null : shipped.definition
}

/**
 * Takes the shipped version over as a draft, for somebody else to publish. Nothing that is written upon is lost: where a
 * draft stands it is refused. @throws Problem ProtocolUnknown, ChangedMeanwhile, DraftChanged
 */
export async function takeShipped(ctx: WriteContext, code: string): Promise<DraftStand> {
  const rows = await findProtocolRows(ctx.tx, ctx.organizationId, code)
  if (rows.length === 0) throw followUpProblem('ProtocolUnknown')
  const definition = newerShipped(code, rows)
  if (!definition) throw platformProblem('ChangedMeanwhile')
  const put = await putDraft(ctx.tx, ctx.organizationId, definition, ctx.actor.id, ctx.clock.now(), 0)
  if (!put) {
    const [newest] = await findProtocolRows(ctx.tx, ctx.organizationId, code)
    throw followUpProblem('DraftChanged', { name: newest?.author_name ?? newest?.publisher_name ?? '' })
  }
  await markTaken(ctx.tx, ctx.organizationId, code, put.version, printOf(definition))
  ctx.audit.detail = { code, version: put.version }
  return put
}
