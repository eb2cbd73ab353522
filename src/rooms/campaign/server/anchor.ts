import { sql } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import { withdrawMessages } from '../../message/server/index.ts'
import type { WaitStep } from '../contract/definition.ts'
import { alarm } from './engine.ts'
import { anchorsOf, followCorrections } from './fact-sql.ts'
import { fromAnchor } from './rules/moment.ts'
import { compileProgram, type Program } from './rules/program.ts'
import type { RunRow } from './run-store.ts'
import { findDefinition, type Running } from './store.ts'

type Moved = RunRow & { new_at: Date | null; known: boolean }

/**
 * Looks anew at what the timers of these people hang on. Whose moment has moved is planned again, as another pass, and
 * what was planned for the old one is withdrawn; who was called off leaves; of whom the fact is gone is held, with an
 * alarm: nothing is sent by a moment that nobody knows.
 */
export async function followAnchors(
  ctx: WriteContext,
  campaign: Running,
  patientIds: readonly string[],
): Promise<void> {
  const { trigger } = campaign.definition
  const facts = anchorsOf(trigger, ctx, patientIds)
  if (!facts) return
  await followCorrections(ctx, campaign.id, trigger, patientIds)
  const { rows } = await sql<Moved>`
    select r.*, f.at new_at, f.key is not null known from journey_run r left join (${facts}) f on f.patient_id = r.patient_id and f.key = r.anchor_key
    where r.organization_id = ${ctx.organizationId} and r.campaign_id = ${campaign.id} and r.patient_id = any(${[...patientIds]}::uuid[])
      and (r.state in ('waiting', 'held', 'done') or r.reason = 'called-off') and f.at is distinct from r.anchor_at
    for update of r`.execute(ctx.tx)
  const programs = new Map<number, Program>()
  for (const run of rows) {
    let program = programs.get(run.version)
    if (!program) {
      const definition = await findDefinition(ctx.db, ctx.organizationId, campaign.id, run.version)
      programs.set(run.version, (program = compileProgram(definition!.path)))
    }
    await followOne(ctx, campaign, program, run)
  }
}

async function followOne(ctx: WriteContext, campaign: Running, program: Program, run: Moved): Promise<void> {
  await withdrawMessages(ctx, { patientId: run.patient_id, source: 'campaign', sourceKey: run.id })
  const next = nextOf(ctx, program, run)
  if (!next) return
  await sql`
    update journey_run set state = ${next.state}, reason = ${next.reason}, node = ${next.node}, wake_at = ${next.wakeAt}, anchor_at = ${run.new_at},
      pass = pass + 1, ended_at = ${next.state === 'left' || next.state === 'done' ? ctx.clock.now() : null}
    where organization_id = ${ctx.organizationId} and campaign_id = ${campaign.id} and patient_id = ${run.patient_id} and occurrence = ${run.occurrence}`.execute(
    ctx.tx,
  )
  if (next.state === 'held') await alarm(ctx, campaign, campaign.definition.name.zh, 'anchor-missing')
}

interface Next {
  state: 'waiting' | 'held' | 'left' | 'done'
  reason: 'anchor-missing' | 'called-off' | null
  node: string | null
  wakeAt: Date | null
}

/** Where a run goes on once its anchor has moved: at the first timer that is still ahead. */
function nextOf(ctx: WriteContext, program: Program, run: Moved): Next | undefined {
  if (!run.new_at)
    return run.known
      ? { state: 'left', reason: 'called-off', node: null, wakeAt: null }
      : run.state === 'done'
        ? undefined
        : { state: 'held', reason: 'anchor-missing', node: run.node, wakeAt: null }
  const now = ctx.clock.now()
  const timers = timersOf(program, run.node).map((step) => ({
    node: step.id,
    wakeAt: fromAnchor(run.new_at!, step.until.anchor, ctx.tenant.timeZone),
  }))
  const ahead = timers.find(({ wakeAt }) => wakeAt > now)
  if (ahead) return { state: 'waiting', reason: null, ...ahead }
  // All of them have passed: whoever waits goes on, and finds everything too late; nobody begins anew.
  const here = timers.find(({ node }) => node === run.node)
  if (here) return { state: 'waiting', reason: null, ...here }
  if (run.state === 'waiting') return { state: 'waiting', reason: null, node: run.node, wakeAt: run.wake_at }
  return { state: 'done', reason: null, node: null, wakeAt: null }
}

type AnchorWait = WaitStep & { until: { anchor: Parameters<typeof fromAnchor>[1] } }

/** The timers of the main path, and the one somebody waits at within a branch. */
function timersOf(program: Program, node: string | null): AnchorWait[] {
  const found: AnchorWait[] = []
  const add = (id: string) => {
    const step = program.nodes.get(id)?.step
    if (step?.kind === 'wait' && 'anchor' in step.until && !found.includes(step as AnchorWait))
      found.push(step as AnchorWait)
  }
  for (let at = program.first; at !== null; at = program.nodes.get(at)?.next ?? null) add(at)
  if (node) add(node)
  return found
}
