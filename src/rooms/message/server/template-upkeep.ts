import { systemActor, type Tenant } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import { staffInRole } from '../../staff/server/index.ts'
import type { TemplateDefinition } from '../contract/template.ts'
import { notifyStaff } from './notice.ts'
import { alarmOf } from './rules/upkeep.ts'
import { findStanding } from './template-store.ts'

/**
 * Tells whoever keeps a template that it ends: two weeks before, three days before, and when it is not sent any more; and
 * once that it is to be looked over. A template without a keeper is told to all who write templates.
 */
export async function alarmOfUpkeep(house: House, tenant: Tenant): Promise<void> {
  const today = house.clock.today(tenant.timeZone)
  const standing = await findStanding(house.databases.of(tenant.id), tenant.id)
  const due = standing.flatMap((row) => {
    const alarm =
      row.state === 'published' ? alarmOf({ reviewOn: row.review_on, expiresOn: row.expires_on }, today) : undefined
    return alarm ? [{ row, alarm }] : []
  })
  if (due.length === 0) return
  await write(house, { tenant, actor: systemActor(tenant.id, 'message/template-upkeep') }, async (ctx) => {
    const editors = (await staffInRole(ctx, 'content-editor')).map(({ id }) => id as string)
    for (const { row, alarm } of due)
      for (const staffId of row.owner_id ? [row.owner_id] : editors)
        await notifyStaff(ctx, staffId, {
          kind: alarm.kind === 'ends' ? 'template-ends' : 'template-review',
          values: {
            name: (row.definition as TemplateDefinition).name.zh,
            day: alarm.kind === 'ends' ? row.expires_on : row.review_on,
          },
          link: `/message-templates/${row.code}`,
          sourceKey: `template-${alarm.kind}:${row.code}:${row.version}:${alarm.stage}`,
        })
  })
}
