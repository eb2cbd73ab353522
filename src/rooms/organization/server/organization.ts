import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import type { InputOf } from '../../../platform/contract/index.ts'
import type { changeOrganization } from '../contract/organization.ts'
import { organizationProblem } from '../contract/problems.ts'
import type { SettingsDocument } from '../contract/settings.ts'
import { changedFields, isTimeZone, type SettingsPart } from './rules.ts'
import { findOrganization, findSettings, updateOrganization } from './store.ts'

/** What every signed-in person sees of the house they work for. */
export async function showOrganization(ctx: ReadContext) {
  const row = await findOrganization(ctx.db, ctx.organizationId)
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    nameEn: row.name_en,
    timeZone: row.time_zone,
    locale: row.locale,
    phone: row.phone ?? '',
    address: row.address ?? '',
    logo: row.logo_file?.slice(0, 16) ?? null,
    version: row.version,
  }
}

export async function reviseOrganization(ctx: WriteContext, body: InputOf<typeof changeOrganization>['body']) {
  const { version, name, nameEn, timeZone, locale, phone, address } = body
  if (!isTimeZone(timeZone)) throw organizationProblem('TimeZoneUnknown', { timeZone }, 'body.timeZone')
  const before = await showOrganization(ctx)
  const change = { name, name_en: nameEn, time_zone: timeZone, locale, phone, address }
  const next = await updateOrganization(ctx.tx, ctx.organizationId, change, version)
  if (!next) throw platformProblem('ChangedMeanwhile')
  ctx.audit.detail = { changed: changedFields(before, { name, nameEn, timeZone, locale, phone, address }) }
  return { version: next }
}

/** Hours, limits and policy of the organization, whole: what is not set has its default. */
export async function settingsOf(ctx: Pick<ReadContext, 'db' | 'organizationId'>): Promise<SettingsDocument> {
  return findSettings(ctx.db, ctx.organizationId)
}

/** Replaces one part of the settings document; the other part and the demo mark stay as they are. */
export async function reviseSettings(ctx: WriteContext, part: SettingsPart, version: number) {
  const { version: _version, ...before } = await findSettings(ctx.db, ctx.organizationId)
  const after = { ...before, ...part }
  const next = await updateOrganization(ctx.tx, ctx.organizationId, { settings: JSON.stringify(after) }, version)
  if (!next) throw platformProblem('ChangedMeanwhile')
  const changed = (['general', 'security'] as const).flatMap((key) => changedFields(before[key], after[key]))
  ctx.audit.detail = { changed }
  return { version: next }
}
