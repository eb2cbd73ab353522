import { sql } from 'kysely'
import {
  compileJoined,
  forAudiences,
  groundOf,
  mentalKinds,
  newJoins,
  sentencesOf,
  tellingKinds,
  type Condition,
} from '../../../platform/condition/index.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { AnswerOf, Bilingual } from '../../../platform/contract/index.ts'
import type { listBlockAudiences } from '../contract/block-mail.ts'
import { segmentsOf } from '../contract/block.ts'
import type { TemplateDefinition } from '../contract/template.ts'
import type { Channel } from '../contract/words.ts'
import { CHANNEL_ABILITIES } from './channel.ts'
import { namesForSegment } from './template-store.ts'
import type { BlockAudience, ShownBlocks } from './rules/block-audience.ts'

/** Segments stand above this room: they are asked for by the condition that everybody may ask (`platform/condition`). */
const inSegment = (segment: string): Condition => ({ segment: { segment } })

export interface KnownAudience extends BlockAudience {
  /** Whom it finds, in words. */
  sentence: Bilingual
}

/** What these segments are; one that is not in force is missing. */
export async function audiencesOf(ctx: ReadContext, segments: readonly string[]): Promise<Map<string, KnownAudience>> {
  if (segments.length === 0) return new Map()
  const known = [...((await ctx.facts.find('segment')?.learn?.(ctx, segments)) ?? [])]
  const sentences = await sentencesOf(
    ctx,
    known.map(([id, { restsOn }]) => restsOn ?? inSegment(id)),
  )
  const found = new Map<string, KnownAudience>()
  for (const [n, [id, { name }]] of known.entries())
    found.set(id, {
      name,
      sentence: sentences[n]!,
      isBarred: (await mentalKinds(ctx, inSegment(id))).size > 0,
      behindLogin: (await tellingKinds(ctx, inSegment(id))).size > 0,
    })
  return found
}

/** All that a block can be for. Segments say which these are, as they do to whoever builds a condition. */
export async function listAudiences(ctx: ReadContext): Promise<AnswerOf<typeof listBlockAudiences>> {
  const offered = (await ctx.facts.choices('segments')?.(ctx, [])) ?? []
  const audiences = await audiencesOf(
    ctx,
    offered.map(({ code }) => code),
  )
  return { audiences: [...audiences].map(([id, audience]) => ({ id, ...audience })) }
}

/** The names of templates that have a block for a segment: it cannot be put away while they do. */
export function templatesForSegment(ctx: ReadContext, segment: string): Promise<string[]> {
  return namesForSegment(ctx.db, ctx.organizationId, segment)
}

/** Which of these have a block that a mail only points to: it has to stand in the message centre as well. */
export async function templatesBehindLogin(
  ctx: ReadContext,
  templates: ReadonlyMap<string, { definition: TemplateDefinition }>,
): Promise<Set<string>> {
  const segments = [...templates.values()].flatMap(({ definition }) => segmentsOf(definition.blocks))
  const audiences = await audiencesOf(ctx, [...new Set(segments)])
  const tells = ({ definition }: { definition: TemplateDefinition }) =>
    segmentsOf(definition.blocks).some((segment) => audiences.get(segment)?.behindLogin)
  return new Set([...templates].flatMap(([code, template]) => (tells(template) ? [code] : [])))
}

/** Who sees which blocks of a template. */
export type BlocksSeen = (patientId: string) => ShownBlocks

const NOTHING: ShownBlocks = new Map()
const nobody: BlocksSeen = () => NOTHING

/**
 * Decides for a batch of people, in one statement, in which of the segments they are that blocks of these templates are for.
 * Where no template has such a block nothing is asked. What is not in force, or tells of mind and mood by now, holds nobody.
 */
export async function blocksSeen(
  ctx: ReadContext,
  definitions: Iterable<Pick<TemplateDefinition, 'blocks'>>,
  patientIds: readonly string[],
): Promise<BlocksSeen> {
  const segments = [...new Set([...definitions].flatMap(({ blocks }) => segmentsOf(blocks)))]
  if (segments.length === 0 || patientIds.length === 0) return nobody
  const admitted = await forAudiences(ctx, segments.map(inSegment))
  const [joins, ground] = [newJoins(), groundOf(ctx)]
  const columns = admitted.map((one, n) =>
    one ? sql`case when ${compileJoined(one, ground, joins).holds} then ${n}::int end` : sql`null::int`,
  )
  const { rows } = await sql<{ id: string; held: number[] }>`
    select p.id, array_remove(array[${sql.join(columns)}], null) held from patient p ${sql.join(joins.list, sql` `)}
    where p.organization_id = ${ctx.organizationId} and p.id = any(${[...new Set(patientIds)]}::uuid[]) and p.state = 'active'`.execute(
    ctx.db,
  )
  const used = new Set(rows.flatMap(({ held }) => held))
  const how = new Map<number, 'open' | 'login'>()
  for (const n of used) how.set(n, (await tellingKinds(ctx, inSegment(segments[n]!))).size > 0 ? 'login' : 'open')
  const seen = new Map(rows.map(({ id, held }) => [id, new Map(held.map((n) => [segments[n]!, how.get(n)!]))]))
  return (patientId) => seen.get(patientId) ?? NOTHING
}

/** The same for people who are being written to. */
export function blocksSeenBy(
  ctx: ReadContext,
  templates: ReadonlyMap<string, { definition: TemplateDefinition }>,
  people: ReadonlyMap<string, { id: string }>,
): Promise<BlocksSeen> {
  return blocksSeen(
    ctx,
    [...templates.values()].map(({ definition }) => definition),
    [...people.values()].map(({ id }) => id),
  )
}

/** The same where only what stays in the house is filled: the sender asks for what leaves it. */
export function blocksSeenInHouse(
  ctx: ReadContext,
  asked: readonly { channel: Channel; to: { id: string }; template: { definition: TemplateDefinition } }[],
): Promise<BlocksSeen> {
  const inHouse = asked.filter(({ channel }) => !CHANNEL_ABILITIES[channel].outward)
  return blocksSeen(
    ctx,
    inHouse.map(({ template }) => template.definition),
    inHouse.map(({ to }) => to.id),
  )
}
