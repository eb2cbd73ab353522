import { sentencesOf, type Condition } from '../../../platform/condition/index.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { AnswerOf, Bilingual } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import type { listSegments, openSegment, SegmentVersionView } from '../contract/segment.ts'
import { findRoll } from './in-force.ts'
import { shippedBy } from './shipped-by.ts'
import {
  countNow,
  findFills,
  findLastSizes,
  findSegments,
  findSizes,
  findVersions,
  sweptShare,
  type FillLine,
  type SegmentRow,
  type VersionRow,
} from './segment-store.ts'
import { sizeFor } from './size.ts'

/** Days of the history of a size. */
const DAYS_SHOWN = 180

export async function showSegments(
  ctx: ReadContext,
  { retired }: { retired: boolean },
): Promise<AnswerOf<typeof listSegments>> {
  const segments = (await findSegments(ctx)).filter(({ state }) => (state === 'retired') === retired)
  const versions = Map.groupBy(await findVersions(ctx), ({ segment_id }) => segment_id)
  const sizes = await findLastSizes(ctx)
  const shown = segments.flatMap((segment) => {
    const own = versions.get(segment.id) ?? []
    const current = currentOf(segment, own)
    return current ? [{ segment, own, current }] : []
  })
  const sentences = await sentencesOf(
    ctx,
    shown.map(({ current }) => current.definition.condition),
  )
  return {
    segments: shown.map(({ segment, own, current }, n) => {
      const last = segment.state === 'active' ? sizes.get(segment.id) : undefined
      return {
        ...lineOf(segment, own, current, sentences[n]!),
        size: sizeFor(ctx, last?.members ?? null),
        countedAt: last?.counted_at.toISOString() ?? null,
      }
    }),
    can: { write: ctx.actor.permissions.has('segment.write') },
  }
}

/** @throws Problem NotFound */
export async function showSegment(ctx: ReadContext, id: string): Promise<AnswerOf<typeof openSegment>> {
  const [segment] = await findSegments(ctx, id)
  const versions = await findVersions(ctx, id)
  const current = segment && currentOf(segment, versions)
  if (!segment || !current) throw platformProblem('NotFound')
  const said = await sayAll(ctx, versions)
  const isActive = segment.state === 'active'
  const fills = await findFills(ctx, id)
  const sizes = await findSizes(ctx, id, DAYS_SHOWN)
  const roll = isActive ? await findRoll(ctx, 'segment', id) : undefined
  const views = versions.map((version, n) => versionView(version, said[n]!))
  const may = (permission: 'segment.write' | 'segment.members' | 'follow-up.enrol') =>
    ctx.actor.permissions.has(permission)
  return {
    ...lineOf(segment, versions, current, said[versions.indexOf(current)]!),
    size: sizeFor(ctx, isActive && fills.some((fill) => fill.filled_at) ? await countNow(ctx, id) : null),
    countedAt: isActive ? ctx.clock.now().toISOString() : null,
    condition: current.definition.condition,
    draft: views.find(({ state }) => state === 'draft') ?? null,
    versions: views,
    fills: fills.map((fill) => ({
      id: fill.id,
      version: fill.version,
      because: fill.because,
      by: fill.by_name,
      askedAt: fill.asked_at.toISOString(),
      filledAt: fill.filled_at?.toISOString() ?? null,
      entered: sizeFor(ctx, fill.entered),
      left: sizeFor(ctx, fill.left_count),
    })),
    sizes: sizes.map(({ day, members }) => ({ day, size: sizeFor(ctx, members) })).toReversed(),
    filling: await fillingOf(ctx, fills[0]),
    stopped: isActive && roll?.admitted === undefined,
    can: {
      write: may('segment.write'),
      members: may('segment.members') && isActive,
      enrol: may('follow-up.enrol') && isActive,
    },
  }
}

/** The version in force; of one that was never saved, its draft. */
function currentOf(segment: SegmentRow, versions: readonly VersionRow[]): VersionRow | undefined {
  return versions.find(({ version }) => version === segment.version) ?? versions[0]
}

function lineOf(segment: SegmentRow, own: readonly VersionRow[], current: VersionRow, sentence: Bilingual) {
  const { name, purpose, mode } = current.definition
  return {
    id: segment.id,
    state: segment.state,
    name,
    purpose,
    mode,
    owner: segment.owner_id && segment.owner_name ? { id: segment.owner_id, name: segment.owner_name } : null,
    shipped: shippedBy(segment.shipped_code),
    version: segment.version,
    hasDraft: own.some(({ state }) => state === 'draft'),
    sentence,
  }
}

function versionView(row: VersionRow, sentence: Bilingual): SegmentVersionView {
  return {
    version: row.version,
    state: row.state,
    definition: row.definition,
    sentence,
    author: row.author,
    createdAt: row.created_at.toISOString(),
    savedBy: row.saved_by,
    savedAt: row.saved_at?.toISOString() ?? null,
  }
}

function sayAll(ctx: ReadContext, versions: readonly VersionRow[]): Promise<Bilingual[]> {
  return sentencesOf(
    ctx,
    versions.map(({ definition }): Condition => definition.condition),
  )
}

/** The first pass is quick; what lasts is going through everybody after it. */
export async function fillingOf(ctx: ReadContext, fill: FillLine | undefined) {
  if (!fill || fill.finished_at !== null) return null
  const share = fill.swept_to ? await sweptShare(ctx, fill.swept_to) : 0
  return { share: Math.min(1, share), startedAt: fill.asked_at.toISOString() }
}
