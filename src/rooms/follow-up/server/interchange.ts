import { ZodError } from 'zod'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { OutputOf } from '../../../platform/contract/index.ts'
import texts from '../content/import-faults.json' with { type: 'json' }
import type { exportPathway, importPathway } from '../contract/plan-definition.ts'
import { followUpProblem } from '../contract/problems.ts'
import { findProtocolRows, putDraft } from './protocol-store.ts'
import { fromPlanDefinition, type Imported } from './rules/plan-definition-import.ts'
import { toPlanDefinition, type Json } from './rules/plan-definition.ts'

/** A version as FHIR PlanDefinition. @throws Problem ProtocolUnknown */
export async function exportVersion(
  ctx: ReadContext,
  code: string,
  version?: number,
): Promise<OutputOf<typeof exportPathway>> {
  const rows = await findProtocolRows(ctx.db, ctx.organizationId, code)
  const row =
    version === undefined
      ? (rows.find(({ state }) => state === 'published') ?? rows[0])
      : rows.find((one) => one.version === version)
  if (!row) throw followUpProblem('ProtocolUnknown')
  return toPlanDefinition(row.definition, row.version) as OutputOf<typeof exportPathway>
}

/**
 * Lands a PlanDefinition as a draft, for somebody to look through: a draft that stands already is not written over.
 * @throws Problem NotAPlanDefinition, DraftStands
 */
export async function importResource(
  ctx: WriteContext,
  { resource, code }: { resource: Json; code?: string | undefined },
): Promise<OutputOf<typeof importPathway>> {
  const { definition: read, notUnderstood } = readOrRefuse(resource)
  const definition = code ? { ...read, code } : read
  const rows = await findProtocolRows(ctx.db, ctx.organizationId, definition.code)
  if (rows.some(({ state }) => state === 'draft')) throw followUpProblem('DraftStands', { code: definition.code })
  const put = await putDraft(ctx.tx, ctx.organizationId, definition, ctx.actor.id, ctx.clock.now(), 0)
  if (!put) throw followUpProblem('DraftStands', { code: definition.code })
  const { version } = put
  ctx.audit.detail = { ...ctx.audit.detail, code: definition.code, version, notUnderstood: notUnderstood.length }
  return {
    code: definition.code,
    version,
    definition,
    notUnderstood: notUnderstood.map((one) => ({ ...one, text: textOf(one) })),
  }
}

function readOrRefuse(resource: Json): Imported {
  try {
    return fromPlanDefinition(resource)
  } catch (error) {
    const why =
      error instanceof ZodError
        ? error.issues
            .map(({ path, message }) => `${path.join('.')} ${message}`)
            .slice(0, 3)
            .join('; ')
        : error instanceof TypeError || error instanceof SyntaxError
          ? error.message
          : undefined
    if (why === undefined) throw error
    throw followUpProblem('NotAPlanDefinition', { why }, 'body.resource')
  }
}

function textOf({ path, why }: Imported['notUnderstood'][number]) {
  const { zh, en } = texts[why]
  return { zh: zh.replace('{path}', () => path), en: en.replace('{path}', () => path) }
}
