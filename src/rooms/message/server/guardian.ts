import { sql } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import { closeTask, createTasks } from '../../task/server/index.ts'
import type { GuardianReason } from '../contract/words.ts'
import { loadAddressees } from './facts-store.ts'
import { insertEvents } from './store.ts'
import './table.ts'

/** In both languages, since whoever does the task may read either. */
const TITLES: Record<GuardianReason, { zh: string; en: string }> = {
  'guardian-missing': {
    zh: '补登监护人：孩子未满 14 岁，有消息等着发给家长',
    en: 'Enter the guardian: messages about a child under 14 are waiting',
  },
  'guardian-address-missing': {
    zh: '补登监护人邮箱：孩子未满 14 岁，消息不能发到孩子自己的邮箱',
    en: 'Enter the guardian’s e-mail: messages about a child under 14 do not go to the child’s own',
  },
}

const taskOf = (patientId: string) => ({ source: 'message', sourceKey: `guardian:${patientId}` })

/** Asks once per child, however many messages wait: their manager, or whoever takes it from the pool. */
export async function askForGuardians(
  ctx: WriteContext,
  waiting: readonly { patientId: string; reason: string | null }[],
): Promise<void> {
  const reasons = new Map(
    waiting.flatMap(({ patientId, reason }) => (isGuardianReason(reason) ? [[patientId, reason] as const] : [])),
  )
  if (reasons.size === 0) return
  const { rows } = await sql<{ id: string; manager_id: string | null }>`
    select id, manager_id from patient
    where organization_id = ${ctx.organizationId} and id = any(${[...reasons.keys()]}::uuid[])`.execute(ctx.db)
  await createTasks(
    ctx,
    rows.map(({ id, manager_id }) => ({
      type: 'other' as const,
      title: TITLES[reasons.get(id)!],
      patientId: id,
      ownerId: manager_id,
      ...taskOf(id),
    })),
  )
}

function isGuardianReason(reason: string | null): reason is GuardianReason {
  return reason !== null && reason in TITLES
}

const FIELDS = new Set(['guardian', 'guardianEmail', 'birthDate', 'paper', 'email'])

/** Somebody has entered whom to write to: what waited for it goes out now, and the task is done. */
export async function resumeForGuardian(
  ctx: WriteContext,
  { patientId, fields }: { patientId: string; fields: readonly string[] },
): Promise<void> {
  if (!fields.some((field) => FIELDS.has(field))) return
  const { rows } = await sql<{ id: string }>`
    update message set next_at = ${ctx.clock.now()}, reason = null
    where organization_id = ${ctx.organizationId} and patient_id = ${patientId} and state in ('planned', 'deferred')
      and reason = any(${Object.keys(TITLES)}::text[]) returning id`.execute(ctx.tx)
  await insertEvents(
    ctx,
    rows.map(({ id }) => ({ messageId: id, kind: 'tried-again' })),
  )
  const person = (await loadAddressees(ctx, [patientId]))
    .get(patientId)
    ?.person('service', 'email', { topic: 'service', urgent: false })
  const isSettled = person && (!person.isChild || (person.hasGuardian && !person.ownAddressOnly))
  if (isSettled) await closeTask(ctx, taskOf(patientId), { state: 'completed' })
}
