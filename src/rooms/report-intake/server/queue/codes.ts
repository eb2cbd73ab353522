import { indicatorByCode, indicators, isConvertible, normaliseUnit, panels } from '../../../../clinical/index.ts'
import type { ReadContext, WriteContext } from '../../../../platform/context/context.ts'
import type { AnswerOf, InputOf } from '../../../../platform/contract/index.ts'
import { platformProblem } from '../../../../platform/http/problems.ts'
import {
  rewriteCode,
  type ignoreCode,
  type LaboratoryCode,
  type listCodes,
  type listIndicators,
  type mapCode,
} from '../../contract/codes.ts'
import { intakeProblem } from '../../contract/problems.ts'
import {
  decide,
  findCode,
  findCodes,
  findSameElsewhere,
  lockCode,
  type CodeRow,
  type Decision,
} from './code-queue-store.ts'

export async function codePage(
  ctx: ReadContext,
  { query }: InputOf<typeof listCodes>,
): Promise<AnswerOf<typeof listCodes>> {
  const { state, cursor, limit } = query
  const rows = await findCodes(ctx.db, ctx.organizationId, {
    state,
    before: cursor && /^[0-9a-f-]{36}$/.test(cursor) ? cursor : undefined,
    limit: limit + 1,
  })
  const shown = rows.slice(0, limit)
  return {
    rows: shown.map((row) => viewOf(ctx, row)),
    next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
    total: null,
  }
}

export async function codeDetail(ctx: ReadContext, codeId: string): Promise<AnswerOf<typeof mapCode>> {
  const row = await findCode(ctx.db, ctx.organizationId, codeId)
  if (!row) throw platformProblem('NotFound')
  return viewOf(ctx, row)
}

function viewOf(ctx: ReadContext, row: CodeRow): Omit<LaboratoryCode, 'id'> & { id: string } {
  return {
    id: row.id,
    system: row.system,
    code: row.code,
    name: row.name,
    unit: row.unit,
    problem: row.problem,
    proposed: named(ctx, row.proposed),
    examples: row.examples,
    state: row.state,
    target: named(ctx, row.target),
    asUnit: row.as_unit,
    everywhere: row.everywhere,
    settledBy: row.settled_by_name,
    settledAt: row.settled_at?.toISOString() ?? null,
    reach: row.reach,
    rewrite: { state: row.rewrite_state, total: row.rewrite_total, done: row.rewrite_done },
    version: row.version,
  }
}

function named({ locale }: ReadContext, code: string | null): { code: string; name: string } | null {
  const indicator = code ? indicatorByCode(code) : undefined
  return indicator ? { code: indicator.code, name: locale === 'en' ? indicator.nameEn : indicator.nameZh } : null
}

export function indicatorList({ locale }: ReadContext): AnswerOf<typeof listIndicators> {
  const isEnglish = locale === 'en'
  const panelNames = new Map(panels().map((panel) => [panel.code, isEnglish ? panel.nameEn : panel.nameZh]))
  return {
    rows: indicators().map((one) => ({
      code: one.code,
      name: isEnglish ? one.nameEn : one.nameZh,
      abbr: one.abbr ?? '',
      panel: panelNames.get(one.panel) ?? '',
      kind: one.kind,
      unit: one.kind === 'number' ? one.unit : '',
      units: one.kind === 'number' ? one.printedUnits : [],
      words: [one.nameZh, one.nameEn, ...one.names],
    })),
  }
}

/** @throws Problem NotFound, CodeSettledAlready, ChangedMeanwhile, IndicatorUnfit, UnitUnfit */
export async function map(
  ctx: WriteContext,
  codeId: string,
  body: InputOf<typeof mapCode>['body'],
): Promise<AnswerOf<typeof mapCode>> {
  const indicator = indicatorByCode(body.target)
  if (!indicator) throw intakeProblem('IndicatorUnfit', {}, 'body.target')
  const row = await lockOpen(ctx, codeId, body.version)
  const unit = body.asUnit || row.unit
  // Without any unit the indicator's own is meant, where the value can be real in it.
  if (indicator.kind === 'number' && unit !== '' && !isConvertible(indicator.code, unit))
    throw intakeProblem(
      'UnitUnfit',
      { unit, expected: indicator.unit, known: normaliseUnit(unit) ? 1 : 0 },
      'body.asUnit',
    )
  return settle(ctx, codeId, {
    state: 'mapped',
    target: indicator.code,
    asUnit: body.asUnit || null,
    everywhere: body.everywhere,
  })
}

/** @throws Problem NotFound, CodeSettledAlready, ChangedMeanwhile */
export async function ignore(
  ctx: WriteContext,
  codeId: string,
  body: InputOf<typeof ignoreCode>['body'],
): Promise<AnswerOf<typeof mapCode>> {
  await lockOpen(ctx, codeId, body.version)
  return settle(ctx, codeId, { state: 'ignored', target: null, asUnit: null, everywhere: body.everywhere })
}

/** @throws Problem NotFound, CodeNotSettled, CodeRewriting, ChangedMeanwhile */
export async function reopen(ctx: WriteContext, codeId: string, version: number): Promise<AnswerOf<typeof mapCode>> {
  const row = await lockCode(ctx.tx, ctx.organizationId, codeId)
  if (!row) throw platformProblem('NotFound')
  if (row.state === 'open') throw intakeProblem('CodeNotSettled')
  if (row.version !== version) throw platformProblem('ChangedMeanwhile')
  if (row.rewrite_state === 'running')
    throw intakeProblem('CodeRewriting', { done: row.rewrite_done, total: row.rewrite_total })
  return settle(ctx, codeId, { state: 'open', target: null, asUnit: null, everywhere: false })
}

async function lockOpen(ctx: WriteContext, codeId: string, version: number) {
  const row = await lockCode(ctx.tx, ctx.organizationId, codeId)
  if (!row) throw platformProblem('NotFound')
  if (row.state !== 'open') throw intakeProblem('CodeSettledAlready', { by: row.settled_by_name ?? '' })
  if (row.version !== version) throw platformProblem('ChangedMeanwhile')
  return row
}

async function settle(
  ctx: WriteContext,
  codeId: string,
  to: Pick<Decision, 'state' | 'target' | 'asUnit' | 'everywhere'>,
): Promise<AnswerOf<typeof mapCode>> {
  const decision: Decision = { ...to, by: ctx.actor.id, byName: ctx.actor.name, at: ctx.clock.now() }
  const ids = [codeId]
  if (to.everywhere)
    ids.push(
      ...(await findSameElsewhere(ctx.tx, ctx.organizationId, (await lockCode(ctx.tx, ctx.organizationId, codeId))!)),
    )
  for (const id of ids) {
    await decide(ctx.tx, ctx.organizationId, id, decision)
    await ctx.enqueue(rewriteCode, { codeId: id as never })
  }
  ctx.audit.detail = { target: to.target, state: to.state, settled: ids.length }
  return codeDetail(ctx, codeId)
}
