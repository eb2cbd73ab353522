import { sql, type Selectable } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { WeChatTemplateTable } from './table.ts'
import './table.ts'

export type TemplateRow = Selectable<WeChatTemplateTable>

export function findTemplates(db: Db, organizationId: string): Promise<TemplateRow[]> {
  return db
    .selectFrom('wechat_template')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .orderBy('title')
    .orderBy('template_id')
    .execute()
}

export async function putTemplate(tx: Transaction, row: TemplateRow): Promise<void> {
  const { organization_id: _organization, account_id: _account, template_id: _id, ...rest } = row
  const fields = JSON.stringify(row.fields) as never
  await tx
    .insertInto('wechat_template')
    .values({ ...row, fields })
    .onConflict((conflict) =>
      conflict.columns(['organization_id', 'account_id', 'template_id']).doUpdateSet({ ...rest, fields }),
    )
    .execute()
}

export async function deleteTemplate(
  tx: Transaction,
  organizationId: string,
  accountId: string,
  templateId: string,
): Promise<boolean> {
  const gone = await tx
    .deleteFrom('wechat_template')
    .where('organization_id', '=', organizationId)
    .where('account_id', '=', accountId)
    .where('template_id', '=', templateId)
    .executeTakeFirst()
  return gone.numDeletedRows > 0n
}

/** The platform takes nothing by this template. @returns whether that is news */
export async function noteTemplateFault(
  tx: Transaction,
  organizationId: string,
  template: { accountId: string; templateId: string },
  fault: { code: string; text: string },
  now: Date,
): Promise<boolean> {
  const { rows } = await sql`
    update wechat_template set fault_code = ${fault.code}, fault_text = ${fault.text.slice(0, 200)}, fault_at = ${now}
    where organization_id = ${organizationId} and account_id = ${template.accountId} and template_id = ${template.templateId}
      and fault_code is null returning template_id`.execute(tx)
  return rows.length > 0
}
