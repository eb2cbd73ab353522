import type { ReadContext } from '../../../platform/context/context.ts'
import type { PackDefinition, PackPart, PartKind } from '../contract/pack.ts'
import { PART_KINDS } from '../contract/pack.ts'
import type { PartView, Plan } from '../contract/specialty-pack.ts'
import { digestOf } from './digest.ts'
import { PART_DOORS, wordsOf, type FoundContent } from './part-doors.ts'
import { isChangedHere, planOf, type Brought, type Found, type Standing } from './rules.ts'
import type { Kept } from './store.ts'

/** A part of a pack as it stands here, with what installing would do. */
export interface LookedAt {
  part: PackPart
  /** Of the pack's own content; null for what it only names. */
  digest: string | null
  found: Found
  brought: Brought | undefined
  plan: Plan
  /** The version that is shown: in force, else the draft, else the one taken out. */
  content: FoundContent | undefined
}

/** All parts of these packs as they stand in their rooms: one question to each room. */
export async function lookAt(
  ctx: ReadContext,
  packs: readonly PackDefinition[],
  kept: Kept,
): Promise<Map<string, LookedAt[]>> {
  const contents = await findContents(ctx, packs)
  return new Map(
    packs.map((pack) => [
      pack.code,
      pack.parts.map((part) => lookAtPart(ctx, part, contents.get(part.kind)!, broughtOf(kept, pack.code, part))),
    ]),
  )
}

async function findContents(ctx: ReadContext, packs: readonly PackDefinition[]) {
  const contents = new Map<PartKind, FoundContent[]>()
  for (const kind of PART_KINDS) {
    const codes = packs.flatMap(({ parts }) => parts.flatMap((part) => (part.kind === kind ? [part.code] : [])))
    contents.set(kind, codes.length > 0 ? await PART_DOORS[kind].find(ctx, [...new Set(codes)]) : [])
  }
  return contents
}

function broughtOf(kept: Kept, packCode: string, part: PackPart): Brought | undefined {
  const row = kept.parts.find(
    ({ pack_code, kind, code }) => pack_code === packCode && kind === part.kind && code === part.code,
  )
  return row && { partVersion: row.part_version, digest: row.digest, takenOut: row.taken_out }
}

function lookAtPart(
  ctx: ReadContext,
  part: PackPart,
  contents: readonly FoundContent[],
  brought: Brought | undefined,
): LookedAt {
  const definition = 'definition' in part ? part.definition : undefined
  const digest = definition ? digestOf(definition) : null
  const { publishing } = PART_DOORS[part.kind]
  const of = (state: FoundContent['state']) => contents.find((one) => one.code === part.code && one.state === state)
  const standing = (content: FoundContent | undefined): Standing | undefined =>
    content && { version: content.version, digest: digestOf(content.definition) }
  const [inForce, draft, retired] = [of('in-force'), of('draft'), of('retired')]
  const found = { inForce: standing(inForce), draft: standing(draft), retired: standing(retired) }
  const publishes = publishing !== null && ctx.actor.permissions.has(publishing)
  return {
    part,
    digest,
    found,
    brought,
    plan: planOf(digest, found, brought, publishes),
    content: inForce ?? draft ?? retired,
  }
}

/** Whether a part the pack brought waits for its second person. */
export function isWaiting({ found, brought }: LookedAt): boolean {
  return brought !== undefined && found.draft !== undefined && found.draft.digest === brought.digest
}

export function partView({ part, digest, found, brought, plan, content }: LookedAt): PartView {
  const { name, source, reviewer } = wordsOf(part, content)
  const version = content?.version ?? null
  return {
    kind: part.kind,
    code: part.code,
    name: { zh: name.zh, en: name.en },
    own: digest !== null,
    standing: content?.state ?? 'absent',
    version,
    draft: found.inForce && found.draft ? found.draft.version : null,
    changedHere: isChangedHere(found, brought),
    plan,
    source,
    reviewer,
    link: PART_DOORS[part.kind].link(part.code, version),
  }
}
