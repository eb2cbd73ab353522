import { sql } from 'kysely'
import { addDays } from '../../../platform/clock.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import { staffInRole } from '../../staff/server/index.ts'
import content from '../content/demonstration.json' with { type: 'json' }
import { scanBody, type Organ } from '../contract/words.ts'
import { settle } from './act.ts'
import { add, register } from './scan.ts'
import { findSettings } from './setting-store.ts'
import { guidelineOf } from './systems.ts'
import { newestScanOf } from './store.ts'

/**
 * What a demonstration shows: the guidelines that its first doctor has set, and three nodules, one of each organ. A real
 * house sets its own. Nothing happens where a guideline is set already.
 */
export async function furnishNodules(ctx: WriteContext): Promise<void> {
  const [doctor] = await staffInRole(ctx, 'physician')
  if (!doctor || (await findSettings(ctx.tx, ctx.organizationId)).length > 0) return
  const asDoctor: WriteContext = {
    ...ctx,
    actor: { ...ctx.actor, id: doctor.id, name: doctor.name, kind: 'system' },
  }
  for (const { organ, system } of content.settings) await setGuideline(asDoctor, organ as Organ, system)
  const { rows: people } = await sql<{ id: string }>`
    select id from patient where organization_id = ${ctx.organizationId} and state = 'active' and sex = 'female'
      and birth_date < ${addDays(ctx.today, -40 * 365)} and doctor_id is not null
    order by id limit ${content.nodules.length}`.execute(ctx.tx)
  for (const [at, one] of content.nodules.entries()) {
    const person = people[at]
    if (person) await furnishOne(asDoctor, person.id, one)
  }
}

async function furnishOne(ctx: WriteContext, patientId: string, one: (typeof content.nodules)[number]): Promise<void> {
  const [first, ...later] = one.scans.map(({ daysAgo, ...scan }) =>
    scanBody.parse({ ...scan, on: addDays(ctx.today, -daysAgo) }),
  )
  const { organ, side, place } = one as { organ: Organ; side: 'left' | 'right'; place: string }
  const noduleId = await register(ctx, patientId, { organ, side, place, scan: first!, key: ctx.ids.next<string>() })
  for (const scan of later) await add(ctx, noduleId, { scan, key: ctx.ids.next<string>() })
  if (!one.settle) return
  const { scanId, version } = await newestScanOf(ctx.tx, ctx.organizationId, noduleId)
  const { system, category } = one.settle as { system: 'bi-rads'; category: string }
  await settle(ctx, noduleId, { scanId: scanId as never, system, category, because: one.settle.because, version })
}

async function setGuideline(ctx: WriteContext, organ: Organ, system: string): Promise<void> {
  const guideline = guidelineOf(system)!
  const definition = {
    system: guideline.system,
    rows: Object.fromEntries(guideline.rows.map(({ key, plan }) => [key, plan])),
    windowDays: 14,
    referDays: 14,
  }
  await ctx.tx
    .insertInto('nodule_setting')
    .values({
      organization_id: ctx.organizationId,
      organ,
      version: 1,
      definition: JSON.stringify(definition),
      set_by: ctx.actor.id!,
      set_by_name: ctx.actor.name,
      set_at: ctx.clock.now(),
    })
    .onConflict((c) => c.doNothing())
    .execute()
}
