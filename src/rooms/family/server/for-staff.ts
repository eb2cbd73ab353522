import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { InputOf, OutputOf } from '../../../platform/contract/index.ts'
import { ageOn } from '../../../platform/clock.ts'
import { GUARDIAN_UNDER_YEARS } from '../../patient/contract/person.ts'
import { requireVisible } from '../../patient/server/index.ts'
import { codeTemplateOf } from '../../sms/server/index.ts'
import type { familyOf, inviteFor } from '../contract/staff.ts'
import { end, invite, momentOf, renewLink, soonOf, viewOf } from './family.ts'
import { findRelativesOf } from './store.ts'

/** What staff see of it, each beside the patient's word that it rests on. */
export async function listFor(ctx: ReadContext, patientId: string): Promise<OutputOf<typeof familyOf>> {
  const patient = await requireVisible(ctx, patientId)
  const moment = momentOf(ctx)
  const rows = (await findRelativesOf(ctx.db, ctx.organizationId, patientId)).map((row) => ({
    ...viewOf(row, moment),
    word: row.word_kind ? { kind: row.word_kind, note: row.word_note ?? '' } : null,
  }))
  return {
    rows,
    ownAgeSoonOn: soonOf(rows, moment),
    ready: (await codeTemplateOf(ctx)) !== undefined,
    isActive: patient.state === 'active',
    forGuardian: patient.birth_date !== null && ageOn(patient.birth_date, ctx.today) < GUARDIAN_UNDER_YEARS,
  }
}

export async function inviteOn(
  ctx: WriteContext,
  patientId: string,
  { word, ...given }: InputOf<typeof inviteFor>['body'],
): Promise<OutputOf<typeof inviteFor>> {
  await requireVisible(ctx, patientId)
  return invite(ctx, patientId, given, word)
}

export async function renewFor(ctx: WriteContext, patientId: string, id: string) {
  await requireVisible(ctx, patientId)
  return renewLink(ctx, patientId, id)
}

export async function endOn(ctx: WriteContext, patientId: string, id: string) {
  await requireVisible(ctx, patientId)
  return { ended: await end(ctx, { patientId, id }, 'staff') }
}
