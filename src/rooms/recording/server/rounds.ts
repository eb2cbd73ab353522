import { instantAt } from '../../../platform/clock.ts'
import { systemActor, type Tenant } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import { removeParts } from '../../../platform/files/part-file.ts'
import { eraseOver, findFilesLeft, noteRemoved } from './erase-store.ts'
import { silentBefore } from './rules/life.ts'
import { overBefore, type ClassRule } from './rules/retention.ts'
import { rulesOf } from './settings.ts'
import { closeSilent } from './store.ts'

const AT_ONCE = 200

/** Closes what was begun and never ended: its browser is gone. @returns how many */
export function closeCutOff(house: House, tenant: Tenant): Promise<number> {
  const actor = systemActor(tenant.id, 'recording/close')
  return write(house, { tenant, actor }, (ctx) =>
    closeSilent(ctx.tx, ctx.organizationId, { silentSince: silentBefore(ctx.clock.now()) }),
  )
}

/**
 * Takes away what was kept long enough, by the rules as they are now; each with its own entry in the log. Then removes
 * the sealed bytes of whatever has lost its key: after the commit, since a file cannot be taken back.
 * @returns how many recordings
 */
export async function eraseKept(house: House, tenant: Tenant): Promise<number> {
  const { classes } = await rulesOf({ db: house.databases.of(tenant.id), organizationId: tenant.id })
  let erased = 0
  for (const rule of classes)
    for (let some = AT_ONCE; some === AT_ONCE; erased += some) some = await eraseSome(house, tenant, rule)
  await removeFiles(house, tenant)
  return erased
}

function eraseSome(house: House, tenant: Tenant, { code, keepMonths }: ClassRule): Promise<number> {
  const actor = systemActor(tenant.id, 'recording/retention')
  return write(house, { tenant, actor }, async (ctx) => {
    const before = instantAt(overBefore(ctx.today, keepMonths), 0, tenant.timeZone)
    const rule = `${code}: ${keepMonths}`
    const now = ctx.clock.now()
    const rows = await eraseOver(ctx.tx, ctx.organizationId, { of: code, before, rule, now, limit: AT_ONCE })
    for (const { id, patient_id } of rows)
      await house.recordAudit(
        ctx.tx,
        {
          organizationId: tenant.id,
          actor,
          action: 'recording.erase',
          outcome: 'done',
          patientId: patient_id,
          subjectId: id,
          detail: { class: code, months: keepMonths },
          requestId: null,
          address: null,
        },
        now,
        house.ids,
      )
    return rows.length
  })
}

async function removeFiles(house: House, tenant: Tenant): Promise<void> {
  const db = house.databases.of(tenant.id)
  for (;;) {
    const ids = await findFilesLeft(db, tenant.id, AT_ONCE)
    for (const id of ids) {
      await removeParts(house.files.folder, tenant.id, id)
      await noteRemoved(db, tenant.id, id, house.clock.now())
    }
    if (ids.length < AT_ONCE) return
  }
}
