import { sql } from 'kysely'
import { growth } from '../../../clinical/index.ts'
import { addDays } from '../../../platform/clock.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import { staffInRole } from '../../staff/server/index.ts'
import content from '../content/demonstration.json' with { type: 'json' }
import type { EnrolmentView } from '../contract/growth.ts'
import { SHIPPED } from './content.ts'
import { enrol } from './enrol.ts'
import { settle, sumUp } from './items.ts'
import { keepBoneAge, keepProfile } from './profile.ts'
import { OWN_CODE } from './reference.ts'

type Child = (typeof content.children)[number]

/**
 * What a demonstration shows: two of its schoolchildren in the programme, with the heights that their check-ups have
 * measured over the years. Nothing happens where somebody is enrolled already, or where there are no such children.
 */
export async function furnishGrowth(ctx: WriteContext): Promise<void> {
  const [manager] = await staffInRole(ctx, 'service-manager')
  const known = await ctx.tx
    .selectFrom('growth_enrolment')
    .select('id')
    .where('organization_id', '=', ctx.organizationId)
    .limit(1)
    .executeTakeFirst()
  if (!manager || known) return
  const asManager: WriteContext = {
    ...ctx,
    actor: { ...ctx.actor, id: manager.id, name: manager.name, kind: 'system' },
  }
  for (const child of content.children) {
    const person = await aSchoolchild(ctx, child.sex)
    if (person) await furnishOne(asManager, person, child)
  }
}

/** Between eight and twelve, so that neither end of the programme is near. */
async function aSchoolchild(ctx: WriteContext, sex: string) {
  const { rows } = await sql<{ id: string; birth_date: string; guardian: { name?: string } | null }>`
    select p.id, p.birth_date, p.guardian from patient p where p.organization_id = ${ctx.organizationId} and p.state = 'active'
      and p.sex = ${sex} and p.manager_id is not null
      and p.birth_date between ${addDays(ctx.today, -12 * 366)}::date and ${addDays(ctx.today, -(8 * 366 + 400))}::date
      and (select count(*) from observation o where o.organization_id = p.organization_id and o.patient_id = p.id
        and o.code = 'height' and o.superseded_by is null) >= 3
    order by p.id limit 1`.execute(ctx.tx)
  return rows[0]
}

async function furnishOne(
  ctx: WriteContext,
  { id, birth_date, guardian }: { id: string; birth_date: string; guardian: { name?: string } | null },
  child: Child,
): Promise<void> {
  const { fatherCm, motherCm, parentsMeasured, gestationWeeks } = child
  await keepProfile(ctx, id, { fatherCm, motherCm, parentsMeasured, gestationWeeks, reference: OWN_CODE, version: 0 })
  const enrolment = await enrol(ctx, id, {
    consent: {
      relation: child.consentBy as 'mother' | 'father',
      name: guardian?.name ?? '家长',
      givenOn: addDays(ctx.today, -child.daysAgo),
      way: 'paper',
      textVersion: SHIPPED.programme.consent.version,
    },
  })
  await ctx.tx
    .updateTable('growth_enrolment')
    .set({ started_on: addDays(ctx.today, -child.daysAgo) })
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', enrolment.id)
    .execute()
  await doItems(ctx, id, enrolment, child.done)
  if (child.stage) await sumUp(ctx, id, { year: 1, note: child.stage })
  if (child.boneAge) {
    const { daysAgo, differs, method, reader } = child.boneAge
    const filmOn = addDays(ctx.today, -daysAgo)
    const boneYears = Math.round((growth.ageBetween(birth_date, filmOn).years + differs) * 10) / 10
    await keepBoneAge(ctx, id, { filmOn, boneYears, method: method as 'china-05', reader, note: '' })
  }
}

async function doItems(ctx: WriteContext, patientId: string, { items }: EnrolmentView, done: readonly string[]) {
  for (const [n, result] of done.entries()) {
    const item = items[n]
    if (item) await settle(ctx, patientId, item.id, { state: 'done', result, version: item.version })
  }
}
