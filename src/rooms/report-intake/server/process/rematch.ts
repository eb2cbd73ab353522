import { sql } from 'kysely'
import { on } from '../../../../platform/context/room.ts'
import type { Listener } from '../../../../platform/context/room.ts'
import type { WriteContext } from '../../../../platform/context/context.ts'
import { patientChanged, patientRegistered } from '../../../patient/contract/events.ts'
import { matchPatients, patientSummary } from '../../../patient/server/index.ts'
import { toMatch, type SentPerson } from './person.ts'

const LOOKED_AT = 200
/** Changes that can make somebody known who was not. */
const TELLING = new Set(['name', 'birthDate', 'paper', 'phone', 'recordNumber'])

/** Somebody has just been registered or corrected: who waits in the queue under their name or number may now be sure. */
export const rematchListeners: readonly Listener[] = [
  on(patientRegistered, 'match waiting reports', (ctx, { patientId }) => rematch(ctx, patientId)),
  on(patientChanged, 'match waiting reports', (ctx, { patientId, fields }) =>
    fields.some((field) => TELLING.has(field)) ? rematch(ctx, patientId) : Promise.resolve(),
  ),
]

interface Waiting {
  id: string
  identity_sealed: Buffer
}

async function rematch(ctx: WriteContext, patientId: string): Promise<void> {
  const person = await patientSummary(ctx, patientId)
  if (!person) return
  const { rows } = await sql<Waiting>`
    (select id, identity_sealed from unmatched_person
      where organization_id = ${ctx.organizationId} and state = 'open' and reason <> 'identity-differs' and name = ${person.name} limit ${LOOKED_AT})
    union all
    (select id, identity_sealed from unmatched_person
      where organization_id = ${ctx.organizationId} and state = 'open' and reason <> 'identity-differs' and name <> ${person.name}
        and record_number = ${person.recordNumber} limit ${LOOKED_AT})`.execute(ctx.tx)
  if (rows.length === 0) return
  const matches = await matchPatients(
    ctx,
    rows.map((row) => toMatch(JSON.parse(ctx.sealer.open(ctx.organizationId, row.identity_sealed)) as SentPerson)),
  )
  for (const [index, match] of matches.entries())
    if ('patientId' in match) await settleAs(ctx, rows[index]!.id, { patientId: match.patientId, how: 'matched-later' })
}

/** Settles somebody who waits; their messages are read again and filed. @returns false when somebody else was faster */
export async function settleAs(
  ctx: WriteContext,
  personId: string,
  decision: { patientId: string; how: 'chosen' | 'registered' | 'matched-later'; version?: number },
): Promise<boolean> {
  const isPerson = ctx.actor.kind === 'staff'
  const settled = await sql`
    update unmatched_person set state = 'settled', patient_id = ${decision.patientId}, settled_how = ${decision.how},
      settled_by = ${isPerson ? ctx.actor.id : null}, settled_by_name = ${ctx.actor.name}, settled_at = ${ctx.clock.now()}, version = version + 1
    where organization_id = ${ctx.organizationId} and id = ${personId} and state <> 'settled'
      and ${decision.version === undefined ? sql`true` : sql`version = ${decision.version}`}`.execute(ctx.tx)
  if (settled.numAffectedRows === 0n) return false
  await readAgain(ctx, personId)
  return true
}

/** Everything that holds reports of this person is read again; what is filed already is known as such. */
export async function readAgain(ctx: WriteContext, personId: string): Promise<void> {
  await sql`
    update intake set state = 'received', reason = '' where organization_id = ${ctx.organizationId}
      and id in (select intake_id from unmatched_report where organization_id = ${ctx.organizationId} and person_id = ${personId})
      and state in ('needs-person', 'set-aside', 'filed', 'duplicate')`.execute(ctx.tx)
}
