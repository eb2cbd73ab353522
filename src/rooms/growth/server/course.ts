import { evaluate, growth, instrumentByCode } from '../../../clinical/index.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import { requireVisible } from '../../patient/server/index.ts'
import type { BoneAgeView, GrowthCourse, ProfileView, VelocityView } from '../contract/growth.ts'
import { signsInForce } from './content.ts'
import { measurementsOf } from './measured.ts'
import { coursesOf, placedHeights } from './points.ts'
import { findBoneAges, findProfile, type BoneAgeRow, type ProfileRow } from './profile-store.ts'
import { choices, nameOfPack, OWN_CODE, packOf } from './reference.ts'
import { signsOf } from './rules/signs.ts'

export interface Person {
  name: string
  sex: string
  birth_date: string | null
}

/** A child's growth as staff see it. */
export async function courseOf(ctx: ReadContext, patientId: string): Promise<GrowthCourse> {
  return readCourse(ctx, patientId, await requireVisible(ctx, patientId))
}

/** The same of a person who was found already; who may see it is the caller's business. */
export async function readCourse(ctx: ReadContext, patientId: string, person: Person): Promise<GrowthCourse> {
  const [profile, measured, boneAges, references] = [
    await findProfile(ctx.db, ctx.organizationId, patientId),
    await measurementsOf(ctx, patientId),
    await findBoneAges(ctx.db, ctx.organizationId, patientId),
    await choices(ctx),
  ]
  const pack = await packOf(ctx, profile?.reference)
  const limits = await signsInForce(ctx)
  const sex = person.sex === 'male' || person.sex === 'female' ? person.sex : undefined
  const { birth_date: birthDate } = person
  const measures = birthDate
    ? coursesOf({ birthDate, sex, gestationWeeks: profile?.gestation_weeks ?? null }, pack, measured)
    : []
  const heights = measures[0] ? placedHeights(measures[0]) : []
  const latest = growth.latestVelocity(heights) ?? null
  const target = targetOf(profile, sex)
  const targetZ = sex && target ? zOfGrown(pack, sex, target.targetCm) : null
  return {
    child: {
      name: person.name,
      sex: person.sex as GrowthCourse['child']['sex'],
      birthDate,
      ageYears: birthDate && birthDate <= ctx.today ? growth.ageBetween(birthDate, ctx.today).years : null,
    },
    refused: birthDate === null ? 'birth-date-unknown' : sex === undefined ? 'sex-unknown' : null,
    reference: nameOfPack(pack),
    references,
    measures,
    velocities: growth.velocities(heights).map(velocityView),
    latestVelocity: latest && velocityView(latest),
    target,
    boneAges: birthDate ? boneAges.map((row) => boneAgeView(row, birthDate)) : [],
    signs: sex ? signsOf({ sex, heights, latest, targetZ }, limits) : [],
    profile: profileView(profile),
    can: { write: ctx.actor.permissions.has('growth.write') },
  }
}

const velocityView = (velocity: growth.Velocity): VelocityView => ({ ...velocity })

/** Both parents' heights give a range to read the curve by; it foretells nothing. */
function targetOf(profile: ProfileRow | undefined, sex: growth.GrowthSex | undefined): GrowthCourse['target'] {
  if (!profile?.father_cm || !profile.mother_cm || !sex) return null
  const result = evaluate(instrumentByCode('mid-parental-height')!, {
    fatherCm: profile.father_cm,
    motherCm: profile.mother_cm,
    sex,
  })
  return result.refused ? null : (result.output as unknown as NonNullable<GrowthCourse['target']>)
}

/** Where a grown person's height stands at the reference's last age. */
function zOfGrown(pack: Parameters<typeof growth.placeIn>[0], sex: growth.GrowthSex, cm: number): number | null {
  const placed = growth.placeIn(pack, 'height', sex, { days: 6574, years: 18 }, cm)
  return 'z' in placed ? placed.z : null
}

export function profileView(profile: ProfileRow | undefined): ProfileView {
  return {
    fatherCm: profile?.father_cm ?? null,
    motherCm: profile?.mother_cm ?? null,
    parentsMeasured: profile?.parents_measured ?? false,
    gestationWeeks: profile?.gestation_weeks ?? null,
    reference: profile?.reference ?? OWN_CODE,
    version: profile?.version ?? 0,
  }
}

export function boneAgeView(row: BoneAgeRow, birthDate: string): BoneAgeView {
  return {
    id: row.id as BoneAgeView['id'],
    filmOn: row.film_on,
    boneYears: row.bone_years,
    ageYears: growth.ageBetween(birthDate, row.film_on).years,
    method: row.method,
    reader: row.reader,
    note: row.note,
    by: row.recorded_by_name,
  }
}
