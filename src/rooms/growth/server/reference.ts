import { growth, type ReferencePack } from '../../../clinical/index.ts'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { OutputOf } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import type { listReferences, ReferenceName, ReferenceView } from '../contract/growth.ts'
import { growthProblem } from '../contract/problems.ts'
import { readPackStream } from './read-pack.ts'
import {
  activateReference,
  countChildren,
  findActivePack,
  findActiveTitles,
  findReference,
  findReferences,
  insertReference,
  retireReferenceRow,
  type ReferenceRow,
} from './reference-store.ts'

/** The Chinese reference that is shipped, and by which a child is shown where nothing else was chosen. */
export const OWN_CODE = growth.zongLi2013.code

export const nameOfPack = ({ code, version, title, source, licence }: ReferencePack): ReferenceName => ({
  code,
  version,
  title,
  source,
  licence,
})

/** The pack of a code; the shipped one where it is not, or no longer, in force. */
export async function packOf(ctx: ReadContext, code: string | undefined): Promise<ReferencePack> {
  if (!code || code === OWN_CODE) return growth.zongLi2013
  return (await findActivePack(ctx.db, ctx.organizationId, code))?.pack ?? growth.zongLi2013
}

/** What a child may be shown by. */
export async function choices(ctx: ReadContext): Promise<ReferenceName[]> {
  const rows = await findActiveTitles(ctx.db, ctx.organizationId)
  return [
    nameOfPack(growth.zongLi2013),
    ...rows.map(({ code, version, title_zh, title_en, source, licence }) => ({
      code,
      version,
      title: { zh: title_zh, en: title_en },
      source,
      licence,
    })),
  ]
}

export async function listAll(ctx: ReadContext): Promise<OutputOf<typeof listReferences>> {
  const rows = await findReferences(ctx.db, ctx.organizationId)
  const children = await countChildren(ctx.db, ctx.organizationId)
  const shipped: ReferenceView = {
    ...nameOfPack(growth.zongLi2013),
    state: 'shipped',
    tables: tablesOf(growth.zongLi2013),
    importedBy: null,
    importedAt: null,
    confirmedBy: null,
    confirmedAt: null,
    children: children.get(OWN_CODE) ?? 0,
    can: { confirm: false, retire: false },
  }
  return {
    rows: [shipped, ...rows.map((row) => viewOf(ctx, row, children.get(row.code) ?? 0))],
    can: { import: ctx.actor.permissions.has('growth.write') },
  }
}

/** @throws Problem ReferenceUnreadable, ReferenceImplausible, ReferenceTooLarge, ReferenceKnown */
export async function importPack(ctx: WriteContext, stream: unknown): Promise<ReferenceView> {
  const pack = await readPackStream(stream)
  if (pack.code === OWN_CODE) throw growthProblem('ReferenceKnown', { code: pack.code, version: pack.version })
  const row = await insertReference(ctx.tx, ctx.organizationId, pack, ctx.actor, ctx.clock.now())
  if (!row) throw growthProblem('ReferenceKnown', { code: pack.code, version: pack.version })
  ctx.audit.detail = { code: pack.code, version: pack.version, tables: pack.tables.length }
  return viewOf(ctx, row, 0)
}

interface Which {
  code: string
  version: string
}

/** Whoever imported it does not confirm it: two people look at what children are measured by. */
export async function confirm(ctx: WriteContext, which: Which): Promise<ReferenceView> {
  const known = await findReference(ctx.db, ctx.organizationId, which.code, which.version)
  if (!known) throw growthProblem('ReferenceUnknown', { code: which.code })
  if (known.imported_by !== null && known.imported_by === ctx.actor.id) throw growthProblem('OwnReference')
  const row = await activateReference(ctx.tx, ctx.organizationId, which, ctx.actor, ctx.clock.now())
  if (!row) throw platformProblem('ChangedMeanwhile')
  ctx.audit.detail = { ...which }
  return viewOf(ctx, row, 0)
}

export async function retire(ctx: WriteContext, { code, version }: Which): Promise<ReferenceView> {
  if (!(await findReference(ctx.db, ctx.organizationId, code, version)))
    throw growthProblem('ReferenceUnknown', { code })
  const row = await retireReferenceRow(ctx.tx, ctx.organizationId, code, version)
  if (!row) throw platformProblem('ChangedMeanwhile')
  ctx.audit.detail = { code, version }
  return viewOf(ctx, row, 0)
}

function viewOf(ctx: ReadContext, row: ReferenceRow, children: number): ReferenceView {
  const maySign = ctx.actor.permissions.has('plan.sign')
  return {
    code: row.code,
    version: row.version,
    state: row.state,
    title: { zh: row.title_zh, en: row.title_en },
    source: row.source,
    licence: row.licence,
    tables: tablesOf(row.pack),
    importedBy: row.imported_by_name,
    importedAt: row.imported_at.toISOString(),
    confirmedBy: row.confirmed_by_name,
    confirmedAt: row.confirmed_at?.toISOString() ?? null,
    children: row.state === 'active' ? children : 0,
    can: {
      confirm: maySign && row.state === 'waiting' && row.imported_by !== ctx.actor.id,
      retire: maySign && row.state !== 'retired',
    },
  }
}

function tablesOf({ tables }: ReferencePack): ReferenceView['tables'] {
  return tables.map(({ measure, sex, by, columns, rows }) => ({
    measure,
    sex,
    by,
    from: rows[0]![0]!,
    to: rows.at(-1)![0]!,
    rows: rows.length,
    kind: columns.join() === 'L,M,S' ? ('lms' as const) : ('percentiles' as const),
  }))
}
