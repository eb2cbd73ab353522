import { sql } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import { permissionsOf } from '../../staff/contract/permissions.ts'
import { staffInRole } from '../../staff/server/index.ts'
import shipped from '../content/rules.json' with { type: 'json' }
import content from '../content/demonstration.json' with { type: 'json' }
import { satisfactionPolicy } from '../contract/rule.ts'
import { ruleInForce, setRules } from './rule.ts'
import './table.ts'

const DAY_MS = 86_400_000

/** What a demonstration shows: that people are asked, and what some of the last weeks' visitors said. Once. */
export async function furnishSatisfaction(ctx: WriteContext): Promise<void> {
  const [lead] = await staffInRole(ctx, 'quality-lead')
  if (!lead || (await ruleInForce(ctx)).onSince) return
  const roles = ['quality-lead']
  const actor = {
    ...ctx.actor,
    kind: 'staff' as const,
    id: lead.id,
    name: lead.name,
    roles,
    permissions: permissionsOf(roles),
  }
  const policy = { ...satisfactionPolicy.parse(shipped.policy), on: true }
  await setRules({ ...ctx, actor }, { policy, version: 0, because: content.because })
  const scores = content.departments.flatMap(({ name, scores: given }) => given.map((score) => ({ name, score })))
  const { rows: people } = await sql<{ id: string }>`
    select id from patient where organization_id = ${ctx.organizationId} and state = 'active' order by id limit ${scores.length * 2}`.execute(
    ctx.tx,
  )
  const now = ctx.clock.now().getTime()
  for (const [n, { id }] of people.entries()) {
    // Of every two who were asked one has answered.
    const { name, score } = scores[Math.floor(n / 2)]!
    const at = new Date(now - ((n * 7) % 80) * DAY_MS - 3_600_000)
    const visit = await insertVisit(ctx, { patientId: id, department: name, at })
    if (n % 2 === 0) await insertAnswer(ctx, { patientId: id, department: name, visit, score, at })
  }
}

interface Shown {
  patientId: string
  department: string
  at: Date
}

async function insertVisit(ctx: WriteContext, { patientId, department, at }: Shown): Promise<string> {
  const id = ctx.ids.next<string & never>() as string
  await ctx.tx
    .insertInto('satisfaction_visit')
    .values({
      organization_id: ctx.organizationId,
      visit_kind: 'encounter',
      visit_id: id,
      patient_id: patientId,
      class: 'outpatient',
      department,
      closed_at: new Date(at.getTime() - DAY_MS),
      decided_at: at,
      state: 'asked',
      reason: null,
      invitation_id: null,
      sent_at: at,
    })
    .execute()
  return id
}

async function insertAnswer(
  ctx: WriteContext,
  { patientId, department, visit, score, at }: Shown & { visit: string; score: number },
): Promise<void> {
  const id = ctx.ids.next<string & never>() as string
  await ctx.tx
    .insertInto('satisfaction_answer')
    .values({
      organization_id: ctx.organizationId,
      response_id: id,
      root_id: id,
      patient_id: patientId,
      visit_kind: 'encounter',
      visit_id: visit,
      class: 'outpatient',
      department,
      visited_on: new Date(at.getTime() - DAY_MS).toISOString().slice(0, 10),
      score,
      about: null,
      wants_contact: null,
      complains: false,
      has_words: false,
      danger: false,
      answered_at: new Date(
        at.getTime() + 7_200_000 > ctx.clock.now().getTime() ? at.getTime() : at.getTime() + 7_200_000,
      ),
      superseded_by: null,
      complaint_id: null,
    })
    .execute()
}
