import { addDays, dateIn, instantAt } from '../../../platform/clock.ts'
import { systemActor, type Tenant, type WriteContext } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import type { Condition } from '../../../platform/condition/index.ts'
import type { CampaignDefinition, Trigger } from '../contract/definition.ts'
import type { Divide } from '../../patient/server/index.ts'
import '../../tag/contract/condition.ts'
import { admit } from './advance.ts'
import { occurrenceOfBeginning } from './care.ts'
import { calendarDay, leadDate, nextDateOf } from './rules/calendar.ts'
import { enterHalves } from './enter-halves.ts'
import { enterAll } from './run-store.ts'
import { findRunning, lockCampaign, noteEvent, setCampaign, type Running } from './store.ts'

/** A day that was missed by more than this is not made up for. */
const LATE_DAYS = 1

/**
 * Has everybody enter who enters at once: after the start, and when a day of the calendar has come. Each
 * campaign and occurrence once, remembered in the transaction that holds the campaign.
 * @returns how many people came
 */
export async function enterDue(house: House, tenant: Tenant, divide?: Divide): Promise<number> {
  let came = 0
  for (const { id, definition } of await findRunning(house.databases.of(tenant.id), tenant.id)) {
    if (!['once', 'begins', 'calendar', 'monthly'].includes(definition.trigger.kind)) continue
    came += await write(house, { tenant, actor: systemActor(tenant.id, 'campaign/enter') }, (ctx) =>
      enterCampaign(ctx, id, enterHalves(house, tenant, divide)),
    )
  }
  return came
}

export async function enterCampaign(ctx: WriteContext, campaignId: string, enter = enterAll): Promise<number> {
  const locked = await lockCampaign(ctx.tx, ctx.organizationId, campaignId)
  if (locked?.state !== 'running' || locked.version === null) return 0
  const running = (await findRunning(ctx.db, ctx.organizationId)).find(({ id }) => id === campaignId)!
  const due = dueOccurrence(running, ctx)
  if (!due) return 0
  const { trigger } = running.definition
  const audience = audienceOf(running.definition)
  const admitted = audience ? await admit(ctx, audience) : null
  const count = await enter(ctx, admitted, {
    campaignId,
    version: running.version,
    occurrence: due.occurrence,
    // Whoever meets the condition already does not begin to.
    state: trigger.kind === 'begins' ? 'baseline' : 'waiting',
    from: due.from,
    perHour: 'perHour' in trigger ? trigger.perHour : null,
  })
  await setCampaign(ctx.tx, ctx.organizationId, campaignId, { last_occurrence: due.occurrence })
  await noteEvent(ctx, campaignId, trigger.kind === 'begins' ? 'baseline' : 'entered', {
    count,
    occurrence: due.occurrence,
  })
  return count
}

/** Nobody is wished well on a festival who mourns: whoever has the tag 丧亲 is left out, whatever the audience says. */
function audienceOf({ audience, trigger }: CampaignDefinition): Condition | null {
  const day = trigger.kind === 'calendar' ? calendarDay(trigger.day) : undefined
  if (!day || (day.kind === 'health' && !day.mourning)) return audience
  const spared: Condition = { not: { tag: { code: 'bereaved' } } }
  return audience ? { all: [audience, spared] } : spared
}

interface Due {
  occurrence: string
  from: Date
}

type Now = Pick<WriteContext, 'clock' | 'today' | 'tenant'>

/** What has to be begun now; nothing while it has been, or its day has not come. */
export function dueOccurrence(
  { definition: { trigger }, last_occurrence, started_at }: Running,
  now: Now,
): Due | undefined {
  if (trigger.kind === 'once' || trigger.kind === 'begins') {
    const occurrence = trigger.kind === 'begins' ? occurrenceOfBeginning(trigger.again, now.today) : ''
    return last_occurrence === null ? { occurrence, from: now.clock.now() } : undefined
  }
  if (trigger.kind !== 'calendar' && trigger.kind !== 'monthly') return undefined
  const zone = now.tenant.timeZone
  const date = lastDate(trigger, now.today)
  const [hours = 0, minutes = 0] = trigger.clock.split(':').map(Number)
  const from = date && instantAt(date, hours * 60 + minutes, zone)
  if (!date || !from || from > now.clock.now() || (started_at && from < started_at && date < dateIn(started_at, zone)))
    return undefined
  return last_occurrence !== null && last_occurrence >= date ? undefined : { occurrence: date, from: now.clock.now() }
}

/** The day on which it begins, if that is today or was a moment ago. */
function lastDate(trigger: Extract<Trigger, { kind: 'calendar' | 'monthly' }>, today: string): string | undefined {
  for (let late = 0; late <= LATE_DAYS; late++) {
    const day = addDays(today, -late)
    if (trigger.kind === 'monthly') {
      if (Number(day.slice(8)) === trigger.dayOfMonth) return day
      continue
    }
    const known = calendarDay(trigger.day)
    if (known && leadDate(nextDateOf(known, addDays(day, trigger.leadDays)), trigger.leadDays) === day) return day
  }
  return undefined
}
