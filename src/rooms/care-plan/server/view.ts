import { addDays } from '../../../platform/clock.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { requireVisible } from '../../patient/server/index.ts'
import { isDueOn } from '../contract/cadence.ts'
import { cadenceWords, differencesOf } from '../contract/compare.ts'
import type { ActionView, CheckInView, PlanLine, PlanView, VersionView } from '../contract/plan.ts'
import { contentOf } from '../contract/template.ts'
import type { PlanId } from '../contract/words.ts'
import { goalViews } from './goal-view.ts'
import {
  findEvents,
  findPlan,
  findPlansOf,
  loadWhole,
  ticksOf,
  type CheckInRow,
  type PlanRow,
  type VersionRow,
  type Whole,
} from './plan-store.ts'
import { adherenceOf, isPaused } from './rules/adherence.ts'
import { actsFor, inForceOn } from './rules/plan.ts'
import { templates, type TemplateRow } from './template-store.ts'
import { allSpans, homeworkKey, SHOWN_DAYS } from './tick.ts'

export function lineOf(row: PlanRow): PlanLine {
  return {
    id: row.id as PlanId,
    kind: row.kind,
    title: row.title,
    state: row.state,
    version: row.version,
    startedOn: row.started_on,
    endedOn: row.ended_on,
    endReason: row.end_reason,
    endNote: row.end_note,
    pausedSince: row.pauses.find(({ until }) => until === null)?.from ?? null,
    waiting: row.submitted_at !== null,
    nextStepOn: row.next_step_on,
    adherence: row.adherence,
  }
}

const RANK: Record<PlanRow['state'], number> = { active: 0, paused: 1, draft: 2, ended: 3, discarded: 4 }

export async function showPlans(ctx: ReadContext, patientId: string) {
  const patient = await requireVisible(ctx, patientId)
  const rows = await findPlansOf(ctx.db, ctx.organizationId, patientId)
  return {
    plans: rows.toSorted((a, b) => RANK[a.state] - RANK[b.state]).map(lineOf),
    can: { draft: patient.state === 'active' && ctx.actor.permissions.has('care-plan.write') },
  }
}

/** A plan as the staff page shows it. @throws Problem NotFound */
export async function showPlan(ctx: ReadContext, patientId: string, planId: string): Promise<PlanView> {
  await requireVisible(ctx, patientId)
  const plan = await findPlan(ctx.db, ctx.organizationId, patientId, planId)
  if (!plan) throw platformProblem('NotFound')
  const [whole] = await loadWhole(ctx.db, ctx.organizationId, [plan], addDays(ctx.today, -(SHOWN_DAYS - 1)))
  const signed = whole!.versions.filter(({ state }) => state === 'signed')
  // One that begins in some days is shown as it will be.
  const current = inForceOn(signed, ctx.today) ?? signed.at(-1)
  const views = await versionViews(ctx, whole!.versions)
  const draft = whole!.versions.find(({ state }) => state === 'draft' || state === 'submitted')
  const { permissions } = ctx.actor
  const events = await findEvents(ctx.db, ctx.organizationId, planId)
  return {
    ...lineOf(plan),
    goals: await goalViews(ctx, patientId, current?.content.goals ?? [], plan.started_on),
    actions: actionViews(ctx, whole!),
    steps: whole!.steps.map(({ day, title, words, due_on, state, done_at }) => ({
      day,
      title,
      words,
      dueOn: due_on,
      state,
      doneAt: done_at?.toISOString() ?? null,
    })),
    draft: draft ? (views.get(draft.version) ?? null) : null,
    versions: [...views.values()].filter(({ state }) => state === 'signed' || state === 'discarded'),
    log: events.map(({ kind, version, note, by_name, at }) => ({
      kind,
      version,
      note,
      byName: by_name,
      at: at.toISOString(),
    })),
    can: actsFor(plan.state, draft?.state ?? null, {
      write: permissions.has('care-plan.write'),
      sign: permissions.has('plan.sign'),
    }),
  }
}

/** The actions that stand today, with what was ticked in the last four weeks. */
export function actionViews(ctx: ReadContext, whole: Whole): ActionView[] {
  const { today } = ctx
  const { plan } = whole
  const from = addDays(today, -(SHOWN_DAYS - 1))
  const ticks = ticksOf(whole.ticks)
  const spans = allSpans(whole)
  const begin = plan.started_on !== null && plan.started_on > today ? plan.started_on : today
  const standing = spans.filter((span) => span.from <= begin && (span.until === null || span.until >= begin))
  const given = new Map(whole.ticks.map((row) => [`${row.action_key} ${row.on_date}`, row]))
  const by = new Map(whole.homework.map((one) => [homeworkKey(one.id), one]))
  return standing.map(({ action }) => {
    const own = spans.filter((span) => span.action.key === action.key)
    const isDue = (date: string) =>
      !isPaused(plan.pauses, date) &&
      own.some(
        (span) =>
          span.from <= date && (span.until === null || date <= span.until) && isDueOn(span.action.cadence, date),
      )
    const yesterday = addDays(today, -1)
    return {
      ...action,
      cadenceWords: cadenceWords(action.cadence, ctx.locale),
      homeworkBy: by.get(action.key)?.by_name ?? null,
      homeworkMine: ctx.actor.kind === 'staff' && by.get(action.key)?.by_id === ctx.actor.id,
      adherence: adherenceOf(own, ticks, plan.pauses, { from, until: today }, today),
      strip: Array.from({ length: SHOWN_DAYS }, (_, day) => {
        const on = addDays(from, day)
        const mark = ticks.get(`${action.key} ${on}`)
        return { on, mark: mark ?? (isDue(on) ? ('open' as const) : ('none' as const)) }
      }),
      today: tickView(given.get(`${action.key} ${today}`)),
      yesterday: tickView(given.get(`${action.key} ${yesterday}`)),
      dueToday: plan.state === 'active' && isDue(today),
      dueYesterday: plan.state === 'active' && isDue(yesterday),
    }
  })
}

export function tickView(row: CheckInRow | undefined): CheckInView | null {
  if (!row) return null
  const { id, outcome, value, second, words, by_kind, by_name, at } = row
  return {
    clientId: id,
    outcome,
    value,
    second,
    words,
    byPatient: by_kind === 'patient',
    byName: by_name,
    at: at.toISOString(),
  }
}

async function versionViews(ctx: ReadContext, versions: readonly VersionRow[]): Promise<Map<number, VersionView>> {
  const known = new Map<string, TemplateRow>()
  for (const { template_code: code, template_version: version } of versions) {
    if (!code || !version || known.has(`${code} ${version}`)) continue
    const row = await templates.find(ctx, code, version)
    if (row) known.set(`${code} ${version}`, row)
  }
  return new Map(
    versions.map((row) => {
      const template = known.get(`${row.template_code} ${row.template_version}`)
      const last = versions.find(({ state, version }) => state === 'signed' && version < row.version)
      return [row.version, versionView(ctx, row, template, last)]
    }),
  )
}

function versionView(
  ctx: ReadContext,
  row: VersionRow,
  template: TemplateRow | undefined,
  last: VersionRow | undefined,
): VersionView {
  const { title } = template?.definition ?? {}
  return {
    version: row.version,
    state: row.state,
    content: row.content,
    template:
      template && title
        ? { code: template.code, version: template.version, title: ctx.locale === 'en' ? title.en : title.zh }
        : null,
    similarityPercent: row.similarity_percent,
    sameReason: row.same_reason,
    fromTemplate: template ? differencesOf(contentOf(template.definition, ctx.today, 'zh-CN'), row.content) : [],
    fromLast: last ? differencesOf(last.content, row.content) : [],
    cause: row.cause,
    returnedNote: row.returned_note,
    draftedBy: row.drafted_by_name,
    draftedAt: row.drafted_at.toISOString(),
    submittedAt: row.submitted_at?.toISOString() ?? null,
    signedBy: row.signed_by_name,
    signedAt: row.signed_at?.toISOString() ?? null,
    activeFrom: row.active_from,
    revision: row.revision,
  }
}
