import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { InputOf } from '../../../platform/contract/index.ts'
import { fieldProblem, fieldType } from '../../../platform/wechat/fields.ts'
import type { PlatformTemplate, putPlatformTemplate } from '../contract/template.ts'
import { wechatProblem } from '../contract/problems.ts'
import { KIND_OF } from '../contract/words.ts'
import { findAccounts } from './account-store.ts'
import { requireAccount } from './account.ts'
import { templateView } from './template-view.ts'
import { deleteTemplate, findTemplates, putTemplate as store, type TemplateRow } from './template-store.ts'

export async function listTemplates(ctx: ReadContext) {
  const accounts = await findAccounts(ctx.db, ctx.organizationId)
  return {
    accounts: accounts.map(({ id, kind, name, active }) => ({ id: id as never, kind, name, active })),
    rows: (await findTemplates(ctx.db, ctx.organizationId)).map(templateView),
  }
}

/**
 * Enters a template; one that the platform had refused may be tried again from then on.
 * @throws Problem WeChatAccountUnknown, WeChatChannelOfOther, WeChatFieldUnknown, WeChatFieldTwice, WeChatEnumEmpty
 */
export async function putTemplate(
  ctx: WriteContext,
  { accountId, templateId }: InputOf<typeof putPlatformTemplate>['params'],
  body: InputOf<typeof putPlatformTemplate>['body'],
): Promise<PlatformTemplate> {
  const account = await requireAccount(ctx, accountId)
  if (KIND_OF[body.channel] !== account.kind) throw wechatProblem('WeChatChannelOfOther', {}, 'body.channel')
  for (const { key, allowed } of body.fields) {
    if (fieldProblem(key, '1')?.problem === 'unknown-type') throw wechatProblem('WeChatFieldUnknown', { field: key })
    if (['enum', 'const'].includes(fieldType(key)) && allowed.length === 0)
      throw wechatProblem('WeChatEnumEmpty', { field: key })
  }
  const twice = body.fields.find(({ key }, at) => body.fields.findIndex((one) => one.key === key) !== at)
  if (twice) throw wechatProblem('WeChatFieldTwice', { field: twice.key })
  const row: TemplateRow = {
    organization_id: ctx.organizationId,
    account_id: accountId,
    template_id: templateId,
    ...body,
    lasting: body.channel === 'wechat-template' ? false : body.lasting,
    fault_code: null,
    fault_text: null,
    fault_at: null,
    changed_by: ctx.actor.id,
    changed_by_name: ctx.actor.name,
    changed_at: ctx.clock.now(),
  }
  await store(ctx.tx, row)
  ctx.audit.detail = { templateId, fields: body.fields.length }
  return templateView(row)
}

export async function dropTemplate(
  ctx: WriteContext,
  { accountId, templateId }: InputOf<typeof putPlatformTemplate>['params'],
): Promise<{ dropped: boolean }> {
  ctx.audit.detail = { templateId }
  return { dropped: await deleteTemplate(ctx.tx, ctx.organizationId, accountId, templateId) }
}
