import { systemActor, type Tenant, type WriteContext } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import { expiredTemplates, notifyStaff, sendMessages, templatesInForce } from '../../message/server/index.ts'
import { advance, type Version } from './advance.ts'
import { compileProgram, type Program } from './rules/program.ts'
import { toRelatives } from './relatives.ts'
import { claimRuns, hasOpenRuns, insertSteps, settleRuns, type RunRow, type Settled } from './run-store.ts'
import {
  findDefinition,
  findRunning,
  lockCampaign,
  noteEvent,
  setCampaign,
  shareRunning,
  type CampaignRow,
} from './store.ts'

/** So many people take their step together: statements are shared, and a pause waits for no more than this. */
export const BATCH = 500
/** So many an organization gets in one turn before the next one has its own. */
const TURN = 20_000

/**
 * Takes every due step of an organization's running campaigns. Safe beside itself, and after a crash at any point: the
 * steps of a batch, their messages and where everybody stands are one transaction.
 * @returns how many runs were taken up
 */
export async function stepDue(house: House, tenant: Tenant): Promise<number> {
  let taken = 0
  for (const { id } of await findRunning(house.databases.of(tenant.id), tenant.id))
    for (let full = true; full && taken < TURN;) {
      const count = await stepBatch(house, tenant, id)
      taken += count
      full = count === BATCH
    }
  return taken
}

async function stepBatch(house: House, tenant: Tenant, campaignId: string): Promise<number> {
  try {
    return await inHouse(house, tenant, (ctx) => stepSome(ctx, campaignId, BATCH))
  } catch (error) {
    house.log.error({ err: error as Error, campaignId }, 'a batch of steps failed; taking them one by one')
  }
  let taken = 0
  for (; taken < BATCH; taken++) if ((await stepAlone(house, tenant, campaignId)) === 0) break
  return taken
}

/** Whoever's step fails alone is held with an alarm, and holds up nobody else. */
async function stepAlone(house: House, tenant: Tenant, campaignId: string): Promise<number> {
  try {
    return await inHouse(house, tenant, (ctx) => stepSome(ctx, campaignId, 1))
  } catch (error) {
    house.log.error({ err: error as Error, campaignId }, 'a step failed')
    return inHouse(house, tenant, async (ctx) => {
      const runs = await claimRuns(ctx.tx, tenant.id, campaignId, ctx.clock.now(), 1)
      await settleRuns(
        ctx.tx,
        tenant.id,
        campaignId,
        ctx.clock.now(),
        runs.map((run) => held(run, 'fault')),
      )
      return runs.length
    })
  }
}

function inHouse<T>(house: House, tenant: Tenant, use: (ctx: WriteContext) => Promise<T>): Promise<T> {
  return write(house, { tenant, actor: systemActor(tenant.id, 'campaign/step') }, use)
}

/** One batch, in the transaction of the caller. */
export async function stepSome(ctx: WriteContext, campaignId: string, limit: number): Promise<number> {
  const campaign = await shareRunning(ctx.tx, ctx.organizationId, campaignId)
  if (!campaign) return 0
  const now = ctx.clock.now()
  const runs = await claimRuns(ctx.tx, ctx.organizationId, campaignId, now, limit)
  for (const [version, those] of Map.groupBy(runs, (run) => run.version)) {
    const definition = await findDefinition(ctx.db, ctx.organizationId, campaignId, version)
    if (!definition) throw new RangeError(`campaign ${campaignId} has no version ${version}`)
    await stepVersion(
      ctx,
      campaign,
      { campaignId, definition, program: programOf(campaignId, version, definition) },
      those,
    )
  }
  return runs.length
}

const programs = new Map<string, Program>()

/** Approved versions do not change: each is laid flat once. */
function programOf(campaignId: string, version: number, { path }: Version['definition']): Program {
  const key = `${campaignId} ${version}`
  let program = programs.get(key)
  if (!program) {
    if (programs.size > 500) programs.clear()
    programs.set(key, (program = compileProgram(path)))
  }
  return program
}

async function stepVersion(ctx: WriteContext, campaign: CampaignRow, version: Version, runs: RunRow[]): Promise<void> {
  const now = ctx.clock.now()
  const { messages, lines, settled } = await advance(ctx, version, runs)
  const inForce = await templatesInForce(
    ctx,
    messages.map(({ template }) => template),
  )
  const lacking = new Map(
    messages.flatMap((one) => (inForce.has(one.template) ? [] : [[one.sourceKey!, one.template]])),
  )
  const expired = await expiredTemplates(ctx, [...lacking.values()])
  const whyLacking = (id: string) => (expired.has(lacking.get(id)!) ? 'template-expired' : 'template-missing')
  const kept = <T>(rows: readonly T[], idOf: (row: T) => string) => rows.filter((row) => !lacking.has(idOf(row)))
  const idOf = new Map(runs.map((run) => [keyOf(run.patient_id, run.occurrence), run.id]))
  const idOfSettled = (row: Settled) => idOf.get(keyOf(row.patientId, row.occurrence))!
  const telling = kept(messages, ({ sourceKey }) => sourceKey!)
  await sendMessages(ctx, [...telling, ...(await toRelatives(ctx, telling))])
  await insertSteps(
    ctx.tx,
    ctx.organizationId,
    now,
    kept(lines, ({ runId }) => runId),
  )
  await settleRuns(ctx.tx, ctx.organizationId, version.campaignId, now, [
    ...kept(settled, idOfSettled),
    ...runs.filter(({ id }) => lacking.has(id)).map((run) => held(run, whyLacking(run.id))),
  ])
  // Who is held stays at the step they were at, and is told of once a day.
  const reasons = [
    ...[...lacking.keys()].slice(0, 1).map(whyLacking),
    ...settled.flatMap(({ state, reason }) => (state === 'held' ? [reason!] : [])),
  ]
  if (reasons.length > 0) await alarm(ctx, campaign, version.definition.name.zh, reasons[0]!)
}

const keyOf = (patientId: string, occurrence: string) => `${patientId} ${occurrence}`

const held = (run: RunRow, reason: 'fault' | 'template-missing' | 'template-expired'): Settled => ({
  patientId: run.patient_id,
  occurrence: run.occurrence,
  state: 'held',
  reason,
  node: run.node,
  wakeAt: run.wake_at,
  arm: run.arm,
})

/** Whoever keeps the campaign is told that somebody waits for them, once a day and reason. */
export async function alarm(ctx: WriteContext, campaign: CampaignRow, name: string, reason: string): Promise<void> {
  ctx.log.warn({ campaignId: campaign.id, reason }, 'people of a campaign are held')
  if (!campaign.owner_id) return
  await notifyStaff(ctx, campaign.owner_id, {
    kind: 'campaign-held',
    values: { title: name },
    link: `/campaigns/${campaign.id}?tab=people`,
    sourceKey: `campaign-held:${campaign.id}:${reason}:${ctx.today}`,
  })
}

/** Ends campaigns that send once to everybody and have nobody left on the way. */
export async function finishDone(house: House, tenant: Tenant): Promise<void> {
  for (const { id, definition, last_occurrence } of await findRunning(house.databases.of(tenant.id), tenant.id)) {
    if (definition.trigger.kind !== 'once' || last_occurrence === null) continue
    await inHouse(house, tenant, async (ctx) => {
      const campaign = await lockCampaign(ctx.tx, ctx.organizationId, id)
      if (campaign?.state !== 'running' || (await hasOpenRuns(ctx, id))) return
      await setCampaign(ctx.tx, ctx.organizationId, id, { state: 'finished', ended_at: ctx.clock.now() })
      await noteEvent(ctx, id, 'finished')
    })
  }
}
