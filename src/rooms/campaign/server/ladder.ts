import { sql } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import type { PayloadOf } from '../../../platform/contract/event.ts'
import type { messageFailed } from '../../message/contract/events.ts'
import { sendMessages } from '../../message/server/index.ts'
import { stepsOf } from '../contract/definition.ts'
import { isGreeting } from './rules/greeting.ts'
import type { RunRow } from './run-store.ts'
import { findDefinition, shareRunning } from './store.ts'

/** There was no way to them, which another channel may be; every other reason forbids the other channels as well. */
const NO_WAY = new Set(['no-address', 'no-right', 'address-unknown', 'gave-up', 'not-reached', 'sms-template'])

/** Where a step has a ladder, its next rung is tried within the same deadline. */
export async function climb(ctx: WriteContext, failed: PayloadOf<typeof messageFailed>): Promise<void> {
  const [, runId, pass, node] = /^journey:([0-9a-f-]{36}):(\d+):([a-z0-9-]+)$/.exec(failed.touch) ?? []
  if (!runId || !node || !NO_WAY.has(failed.reason)) return
  const { rows } = await sql<RunRow & { not_after: Date | null }>`
    select r.*, m.not_after from message m
    join journey_run r on r.organization_id = m.organization_id and r.campaign_id::text = m.campaign and r.patient_id = m.patient_id and r.id = ${runId}::uuid
    where m.organization_id = ${ctx.organizationId} and m.id = ${failed.messageId}`.execute(ctx.db)
  const run = rows[0]
  if (!run || run.pass !== Number(pass) || !(await shareRunning(ctx.tx, ctx.organizationId, run.campaign_id))) return
  const definition = await findDefinition(ctx.db, ctx.organizationId, run.campaign_id, run.version)
  const step = stepsOf(definition?.path ?? []).find(({ id }) => id === node)
  if (step?.kind !== 'send' || step.how !== 'ladder') return
  const next = step.channels?.[step.channels.indexOf(failed.channel) + 1]
  if (!next) return
  await sendMessages(ctx, [
    {
      patientId: run.patient_id,
      template: step.template,
      touch: failed.touch,
      values: step.values,
      channels: [next],
      campaign: run.campaign_id,
      greeting: isGreeting(definition!),
      source: 'campaign',
      sourceKey: run.id,
      ...(run.not_after ? { notAfter: run.not_after } : {}),
    },
  ])
}
