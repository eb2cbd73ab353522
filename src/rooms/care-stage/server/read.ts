import { daysBetween } from '../../../platform/clock.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { AnswerOf, InputOf } from '../../../platform/contract/index.ts'
import { plansWithin } from '../../care-plan/server/index.ts'
import { patientSummaries, patientSummary, requireVisible } from '../../patient/server/index.ts'
import type { listStages, readStages, StageItem } from '../contract/care-stage.ts'
import { stageContent, waysFrom, type Fact, type ItemContent } from './rules.ts'
import { findStages, findStanding, findTicks, type StageRow, type TickRow } from './store.ts'

export async function read(ctx: ReadContext, patientId: string): Promise<AnswerOf<typeof readStages>> {
  await requireVisible(ctx, patientId)
  const rows = await findStages(ctx.db, ctx.organizationId, patientId)
  const open = rows.find(({ left_at }) => left_at === null)
  const ticks = open ? await findTicks(ctx.db, ctx.organizationId, open.id) : new Map<string, TickRow>()
  const facts = open ? await factsOf(ctx, patientId) : new Set<Fact>()
  return {
    current: open
      ? { ...passedView(ctx, open), items: stageContent(open.stage).items.map((item) => itemView(item, ticks, facts)) }
      : null,
    ways: waysFrom(open?.stage).map(({ stage, usual }) => ({ stage, name: stageContent(stage).name, usual })),
    past: rows.filter((row) => row !== open).map((row) => passedView(ctx, row)),
    can: { write: ctx.actor.permissions.has('care-stage.write') },
  }
}

/** What the record shows: a care plan that runs today, a manager who is responsible. */
export async function factsOf(ctx: ReadContext, patientId: string): Promise<Set<Fact>> {
  const patient = await patientSummary(ctx, patientId)
  const plans = await plansWithin(ctx, patientId, ctx.today, ctx.today)
  const facts = new Set<Fact>()
  if (plans.some(({ state }) => state === 'active')) facts.add('care-plan')
  if (patient?.managerId) facts.add('manager')
  return facts
}

export function isDone(item: ItemContent, ticks: ReadonlyMap<string, TickRow>, facts: ReadonlySet<Fact>): boolean {
  return item.fact ? facts.has(item.fact) : (ticks.get(item.code)?.done ?? false)
}

function itemView(item: ItemContent, ticks: ReadonlyMap<string, TickRow>, facts: ReadonlySet<Fact>): StageItem {
  const tick = item.fact ? undefined : ticks.get(item.code)
  return {
    code: item.code,
    text: item.text,
    must: item.must,
    seen: item.fact !== undefined,
    done: isDone(item, ticks, facts),
    note: tick?.note ?? '',
    by: tick?.by_name ?? null,
    at: tick?.at.toISOString() ?? null,
  }
}

function passedView(ctx: ReadContext, row: StageRow) {
  const content = stageContent(row.stage)
  const texts = new Map(content.items.map(({ code, text }) => [code, text]))
  return {
    id: row.id as never,
    stage: row.stage,
    name: content.name,
    enteredOn: row.entered_on,
    leftOn: row.left_on,
    days: daysBetween(row.entered_on, row.left_on ?? ctx.today),
    by: row.entered_by_name,
    because: row.because,
    leftOpen: row.left_open.flatMap((code) => texts.get(code) ?? []),
  }
}

export async function list(
  ctx: ReadContext,
  { stage, cursor, limit }: InputOf<typeof listStages>['query'],
): Promise<AnswerOf<typeof listStages>> {
  const [, on, id] = /^(\d{4}-\d{2}-\d{2}) ([0-9a-f-]{36})$/.exec(cursor ?? '') ?? []
  const after = on && id ? { on, id } : undefined
  const rows = await findStanding(ctx.db, ctx.organizationId, ctx.actor, { stage, after, limit: limit + 1 })
  const shown = rows.slice(0, limit)
  const patients = await patientSummaries(ctx, [...new Set(shown.map(({ patient_id }) => patient_id))])
  const last = shown.at(-1)
  return {
    rows: shown.flatMap((row) => {
      const patient = patients.get(row.patient_id)
      return patient
        ? {
            id: row.id as never,
            patient: { id: patient.id, name: patient.name, managerName: patient.managerName },
            enteredOn: row.entered_on,
            days: daysBetween(row.entered_on, ctx.today),
            by: row.entered_by_name,
          }
        : []
    }),
    next: rows.length > limit && last ? `${last.entered_on} ${last.id}` : null,
    total: null,
  }
}
