import { sql } from 'kysely'
import { addDays, dateIn, daysBetween, instantAt } from '../../../platform/clock.ts'
import { exceedsVariation, indicatorByCode, instrumentByCode } from '../../../clinical/index.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { Locale } from '../../../platform/contract/index.ts'
import { plansWithin, type PlanStage } from '../../care-plan/server/index.ts'
import { nameOf, printUnit, seriesOf, type ObservationRow } from '../../observation/server/index.ts'
import type { Fact } from '../contract/words.ts'
import type { Stage } from './stage.ts'
import type { SummaryRow } from './store.ts'

/** What is looked at beside the goals: what most plans move. */
const USUAL_CODES = ['sbp', 'dbp', 'weight', 'waist', 'fpg', 'hba1c', 'ldl', 'tc', 'tg', 'ua', 'egfr']
const INDICATORS_SHOWN = 12
const SIGNS = { '<': '<', '<=': '≤', '>=': '≥', '>': '>' } as const

interface Span {
  from: string
  until: string
}

/** Everything a summary of these days may say, each with where it is from. */
export async function gather(
  ctx: ReadContext,
  patientId: string,
  span: Span,
  language: Locale,
  former: SummaryRow | undefined,
): Promise<Stage> {
  const plans = await plansWithin({ ...ctx, locale: language }, patientId, span.from, span.until)
  const indicators = await indicatorChanges(ctx, patientId, span, language, plans)
  const counts = await countEvents(ctx, patientId, span)
  const period: Fact = {
    id: 'period',
    kind: 'period',
    label: '',
    value: `${span.from} – ${span.until}`,
    on: span.until,
    refs: [],
  }
  const asFact = (kind: Fact['kind'], value: string, refs: readonly string[]): Fact => ({
    id: kind,
    kind,
    label: '',
    value,
    on: null,
    refs: [...refs],
  })
  return {
    ...span,
    days: daysBetween(span.from, span.until) + 1,
    period,
    former: comparedWith(former, plans),
    plans: plans.map(planOf),
    indicators,
    goals: plans.flatMap(goalsOf),
    risks: await riskChanges(ctx, patientId, span, language),
    followUps: { count: counts.visits.length, fact: asFact('follow-up', String(counts.visits.length), counts.visits) },
    encounters: {
      count: counts.encounters.length,
      fact: asFact('encounter', String(counts.encounters.length), counts.encounters),
    },
    alerts: {
      count: counts.alerts.length,
      closed: counts.closed.length,
      fact: asFact('alert', `${counts.closed.length}/${counts.alerts.length}`, counts.alerts),
    },
    words: plans.flatMap(({ words }) =>
      words.slice(0, 3).map(({ id, on, text }) => ({
        text,
        on,
        fact: { id: `words-${id}`, kind: 'words' as const, label: '', value: text, on, refs: [id] },
      })),
    ),
  }
}

const measured = ({ percent, expected, done, partly }: PlanStage['adherence']) =>
  `${percent ?? '–'}% (${done} + ½ × ${partly}) / ${expected}`

function planOf(plan: PlanStage): Stage['plans'][number] {
  const { planId, title, adherence, actions } = plan
  const ofPlan = { on: null, refs: [planId] }
  return {
    title,
    adherence,
    fact: { id: `plan-${planId}`, kind: 'plan', label: title, value: measured(adherence), ...ofPlan },
    actions: actions.map((one) => ({
      title: one.title,
      adherence: one.adherence,
      fact: {
        id: `action-${planId}-${one.key}`.slice(0, 60),
        kind: 'action',
        label: one.title,
        value: measured(one.adherence),
        ...ofPlan,
      },
    })),
  }
}

function goalsOf({ planId, goals }: PlanStage): Stage['goals'] {
  return goals.flatMap(({ key, name, comparator, value, unitPrinted, current, met }) => {
    if (met === null || comparator === null || current === null) return []
    const target = `${SIGNS[comparator]} ${value} ${unitPrinted}`.trim()
    const fact: Fact = {
      id: `goal-${key}-${planId}`.slice(0, 60),
      kind: 'goal',
      label: `${name} ${target}`,
      value: String(current.value),
      on: current.on,
      refs: [planId, current.id],
    }
    return [{ name, target, met, fact }]
  })
}

/** How often a plan was kept, against the summary before. */
function comparedWith(former: SummaryRow | undefined, plans: readonly PlanStage[]): Stage['former'] {
  const was = former?.facts.find(({ kind }) => kind === 'plan')
  const before = was ? Number(/^(\d+)%/.exec(was.value)?.[1]) : Number.NaN
  const after = plans.find(({ planId }) => was?.refs.includes(planId))?.adherence.percent ?? null
  if (!former || !was || Number.isNaN(before) || after === null) return null
  return {
    before,
    after,
    fact: {
      id: 'former',
      kind: 'former',
      label: was.label,
      value: was.value,
      on: former.until_on,
      refs: [former.id, ...was.refs],
    },
  }
}

/** Of each indicator the last value before the stage and the last one within it, with what its own variation allows to say. */
async function indicatorChanges(
  ctx: ReadContext,
  patientId: string,
  { from, until }: Span,
  language: Locale,
  plans: readonly PlanStage[],
): Promise<Stage['indicators']> {
  const codes = [...new Set([...plans.flatMap(({ goals }) => goals.flatMap(({ code }) => code ?? [])), ...USUAL_CODES])]
  const series = await seriesOf(ctx, patientId, codes, { limit: 60 })
  return codes
    .flatMap((code) => {
      const rows = (series.get(code) ?? []).filter((row) => row.value !== null && row.comparator === null)
      const dayOf = (row: ObservationRow) => dateIn(row.effective_at, ctx.tenant.timeZone)
      const last = rows.findLast((row) => dayOf(row) >= from && dayOf(row) <= until)
      if (!last) return []
      const first =
        rows.findLast((row) => dayOf(row) < from) ??
        rows.find((row) => dayOf(row) >= from && row.id !== last.id && row.effective_at < last.effective_at)
      return [changeOf(code, first, last, dayOf(last), language)]
    })
    .slice(0, INDICATORS_SHOWN)
}

function changeOf(
  code: string,
  first: ObservationRow | undefined,
  last: ObservationRow,
  on: string,
  language: Locale,
): Stage['indicators'][number] {
  const indicator = indicatorByCode(code)
  const decimals = indicator?.kind === 'number' ? indicator.decimals : 1
  const unit = indicator?.kind === 'number' ? printUnit(indicator.unit, language) : ''
  const name = nameOf(code, language)
  const after = last.value!.toFixed(decimals)
  // Another method is another scale: such values are shown, and nothing is said of a change.
  const comparable = first !== undefined && (first.method ?? '') === (last.method ?? '')
  const before = first?.value ?? null
  return {
    name,
    unit,
    before: before === null ? null : before.toFixed(decimals),
    after,
    direction: before === null ? null : before === last.value ? 'same' : before < last.value! ? 'up' : 'down',
    beyondVariation: before === null || !comparable ? null : (exceedsVariation(code, before, last.value!) ?? null),
    fact: {
      id: `indicator-${code}`.slice(0, 60),
      kind: 'indicator',
      label: name,
      value: `${before === null ? '' : `${before.toFixed(decimals)} → `}${after} ${unit}`.trim(),
      on,
      refs: [...(first ? [first.id] : []), last.id],
    },
  }
}

interface RiskRow {
  instrument: string
  id: string
  band: string
  on: string
}

/** Of each instrument the band before the stage and the one now, as far as the person may see it. */
async function riskChanges(
  ctx: ReadContext,
  patientId: string,
  { from, until }: Span,
  language: Locale,
): Promise<Stage['risks']> {
  const zone = ctx.tenant.timeZone
  const { rows } = await sql<RiskRow>`
    select a.instrument, a.id, a.band, a.computed_at at time zone ${zone} "on" from risk_assessment a
    left join lateral (select decision from risk_decision d where d.organization_id = a.organization_id and d.patient_id = a.patient_id
      and d.assessment_id = a.id order by number desc limit 1) d on true
    where a.organization_id = ${ctx.organizationId} and a.patient_id = ${patientId} and a.band is not null
      and a.computed_at < ${instantAt(addDays(until, 1), 0, zone)} and (a.release = 'automatic' or d.decision = 'released')
      and d.decision is distinct from 'withheld' order by a.instrument, a.id`.execute(ctx.db)
  return [...Map.groupBy(rows, (row) => row.instrument)].flatMap(([code, all]) => {
    const card = instrumentByCode(code)?.card
    const dayOf = (row: RiskRow) => new Date(row.on).toISOString().slice(0, 10)
    const now = all.at(-1)
    if (!card || !now) return []
    const before = all.findLast((row) => dayOf(row) < from)
    const said = (row: RiskRow | undefined) => {
      const band = card.bands.find((one) => one.code === row?.band)
      return band ? (language === 'en' ? band.title.en : band.title.zh) : null
    }
    const after = said(now)
    if (after === null) return []
    const title = language === 'en' ? card.title.en : card.title.zh
    const was = before && before.id !== now.id ? said(before) : null
    const fact: Fact = {
      id: `risk-${code}`.slice(0, 60),
      kind: 'risk',
      label: title,
      value: was === null ? after : `${was} → ${after}`,
      on: dayOf(now),
      refs: [...(was !== null && before ? [before.id] : []), now.id],
    }
    return [{ title, before: was, after, fact }]
  })
}

/** Visits, encounters and alerts of these days, by their ids. */
async function countEvents(ctx: ReadContext, patientId: string, { from, until }: Span) {
  const start = instantAt(from, 0, ctx.tenant.timeZone)
  const end = instantAt(addDays(until, 1), 0, ctx.tenant.timeZone)
  const own = sql`organization_id = ${ctx.organizationId} and patient_id = ${patientId}`
  const { rows } = await sql<{ visits: string[]; encounters: string[]; alerts: string[]; closed: string[] }>`select
    array(select id::text from occurrence where ${own} and state in ('done', 'done-late') and actual_on between ${from} and ${until} order by id) visits,
    array(select id::text from encounter where ${own} and superseded_by is null and started_at >= ${start} and started_at < ${end} order by id) encounters,
    array(select id::text from alert where ${own} and raised_at >= ${start} and raised_at < ${end} order by id) alerts,
    array(select id::text from alert where ${own} and raised_at >= ${start} and raised_at < ${end} and state = 'closed' order by id) closed`.execute(
    ctx.db,
  )
  return rows[0]!
}
