import type { ReadContext } from '../../../platform/context/context.ts'
import type { AnswerOf, InputOf } from '../../../platform/contract/index.ts'
import { shareOf } from '../../../platform/figures/share.ts'
import { plansMeasured } from '../../care-plan/server/index.ts'
import { careCounts, pathwayNames, type CareCounts } from '../../follow-up/server/index.ts'
import { satisfactionBetween } from '../../satisfaction/server/index.ts'
import type { BoardFigure, careReports, getCareFigures, SCOPES } from '../contract/care-figures.ts'
import { fractionsOf, sharesOf, standingOf, totalOf, type Fraction } from './rules/lines.ts'
import { askedSpan, type Span } from './span.ts'
import { countReferred, findReports } from './store.ts'

type Scope = (typeof SCOPES)[number]

/** Of one's own customers; of the whole house for whoever answers for it. */
export function scopesOf({ actor }: Pick<ReadContext, 'actor'>): Scope[] {
  return [
    ...(actor.permissions.has('metrics.department') ? (['house'] as const) : []),
    ...(actor.permissions.has('follow-up.read') ? (['own'] as const) : []),
  ]
}

/** What was asked for where one may, otherwise what one may. */
export function scopeOf(ctx: Pick<ReadContext, 'actor'>, asked: Scope | undefined): Scope {
  const scopes = scopesOf(ctx)
  return asked && scopes.includes(asked) ? asked : (scopes[0] ?? 'own')
}

/** @throws Problem CareSpanTooLong */
export async function showFigures(
  ctx: ReadContext,
  asked: InputOf<typeof getCareFigures>['query'],
): Promise<AnswerOf<typeof getCareFigures>> {
  const span = askedSpan(ctx, asked)
  const scope = scopeOf(ctx, asked.scope)
  const counted = await countAll(ctx, span, scope === 'own')
  const language = ctx.locale === 'en' ? 'en' : 'zh'
  const pathways = counted.pathways.map(({ protocol, name, mental, figures, standing }) => ({
    code: protocol,
    name: name[language],
    mental,
    figures: sharesOf(figures),
    standing: standing as Record<string, number>,
  }))
  const { total, board } = counted
  const asShare = (figure: BoardFigure) => shareOf(board[figure].count, board[figure].n)
  return {
    from: span.from,
    until: span.until,
    scope,
    scopes: scopesOf(ctx),
    pathways: pathways.toSorted((a, b) => a.name.localeCompare(b.name, language)),
    total: { figures: sharesOf(total), standing: standingOf(counted.pathways.map(({ standing }) => standing)) },
    board: {
      retention: asShare('retention'),
      recheck: asShare('recheck'),
      adherence: asShare('adherence'),
      referral: asShare('referral'),
    },
    satisfaction: await satisfactionOf(ctx, span),
  }
}

async function satisfactionOf(ctx: ReadContext, { at, to }: Span) {
  if (!ctx.actor.permissions.has('satisfaction.read')) return null
  const { good, response } = (await satisfactionBetween(ctx, { from: at, to })).all
  return { good, response }
}

export interface Counted {
  pathways: CareCounts[]
  total: ReturnType<typeof totalOf>
  board: Record<BoardFigure, Fraction>
}

const NONE: Fraction = { count: 0, n: 0 }

export async function countAll(ctx: ReadContext, span: Span, own: boolean): Promise<Counted> {
  const pathways = await careCounts(ctx, span, own)
  const total = totalOf(pathways.map(({ figures }) => figures))
  return {
    pathways,
    total,
    board: {
      retention: total.retention ?? NONE,
      recheck: total.recheck ?? NONE,
      adherence: await plansMeasured(ctx, own),
      referral: await countReferred(ctx, span, own),
    },
  }
}

const REPORTS_SHOWN = 12

export async function showReports(ctx: ReadContext): Promise<AnswerOf<typeof careReports>> {
  const found = await findReports(ctx.db, ctx.organizationId, REPORTS_SHOWN)
  const names = await pathwayNames(ctx)
  const language = ctx.locale === 'en' ? 'en' : 'zh'
  const codes = [...new Set(found.flatMap(({ lines }) => lines.map(({ pathway }) => pathway)))].filter(Boolean)
  return {
    pathways: codes
      .map((code) => ({ code, name: names.get(code)?.[language] ?? code }))
      .toSorted((a, b) => a.name.localeCompare(b.name, language)),
    reports: found.map(({ month, made_at, lines }) => ({
      month,
      madeAt: made_at.toISOString(),
      total: sharesOf(fractionsOf(lines, '')),
      pathways: codes.flatMap((code) => {
        const figures = sharesOf(fractionsOf(lines, code))
        return Object.keys(figures).length > 0 ? [{ code, figures }] : []
      }),
    })),
  }
}
