import type { PlatformTemplate } from '../contract/template.ts'
import type { TemplateRow } from './template-store.ts'

export function templateView(row: TemplateRow): PlatformTemplate {
  return {
    accountId: row.account_id as never,
    templateId: row.template_id,
    channel: row.channel,
    title: row.title,
    category: row.category,
    lasting: row.lasting,
    fields: row.fields,
    fault: faultOf(row),
    changedBy: row.changed_by_name,
    changedAt: row.changed_at.toISOString(),
  }
}

/** Why the platform takes nothing by an account or a template, as it last said. */
export function faultOf(row: { fault_code: string | null; fault_text: string | null; fault_at: Date | null }) {
  const { fault_code: code, fault_text: text, fault_at: at } = row
  return code !== null && at ? { code, text: text ?? '', at: at.toISOString() } : null
}
