import type { WriteContext } from '../../../platform/context/context.ts'
import { maskEmail, type InputOf } from '../../../platform/contract/index.ts'
import { brokenConstraint } from '../../../platform/database/database.ts'
import { findStaff, staffNames } from '../../staff/server/index.ts'
import { messageProblem } from '../contract/problems.ts'
import type { saveDraft as saveEndpoint, TemplateDefinition } from '../contract/template.ts'
import { findingsOf, lengthWarnings } from './findings.ts'
import { notifyStaff } from './notice.ts'
import { compileBlocks } from './compile/compile.ts'
import { readOffice } from './office.ts'
import { leaksOf } from './rules/private-content.ts'
import { keepsFromTrial } from './rules/trial.ts'
import {
  deleteDraft,
  findVersions,
  insertDraft,
  lockDraft,
  retirePublished,
  updateTemplate,
  type TemplateRow,
} from './template-store.ts'
import { previewOf } from './template-view.ts'
import { templatesInForce } from './templates.ts'

/**
 * Begins or changes the draft. It may be unfinished; what the check finds comes back and forbids publishing only.
 * @throws Problem TemplateChangedMeanwhile, TemplateUnfit when the code in it is another
 */
export async function saveDraft(ctx: WriteContext, code: string, body: InputOf<typeof saveEndpoint>['body']) {
  const { revision, ownerId, reviewOn, expiresOn } = body
  if (body.definition.code !== code) throw messageProblem('TemplateUnfit', { count: 1 }, 'body.definition.code')
  const definition = await compileBlocks(body.definition)
  const draft = await lockDraft(ctx.tx, ctx.organizationId, code)
  if ((draft?.revision ?? null) !== revision)
    throw messageProblem('TemplateChangedMeanwhile', { by: await lastEditor(ctx, draft) })
  const now = ctx.clock.now()
  const me = ctx.actor.id!
  const upkeep = { owner_id: ownerId, review_on: reviewOn, expires_on: expiresOn, updated_at: now }
  const findings = await findingsOf(ctx, definition)
  const warnings = await lengthWarnings(ctx, definition)
  ctx.audit.detail = { code, findings: findings.length }
  if (draft) {
    const editedBy = [...draft.edited_by.filter((id) => id !== me), me]
    await updateTemplate(ctx.tx, ctx.organizationId, code, draft.version, {
      definition,
      ...upkeep,
      edited_by: editedBy,
      revision: draft.revision + 1,
    })
    return { version: draft.version, revision: draft.revision + 1, findings, warnings }
  }
  const version = 1 + Math.max(0, ...(await findVersions(ctx.db, ctx.organizationId, code)).map((row) => row.version))
  const row = {
    organization_id: ctx.organizationId,
    code,
    version,
    state: 'draft' as const,
    definition,
    ...upkeep,
    author_id: me,
    author_name: ctx.actor.name,
  }
  try {
    await insertDraft(ctx.tx, {
      ...row,
      edited_by: [me],
      created_at: now,
      published_by: null,
      published_by_name: null,
      published_at: null,
      retired_at: null,
    })
  } catch (error) {
    if (!brokenConstraint(error)) throw error
    throw messageProblem('TemplateChangedMeanwhile', { by: '' })
  }
  return { version, revision: 1, findings, warnings }
}

async function lastEditor(ctx: WriteContext, draft: TemplateRow | undefined): Promise<string> {
  const id = draft?.edited_by.at(-1)
  return id ? ((await staffNames(ctx, [id])).get(id) ?? '') : ''
}

export async function dropDraft(ctx: WriteContext, code: string) {
  ctx.audit.detail = { code }
  return { dropped: await deleteDraft(ctx.tx, ctx.organizationId, code) }
}

/**
 * Puts the draft in force. Two people: whoever wrote a word of it may not publish it, and what is published is exactly
 * what was read (`revision`).
 * @throws Problem TemplateDraftMissing, TemplateChangedMeanwhile, TemplateOwnHand, TemplateUnfit
 */
export async function publishDraft(ctx: WriteContext, code: string, revision: number) {
  const draft = await lockDraft(ctx.tx, ctx.organizationId, code)
  if (!draft) throw messageProblem('TemplateDraftMissing')
  if (draft.revision !== revision)
    throw messageProblem('TemplateChangedMeanwhile', { by: await lastEditor(ctx, draft) })
  if (draft.edited_by.includes(ctx.actor.id!)) throw messageProblem('TemplateOwnHand')
  const findings = await findingsOf(ctx, draft.definition as TemplateDefinition)
  if (findings.length > 0) throw messageProblem('TemplateUnfit', { count: findings.length })
  const now = ctx.clock.now()
  await retirePublished(ctx.tx, ctx.organizationId, code, now)
  const published = {
    state: 'published' as const,
    published_by: ctx.actor.id,
    published_by_name: ctx.actor.name,
    published_at: now,
  }
  await updateTemplate(ctx.tx, ctx.organizationId, code, draft.version, published)
  ctx.audit.detail = { code, version: draft.version }
  return { version: draft.version }
}

/**
 * Sends a template to one's own address: the draft if there is one, filled with a fictitious person.
 * @throws Problem TemplateUnknown, TemplateUnfit, NoStaffEmail
 */
export async function sendTrial(ctx: WriteContext, code: string, locale: 'zh-CN' | 'en') {
  const staff = ctx.actor.id ? await findStaff(ctx, ctx.actor.id) : undefined
  if (!staff?.email) throw messageProblem('NoStaffEmail')
  const draft = (await findVersions(ctx.db, ctx.organizationId, code)).find((row) => row.state === 'draft')
  const definition =
    (draft?.definition as TemplateDefinition | undefined) ?? (await templatesInForce(ctx, [code])).get(code)?.definition
  if (!definition) throw messageProblem('TemplateUnknown', { code })
  const preview = await previewOf(ctx, definition, 'mail')
  const content = preview[locale === 'en' ? 'en' : 'zh']
  // Read as it goes out, too: what stands apart in the template may come together in the mail.
  const leaks = content ? leaksOf(content, [(await readOffice(ctx)).from.phone]).length : 1
  const unfit = preview.findings.filter(keepsFromTrial).length + leaks
  if (!content || unfit > 0) throw messageProblem('TemplateUnfit', { count: unfit })
  const name = definition.name[locale === 'en' ? 'en' : 'zh']
  await notifyStaff(ctx, staff.id, {
    kind: 'template-trial',
    values: { name },
    link: `/message-templates/${code}`,
    sourceKey: `trial:${ctx.ids.next()}`,
    content,
  })
  ctx.audit.detail = { code }
  return { toMasked: maskEmail(staff.email) }
}
