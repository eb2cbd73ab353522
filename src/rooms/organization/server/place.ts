import type { WriteContext } from '../../../platform/context/context.ts'
import type { Problem } from '../../../platform/contract/index.ts'
import { brokenConstraint } from '../../../platform/database/database.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { organizationProblem } from '../contract/problems.ts'
import { insertDepartment, insertSite, updateDepartment, updateSite, type DepartmentFields, type SiteFields } from './place-store.ts'

const REFUSALS: Record<string, () => Problem> = {
  site_name_taken: () => organizationProblem('SiteNameTaken', {}, 'body.name'),
  department_name_taken: () => organizationProblem('DepartmentNameTaken', {}, 'body.name'),
  department_site: () => organizationProblem('SiteUnknown', {}, 'body.siteId'),
  department_lead: () => organizationProblem('LeadUnknown', {}, 'body.leadId'),
}

/** Runs a statement and says a broken constraint in our words. */
async function explained<T>(run: Promise<T>): Promise<T> {
  try {
    return await run
  } catch (error) {
    throw REFUSALS[brokenConstraint(error) ?? '']?.() ?? error
  }
}

export async function openSite(ctx: WriteContext, fields: SiteFields) {
  const id = ctx.ids.next()
  await explained(insertSite(ctx.tx, ctx.organizationId, id, fields, ctx.clock.now()))
  ctx.audit.subjectId = id
  ctx.audit.detail = { name: fields.name }
  return { id }
}

export async function reviseSite(ctx: WriteContext, siteId: string, body: SiteFields & { active: boolean; version: number }) {
  const { version, ...change } = body
  const next = await explained(updateSite(ctx.tx, ctx.organizationId, siteId, change, version))
  if (!next) throw platformProblem('ChangedMeanwhile')
  ctx.audit.detail = { name: change.name, active: change.active }
  return { version: next }
}

export async function openDepartment(ctx: WriteContext, fields: DepartmentFields) {
  const id = ctx.ids.next()
  await explained(insertDepartment(ctx.tx, ctx.organizationId, id, fields, ctx.clock.now()))
  ctx.audit.subjectId = id
  ctx.audit.detail = { ...fields }
  return { id }
}

export async function reviseDepartment(
  ctx: WriteContext,
  departmentId: string,
  body: DepartmentFields & { active: boolean; version: number },
) {
  const { version, ...change } = body
  const next = await explained(updateDepartment(ctx.tx, ctx.organizationId, departmentId, change, version))
  if (!next) throw platformProblem('ChangedMeanwhile')
  ctx.audit.detail = { ...change }
  return { version: next }
}
