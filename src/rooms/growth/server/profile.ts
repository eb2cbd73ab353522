import type { WriteContext } from '../../../platform/context/context.ts'
import type { InputOf } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { requireVisible } from '../../patient/server/index.ts'
import type { addBoneAge, BoneAgeView, ProfileView, saveProfile } from '../contract/growth.ts'
import { growthProblem } from '../contract/problems.ts'
import { boneAgeView, profileView } from './course.ts'
import { checkDay } from './measure.ts'
import { insertBoneAge, saveProfileRow } from './profile-store.ts'
import { choices } from './reference.ts'

/** @throws Problem ChangedMeanwhile, ReferenceUnknown */
export async function keepProfile(
  ctx: WriteContext,
  patientId: string,
  { version, ...values }: InputOf<typeof saveProfile>['body'],
): Promise<ProfileView> {
  await requireVisible(ctx, patientId)
  if (!(await choices(ctx)).some(({ code }) => code === values.reference))
    throw growthProblem('ReferenceUnknown', { code: values.reference }, 'body.reference')
  const row = await saveProfileRow(
    ctx.tx,
    ctx.organizationId,
    { patientId, ...values, at: ctx.clock.now(), by: ctx.actor },
    version,
  )
  if (!row) throw platformProblem('ChangedMeanwhile')
  ctx.audit.detail = { reference: row.reference, version: row.version }
  return profileView(row)
}

/** @throws Problem MeasuredInFuture, MeasuredBeforeBirth, GrowthBirthDateWanted, ChangedMeanwhile */
export async function keepBoneAge(
  ctx: WriteContext,
  patientId: string,
  { corrects, ...body }: InputOf<typeof addBoneAge>['body'],
): Promise<BoneAgeView> {
  const person = await requireVisible(ctx, patientId)
  const birthDate = checkDay(ctx, person.birth_date, body.filmOn, 'body.filmOn')
  const row = {
    id: ctx.ids.next(),
    patient_id: patientId,
    film_on: body.filmOn,
    bone_years: body.boneYears,
    method: body.method,
    reader: body.reader,
    note: body.note,
    recorded_at: ctx.clock.now(),
    recorded_by: ctx.actor.id,
    recorded_by_name: ctx.actor.name,
    corrects: corrects ?? null,
  }
  if (!(await insertBoneAge(ctx.tx, ctx.organizationId, row))) throw platformProblem('ChangedMeanwhile')
  ctx.audit.subjectId = row.id
  return boneAgeView({ ...row, organization_id: ctx.organizationId, superseded_by: null, moved: [] }, birthDate)
}
