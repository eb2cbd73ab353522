import { addDays, dateIn, daysBetween, instantAt } from '../../../platform/clock.ts'
import { exceedsVariation, indicatorByCode } from '../../../clinical/index.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { Locale } from '../../../platform/contract/index.ts'
import { alertsWithin } from '../../alert/server/index.ts'
import { plansWithin, type PlanStage } from '../../care-plan/server/index.ts'
import { visitsDone } from '../../follow-up/server/index.ts'
import { encountersWithin, nameOf, printUnit, seriesOf, type ObservationRow } from '../../observation/server/index.ts'
import { bandChanges } from '../../risk/server/index.ts'
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

/** Of each instrument the band before the stage and the one now. */
async function riskChanges(ctx: ReadContext, patientId: string, span: Span, language: Locale): Promise<Stage['risks']> {
  const say = ({ zh, en }: { zh: string; en: string }) => (language === 'en' ? en : zh)
  return (await bandChanges(ctx, patientId, span)).map((change) => {
    const [was, after, title] = [change.before, say(change.now.title), say(change.title)]
    const fact: Fact = {
      id: `risk-${change.instrument}`.slice(0, 60),
      kind: 'risk',
      label: title,
      value: was ? `${say(was.title)} → ${after}` : after,
      on: change.now.on,
      refs: [...(was ? [was.assessmentId] : []), change.now.assessmentId],
    }
    return { title, before: was && say(was.title), after, fact }
  })
}

/** Visits, encounters and alerts of these days, by their ids. */
async function countEvents(ctx: ReadContext, patientId: string, span: Span) {
  const start = instantAt(span.from, 0, ctx.tenant.timeZone)
  const end = instantAt(addDays(span.until, 1), 0, ctx.tenant.timeZone)
  const [visits, encounters, alerts] = await Promise.all([
    visitsDone(ctx, patientId, span),
    encountersWithin(ctx, patientId, start, end),
    alertsWithin(ctx, patientId, start, end),
  ])
  const closed = alerts.filter(({ isClosed }) => isClosed)
  return { visits, encounters, alerts: alerts.map(({ id }) => id), closed: closed.map(({ id }) => id) }
}
