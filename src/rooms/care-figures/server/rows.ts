import { dateIn } from '../../../platform/clock.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import { maskName, type AnswerOf, type InputOf } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { measuredPlans } from '../../care-plan/server/index.ts'
import { careRows } from '../../follow-up/server/index.ts'
import type { CareFigureRow, careFigureRows } from '../contract/care-figures.ts'
import { scopeOf } from './figures.ts'
import { askedSpan, type Span } from './span.ts'
import { findRegistered } from './store.ts'

type Asked = InputOf<typeof careFigureRows>['query']
interface Sorted {
  row: CareFigureRow
  /** Where its page ends, when it is the last one. */
  place: Place
}
interface Place {
  sort: string
  id: string
}

/** What stands behind a figure, row by row; nobody else's customers to whoever only looks after their own. @throws Problem CareSpanTooLong */
export async function showRows(ctx: ReadContext, asked: Asked): Promise<AnswerOf<typeof careFigureRows>> {
  const span = askedSpan(ctx, asked)
  const own = scopeOf(ctx, asked.scope) === 'own'
  const found =
    asked.figure === 'referral'
      ? await referralRows(ctx, span, asked, own)
      : asked.figure === 'adherence'
        ? await adherenceRows(ctx, asked, own)
        : await followUpRows(ctx, span, asked, own)
  const shown = found.slice(0, asked.limit)
  const isMore = found.length > asked.limit
  const last = shown.at(-1)
  ctx.audit.detail = {
    figure: asked.figure,
    part: asked.part,
    pathway: asked.pathway ?? null,
    own,
    shown: shown.length,
  }
  return {
    rows: shown.map(({ row }) => row),
    next: isMore && last ? cursorOf(ctx, last.place) : null,
    total: asked.cursor || isMore ? null : shown.length,
  }
}

/** Sealed: a place names whom it ends at, also where the row does not. */
const cursorOf = ({ sealer, organizationId }: ReadContext, { sort, id }: Place) =>
  sealer.seal(organizationId, `${sort}_${id}`).toString('base64url')

/** @throws Problem NotFound for a cursor that is none of ours */
function afterOf({ sealer, organizationId }: ReadContext, { cursor }: Asked): Place | undefined {
  if (!cursor) return undefined
  try {
    const [sort, id] = sealer.open(organizationId, Buffer.from(cursor, 'base64url')).split('_')
    return { sort: sort!, id: id! }
  } catch {
    throw platformProblem('NotFound')
  }
}

const shownPatient = (id: string, name: string, visible: boolean): CareFigureRow['patient'] =>
  visible ? { id: id as never, name } : { id: null, name: maskName(name) }

async function followUpRows(ctx: ReadContext, span: Span, asked: Asked, own: boolean): Promise<Sorted[]> {
  const language = ctx.locale === 'en' ? 'en' : 'zh'
  const rows = await careRows(ctx, span, {
    figure: asked.figure as Exclude<typeof asked.figure, 'adherence' | 'referral'>,
    part: asked.part,
    protocol: asked.pathway,
    own,
    after: afterOf(ctx, asked),
    limit: asked.limit + 1,
  })
  return rows.map(({ id, patientId, patientName, visible, pathway, step, sort, at, how, counts }) => ({
    place: { sort, id },
    row: {
      id,
      on: at instanceof Date ? dateIn(at, ctx.tenant.timeZone) : at,
      patient: shownPatient(patientId, patientName, visible),
      pathway: pathway[language],
      step: step?.[language] ?? null,
      how,
      percent: null,
      counts,
    },
  }))
}

async function adherenceRows(ctx: ReadContext, asked: Asked, own: boolean): Promise<Sorted[]> {
  const after = afterOf(ctx, asked)
  const rows = await measuredPlans(ctx, {
    part: asked.part,
    own,
    after: after && { percent: Number(after.sort), id: after.id },
    limit: asked.limit + 1,
  })
  return rows.map(({ id, patientId, patientName, visible, percent, measuredOn, counts }) => ({
    place: { sort: String(percent), id },
    row: {
      id,
      on: measuredOn ?? ctx.today,
      patient: shownPatient(patientId, patientName, visible),
      pathway: null,
      step: null,
      how: 'measured',
      percent,
      counts,
    },
  }))
}

async function referralRows(ctx: ReadContext, span: Span, asked: Asked, own: boolean): Promise<Sorted[]> {
  const after = afterOf(ctx, asked)
  const rows = await findRegistered(ctx, span, {
    part: asked.part,
    own,
    after: after && { at: after.sort, id: after.id },
    limit: asked.limit + 1,
  })
  return rows.map(({ id, name, visible, source, created_at }) => ({
    place: { sort: created_at.toISOString(), id },
    row: {
      id: visible ? id : ctx.sealer.index(ctx.organizationId, 'care-figures', id).toString('hex'),
      on: dateIn(created_at, ctx.tenant.timeZone),
      patient: shownPatient(id, name, visible),
      pathway: null,
      step: null,
      how: source,
      percent: null,
      counts: source === 'referral',
    },
  }))
}
