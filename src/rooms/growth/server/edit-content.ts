import type { Selectable } from 'kysely'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import { mayPublish } from '../../../platform/versions/index.ts'
import {
  CONTENT_CODES,
  type ContentCode,
  type ContentDefinition,
  type ContentVersion,
  type ContentView,
  type ProgrammeDefinition,
} from '../contract/growth.ts'
import { growthProblem } from '../contract/problems.ts'
import { contents, SHIPPED } from './content.ts'
import { contentFaults } from './rules/content-faults.ts'
import type { GrowthContentTable } from './table.ts'

type Row = Selectable<GrowthContentTable>

/** What the room says, for those who write and review it. */
export async function listContent(ctx: ReadContext): Promise<{ rows: ContentView[] }> {
  const rows: ContentView[] = []
  for (const code of CONTENT_CODES) rows.push(await viewOf(ctx, code))
  return { rows }
}

/** @throws Problem ChangedMeanwhile, GrowthContentKind */
export async function keepContent(
  ctx: WriteContext,
  code: ContentCode,
  { definition, revision }: { definition: ContentDefinition; revision: number },
): Promise<ContentView> {
  if (definition.kind !== code) throw growthProblem('GrowthContentKind', {}, 'body.definition.kind')
  const whole = definition.kind === 'programme' ? await withConsentVersion(ctx, definition) : definition
  const row = await contents.keep(ctx, { code, definition: whole, columns: {} }, revision)
  ctx.audit.detail = { code, version: row.version, revision: row.revision }
  return viewOf(ctx, code)
}

/** @throws Problem ChangedMeanwhile, GrowthContentOwn, GrowthContentFaulty */
export async function publishContent(ctx: WriteContext, code: ContentCode, revision: number): Promise<ContentView> {
  const row = await contents.publish(ctx, code, revision, {
    own: () => growthProblem('GrowthContentOwn'),
    check: (draft) => {
      const [first, ...others] = contentFaults(draft.definition)
      if (first) throw growthProblem('GrowthContentFaulty', { first: first.text, count: others.length + 1 })
    },
  })
  ctx.audit.detail = { code, version: row.version }
  return viewOf(ctx, code)
}

export async function discardContent(ctx: WriteContext, code: ContentCode): Promise<ContentView> {
  ctx.audit.detail = { code, discarded: await contents.discard(ctx, code) }
  return viewOf(ctx, code)
}

/**
 * Other words are another version of the consent, whoever calls them what: the version of the house's own rows never comes
 * twice, and the shipped text keeps its own.
 */
async function withConsentVersion(ctx: WriteContext, definition: ProgrammeDefinition): Promise<ProgrammeDefinition> {
  const rows = await contents.history(ctx, 'programme')
  const known = [
    ...rows.filter(({ state }) => state !== 'draft').map((row) => programmeOf(row).consent),
    SHIPPED.programme.consent,
  ]
  const { version: _typed, ...text } = definition.consent
  const same = known.find(({ version: _known, ...other }) => JSON.stringify(other) === JSON.stringify(text))
  const draft = rows.find(({ state }) => state === 'draft')
  const next = draft?.version ?? (rows[0]?.version ?? 0) + 1
  return { ...definition, consent: { ...text, version: same?.version ?? `H${next}` } }
}

const programmeOf = (row: Row) => row.definition as ProgrammeDefinition

async function viewOf(ctx: ReadContext, code: ContentCode): Promise<ContentView> {
  const rows = await contents.history(ctx, code)
  const active = rows.find(({ state }) => state === 'active')
  const draft = rows.find(({ state }) => state === 'draft')
  return {
    code,
    inForce: active ? { ...versionOf(active), definition: active.definition } : shipped(code),
    draft: draft
      ? { ...versionOf(draft), definition: draft.definition, faults: contentFaults(draft.definition) }
      : null,
    history: [...rows.filter(({ state }) => state !== 'draft').map(versionOf), shippedVersion(active !== undefined)],
    can: {
      write: ctx.actor.permissions.has('advice.content.write'),
      publish: draft !== undefined && mayPublish(draft, ctx.actor, 'advice.content.publish'),
    },
  }
}

const shipped = (code: ContentCode) => ({ ...shippedVersion(false), definition: SHIPPED[code] })

function shippedVersion(isPast: boolean): ContentVersion {
  const nobody = { changedBy: 'Peiban', changedAt: null, publishedBy: null, publishedAt: null }
  return { version: 0, state: isPast ? 'retired' : 'shipped', revision: 0, ...nobody }
}

function versionOf(row: Row): ContentVersion {
  return {
    version: row.version,
    state: row.state,
    revision: row.revision,
    changedBy: row.changed_by_name,
    changedAt: row.changed_at.toISOString(),
    publishedBy: row.published_by_name,
    publishedAt: row.published_at?.toISOString() ?? null,
  }
}
