import type { WriteContext } from '../../../platform/context/context.ts'
import { holdPromotion, sendMessage, workingDays } from '../../message/server/index.ts'
import { lockPatient, patientSummary } from '../../patient/server/index.ts'
import type { PermissionCode } from '../../staff/contract/permissions.ts'
import { GRANTS, permissionsOf, type Role } from '../../staff/contract/permissions.ts'
import { findStaff, staffInRole } from '../../staff/server/index.ts'
import texts from '../content/rating.json' with { type: 'json' }
import type { Category, Origin } from '../contract/words.ts'
import { giveTask, note } from './complaint.ts'
import { proposedDueOn } from './rules.ts'
import { findByKey, insertComplaint, type ComplaintRow } from './store.ts'

export interface RatingComplaint {
  /** Of the first version of the answer: the same answer opens one, however often it is told of. */
  key: string
  /** Who they are today. */
  patientId: string
  category: Category
  /** What they wrote; empty where they only chose. */
  words: string
  /** They wrote words of danger, which are not shown here. */
  withheld: boolean
  receivedOn: string
  origin: Origin
  /** Whom the organization has named for it. */
  ownerId: string | null
}

/**
 * Opens a complaint for a rating, with somebody who sees to it and a day, and tells the person that somebody will call;
 * whoever asked not to be called is not. @returns its id, or undefined where nobody in the house may see to complaints:
 * then it is tried again later
 */
export async function openForRating(ctx: WriteContext, given: RatingComplaint): Promise<string | undefined> {
  const patientId = await lockToday(ctx, given.patientId)
  const known = await findByKey(ctx.tx, ctx.organizationId, given.key)
  if (known) return known.id
  const ownerId = await ownerFor(ctx, given.ownerId, patientId)
  if (!ownerId) {
    ctx.log.error({ key: given.key }, 'nobody may see to a complaint')
    return undefined
  }
  const language = ctx.tenant.locale === 'en' ? 'en' : 'zh'
  const by = texts.by[language]
  const row: Omit<ComplaintRow, 'merge_ids'> = {
    organization_id: ctx.organizationId,
    id: ctx.ids.next<string & never>() as string,
    patient_id: patientId,
    key: given.key,
    state: 'open',
    category: given.category,
    channel: 'rating',
    words:
      given.words ||
      texts[given.withheld ? 'withheld' : 'noWords'][language].replace('{score}', String(given.origin.score)),
    speaker: 'person',
    relation: '',
    received_on: given.receivedOn,
    recorded_at: ctx.clock.now(),
    recorded_by: null,
    recorded_by_name: by,
    owner_id: ownerId,
    due_on: proposedDueOn(ctx.today, await workingDays(ctx, 'workdays')),
    closed_at: null,
    closed_by_name: null,
    outcome: null,
    outcome_text: null,
    version: 1,
    origin: given.origin,
  }
  if (!(await insertComplaint(ctx.tx, row))) return (await findByKey(ctx.tx, ctx.organizationId, given.key))?.id
  await note(ctx, row, 'recorded', '', { id: null, name: by })
  await holdPromotion(ctx, [{ patientId, kind: 'complaint', sourceKey: row.id }])
  await giveTask(ctx, row)
  if (given.origin.wantsContact !== false)
    await sendMessage(ctx, {
      patientId,
      template: 'complaint-received',
      touch: `complaint:${row.id}`,
      source: 'complaint',
      sourceKey: row.id,
    })
  return row.id
}

/** Whoever opens it beside us waits for the person's row; somebody who was merged stands for who they are now. */
async function lockToday(ctx: WriteContext, patientId: string): Promise<string> {
  let id = patientId
  for (let hop = 0; hop < 20; hop++) {
    const { state } = await lockPatient(ctx.tx, ctx.organizationId, id)
    const into = state === 'merged' ? (await patientSummary(ctx, id))?.mergedInto : undefined
    if (!into) return id
    id = into
  }
  return id
}

const SEES_TO: PermissionCode = 'complaint.record'

/** Whoever was named for it, else quality, since a complaint may be about the very people who look after the person; else those. */
async function ownerFor(ctx: WriteContext, ownerId: string | null, patientId: string): Promise<string | undefined> {
  const patient = await patientSummary(ctx, patientId)
  const [quality] = await staffInRole(ctx, 'quality-lead')
  for (const id of [ownerId, quality?.id, patient?.managerId, patient?.doctorId]) {
    const one = id ? await findStaff(ctx, id) : undefined
    if (one?.state === 'active' && permissionsOf(one.roles).has(SEES_TO)) return one.id
  }
  for (const role of Object.keys(GRANTS) as Role[])
    if (GRANTS[role].includes(SEES_TO)) {
      const [one] = await staffInRole(ctx, role)
      if (one) return one.id
    }
  return undefined
}

/** Who of these people has a complaint open. */
export async function openComplaintsAmong(
  { db, organizationId }: Pick<WriteContext, 'db' | 'organizationId'>,
  patientIds: readonly string[],
): Promise<Set<string>> {
  const rows = await db
    .selectFrom('complaint')
    .select('patient_id')
    .distinct()
    .where('organization_id', '=', organizationId)
    .where('patient_id', 'in', [...patientIds])
    .where('state', '=', 'open')
    .execute()
  return new Set(rows.map(({ patient_id }) => patient_id))
}
