import { sql } from 'kysely'
import {
  compileWhere,
  forAudience,
  groundOf,
  type AudienceCondition,
  type Condition,
} from '../../../platform/condition/index.ts'
import { dateIn } from '../../../platform/clock.ts'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { NewMessage } from '../../message/server/index.ts'
import type { CampaignDefinition, SendStep } from '../contract/definition.ts'
import type { RunReason } from '../contract/words.ts'
import { armOf } from './rules/arm.ts'
import { isGreeting } from './rules/greeting.ts'
import { momentOf } from './rules/moment.ts'
import type { Program } from './rules/program.ts'
import type { RunRow, Settled, StepLine } from './run-store.ts'

export interface Version {
  campaignId: string
  definition: CampaignDefinition
  program: Program
}

/** What came of a batch: what is to be said, which steps were done, and where everybody stands. */
export interface Advanced {
  messages: NewMessage[]
  lines: StepLine[]
  settled: Settled[]
}

/**
 * Takes the claimed runs of one version as far as they go now. Every question of the path is asked of the whole batch in
 * one statement; the rest is reckoned.
 */
export async function advance(ctx: WriteContext, version: Version, runs: readonly RunRow[]): Promise<Advanced> {
  const asked = await askAll(ctx, version, runs)
  const advanced: Advanced = { messages: [], lines: [], settled: [] }
  for (const run of runs) walk(ctx, version, run, asked, advanced)
  return advanced
}

/** A condition → the people for whom it holds; `gone` are those who have died or were merged. */
interface Asked {
  gone: ReadonlySet<string>
  holds(condition: Condition, patientId: string): boolean
}

async function askAll(ctx: ReadContext, { definition, program }: Version, runs: readonly RunRow[]): Promise<Asked> {
  const conditions = [
    ...(definition.leaveWhen ? [definition.leaveWhen] : []),
    ...[...program.nodes.values()].flatMap(({ step }): Condition[] => {
      if (step.kind === 'split') return [step.condition]
      return step.kind === 'wait' && 'condition' in step.until ? [step.until.condition] : []
    }),
  ]
  const admitted = await Promise.all(conditions.map((condition) => admit(ctx, condition)))
  const columns = admitted.map((one, n) => sql`, ${compileWhere(one, groundOf(ctx))} as ${sql.id(`c${n}`)}`)
  const { rows } = await sql<Record<string, unknown> & { id: string; gone: boolean }>`
    select p.id, p.state <> 'active' gone ${sql.join(columns, sql``)}
    from patient p where p.organization_id = ${ctx.organizationId} and p.id = any(${runs.map((r) => r.patient_id)}::uuid[])`.execute(
    ctx.db,
  )
  const of = new Map(rows.map((row) => [row.id, row]))
  const numberOf = new Map(conditions.map((condition, n) => [condition, n]))
  return {
    gone: new Set(rows.filter(({ gone }) => gone).map(({ id }) => id)),
    holds: (condition, patientId) => of.get(patientId)?.[`c${numberOf.get(condition)!}`] === true,
  }
}

/** @throws RangeError for what approval would have refused */
export async function admit(ctx: ReadContext, condition: Condition): Promise<AudienceCondition> {
  const found = await forAudience(ctx, condition)
  if ('faults' in found) throw new RangeError(`barred from an audience: ${found.faults.map((f) => f.value).join(', ')}`)
  return found.admitted
}

function walk(ctx: WriteContext, version: Version, run: RunRow, asked: Asked, into: Advanced): void {
  const now = ctx.clock.now()
  const { program, definition } = version
  const stay = { patientId: run.patient_id, occurrence: run.occurrence, arm: run.arm }
  const end = (state: 'done' | 'left', reason: RunReason | null) =>
    void into.settled.push({ ...stay, state, reason, node: null, wakeAt: null })
  if (asked.gone.has(run.patient_id)) return end('left', 'died')
  if (definition.leaveWhen && asked.holds(definition.leaveWhen, run.patient_id)) return end('left', 'condition')
  const note = (node: string, outcome: string) => void into.lines.push({ runId: run.id, pass: run.pass, node, outcome })
  let moment = run.wake_at!
  // Whoever has a node was waiting at it, and the wait is over.
  const waited = run.node
  let at = waited ?? program.first
  for (let hops = 0; at !== null && hops <= program.nodes.size; hops++) {
    const node = program.nodes.get(at)
    if (!node) return end('done', null)
    const { step } = node
    if (step.kind === 'exit') return end('done', 'exit')
    if (step.kind === 'send') {
      const until = new Date(moment.getTime() + step.validHours * 3_600_000)
      const late = now > until
      note(step.id, late ? 'too-late' : 'planned')
      if (!late) into.messages.push(messageOf(ctx, version, run, step, until))
      at = node.next
    } else if (step.kind === 'split') {
      const holds = asked.holds(step.condition, run.patient_id)
      note(step.id, holds ? 'yes' : 'no')
      at = node.branches[holds ? 0 : 1] ?? null
    } else if (step.kind === 'trial') {
      const arm = armOf(
        version.campaignId,
        step.id,
        run.patient_id,
        step.arms.map(({ share }) => share),
      )
      stay.arm = `${step.id}:${step.arms[arm]!.name}`
      note(step.id, `arm:${step.arms[arm]!.name}`)
      at = node.branches[arm] ?? null
    } else {
      const met = 'condition' in step.until && asked.holds(step.until.condition, run.patient_id)
      if (step.id !== waited && !met) {
        const wait = momentOf(step.until, { now, anchor: run.anchor_at, timeZone: ctx.tenant.timeZone })
        if ('missing' in wait)
          return void into.settled.push({
            ...stay,
            state: 'held',
            reason: 'anchor-missing',
            node: step.id,
            wakeAt: null,
          })
        if (wait.at > now)
          return void into.settled.push({ ...stay, state: 'waiting', reason: null, node: step.id, wakeAt: wait.at })
        moment = wait.at
      } else moment = met ? now : run.wake_at!
      note(step.id, 'condition' in step.until ? (met ? 'met' : 'timed-out') : 'passed')
      at = node.next
    }
  }
  end('done', null)
}

/** The name under which the ledger knows what a step says to a person. */
export const touchOf = (run: Pick<RunRow, 'id' | 'pass'>, node: string) => `journey:${run.id}:${run.pass}:${node}`

function messageOf(
  ctx: WriteContext,
  { campaignId, definition }: Version,
  run: RunRow,
  step: SendStep,
  notAfter: Date,
): NewMessage {
  const values = { ...step.values, ...(run.anchor_at ? anchorWords(run.anchor_at, ctx.tenant.timeZone) : {}) }
  const channels = step.channels && (step.how === 'ladder' ? step.channels.slice(0, 1) : step.channels)
  return {
    patientId: run.patient_id,
    template: step.template,
    touch: touchOf(run, step.id),
    values,
    notAfter,
    campaign: campaignId,
    greeting: isGreeting(definition),
    source: 'campaign',
    sourceKey: run.id,
    ...(channels ? { channels } : {}),
  }
}

const words = new Map<string, Intl.DateTimeFormat>()

const MONTHS = 'January February March April May June July August September October November December'.split(' ')

/** What templates may say of the anchor, where they declare it: 3月10日 14:30. */
function anchorWords(anchor: Date, timeZone: string): Record<string, string> {
  let clock = words.get(timeZone)
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hour12: false })
    words.set(timeZone, clock)
  }
  const [, month = '', day = ''] = dateIn(anchor, timeZone).split('-')
  const time = clock.format(anchor)
  return {
    when: `${Number(month)}月${Number(day)}日 ${time}`,
    whenEn: `${Number(day)} ${MONTHS[Number(month) - 1]}, ${time}`,
  }
}
