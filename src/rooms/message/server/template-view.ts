import frame from '../content/mail-frame.json' with { type: 'json' }
import type { ReadContext } from '../../../platform/context/context.ts'
import type { StaffId } from '../../../platform/contract/index.ts'
import { smsAccountOf } from '../../sms/server/index.ts'
import { staffNames } from '../../staff/server/index.ts'
import { segmentsOf } from '../contract/block.ts'
import { messageProblem } from '../contract/problems.ts'
import type { TemplateDefinition, TemplateFinding, TemplateLine } from '../contract/template.ts'
import type { TemplateWarning } from '../contract/template-warning.ts'
import { topicOf } from '../contract/topic.ts'
import { audiencesOf } from './block-audience.ts'
import { findingsOf, lengthWarnings } from './findings.ts'
import { readOffice, type Office } from './office.ts'
import { composeMail, type Content } from './rules/compose.ts'
import { isLiquidError } from './rules/liquid.ts'
import { compileProof } from './compile/compile.ts'
import { relativesReachedBy } from './rules/relatives-reached.ts'
import { upkeepOf } from './rules/upkeep.ts'
import { lastSent } from './template-use.ts'
import { findStanding, findVersions, listCodes, type TemplateRow } from './template-store.ts'
import { shippedTemplate } from './templates.ts'

type VersionInfo = Pick<
  TemplateLine,
  'version' | 'origin' | 'ownerId' | 'ownerName' | 'reviewOn' | 'expiresOn' | 'by' | 'at'
>

const SHIPPED: VersionInfo = {
  version: 0,
  origin: 'shipped',
  ownerId: null,
  ownerName: null,
  reviewOn: null,
  expiresOn: null,
  by: null,
  at: null,
}

function infoOf(row: TemplateRow, names: ReadonlyMap<string, string>): VersionInfo {
  return {
    version: row.version,
    origin: 'organization',
    ownerId: row.owner_id as StaffId | null,
    ownerName: row.owner_id ? (names.get(row.owner_id) ?? null) : null,
    reviewOn: row.review_on,
    expiresOn: row.expires_on,
    by: row.published_by_name ?? row.author_name,
    at: (row.published_at ?? row.updated_at).toISOString(),
  }
}

const mayDo = (ctx: ReadContext) => ({
  write: ctx.actor.permissions.has('message.template.write'),
  publish: ctx.actor.permissions.has('message.template.publish'),
})

/** The inventory: every template with its owner, last review and expiry (S3-33). */
export async function listTemplates(ctx: ReadContext) {
  const standing = await findStanding(ctx.db, ctx.organizationId)
  const names = await staffNames(
    ctx,
    standing.flatMap((row) => row.owner_id ?? []),
  )
  const used = await lastSent(ctx.db, ctx.organizationId)
  const account = (await smsAccountOf(ctx)) ?? null
  const published = new Map(standing.filter((row) => row.state === 'published').map((row) => [row.code, row]))
  const drafts = new Map(standing.filter((row) => row.state === 'draft').map((row) => [row.code, row]))
  const rows = (await listCodes(ctx.db, ctx.organizationId)).flatMap((code): TemplateLine[] => {
    const row = published.get(code)
    const shown = row ?? (shippedTemplate(code) ? undefined : drafts.get(code))
    const definition = (shown?.definition as TemplateDefinition | undefined) ?? shippedTemplate(code)
    if (!definition) return []
    const { name, occasion, purpose, channels, byHand } = definition
    const info = shown ? infoOf(shown, names) : SHIPPED
    return [
      {
        code,
        name,
        occasion,
        purpose,
        topic: topicOf(definition),
        channels,
        ladder: definition.ladder ?? [],
        byHand,
        ...info,
        hasDraft: drafts.has(code),
        upkeep: upkeepOf(info, ctx.today),
        knowledge: definition.knowledge ?? false,
        byBlocks: (definition.blocks ?? []).length > 0,
        lastSentAt: used.get(code)?.toISOString() ?? null,
        relatives: relativesReachedBy(code, (row?.definition as TemplateDefinition) ?? shippedTemplate(code), account),
        mine: info.ownerId !== null && info.ownerId === ctx.actor.id,
      },
    ]
  })
  return { rows, can: mayDo(ctx) }
}

/** One template whole. @throws Problem TemplateUnknown */
export async function showTemplate(ctx: ReadContext, code: string) {
  const versions = await findVersions(ctx.db, ctx.organizationId, code)
  const shipped = shippedTemplate(code)
  if (versions.length === 0 && !shipped) throw messageProblem('TemplateUnknown', { code })
  const names = await staffNames(
    ctx,
    versions.flatMap((row) => [...(row.owner_id ? [row.owner_id] : []), ...row.edited_by]),
  )
  const published = versions.find((row) => row.state === 'published')
  const draft = versions.find((row) => row.state === 'draft')
  const { write, publish } = mayDo(ctx)
  return {
    current: published
      ? { definition: published.definition as TemplateDefinition, ...infoOf(published, names) }
      : shipped
        ? { definition: shipped, ...SHIPPED }
        : null,
    draft: draft
      ? {
          definition: draft.definition as TemplateDefinition,
          ...infoOf(draft, names),
          revision: draft.revision,
          editors: draft.edited_by.map((id) => names.get(id) ?? ''),
          findings: await findingsOf(ctx, draft.definition as TemplateDefinition),
        }
      : null,
    history: versions
      .filter((row) => row.state !== 'draft')
      .map((row) => ({
        version: row.version,
        state: row.state as 'published' | 'retired',
        author: row.author_name,
        publishedBy: row.published_by_name,
        at: (row.published_at ?? row.created_at).toISOString(),
      })),
    builtIn: frame.builtIn.map(({ name, label }) => ({ name, label, example: exampleOf(name, ctx.tenant.name) })),
    relatives: relativesReachedBy(
      code,
      (published?.definition as TemplateDefinition) ?? shipped,
      (await smsAccountOf(ctx)) ?? null,
    ),
    can: {
      write,
      publish: publish && draft !== undefined && !draft.edited_by.includes(ctx.actor.id ?? ''),
      test: true,
    },
  }
}

function exampleOf(name: string, organization: string): { zh: string; en: string } {
  const { zh, en } = frame.fictitious
  if (name === 'greeting')
    return {
      zh: frame.zh.greeting.replace('{{ name }}', zh.name),
      en: frame.en.greeting.replace('{{ name }}', en.name),
    }
  if (name === 'name') return { zh: zh.name, en: en.name }
  return name === 'organization' ? { zh: organization, en: organization } : { zh: '', en: '' }
}

export interface Preview {
  zh: Content | null
  en: Content | null
  bytes: { zh: number; en: number }
  findings: TemplateFinding[]
  warnings: TemplateWarning[]
}

/** A template as a fictitious person would get it, with every block and whom it is for; a language that cannot be rendered is null, and the findings say why. */
export async function previewOf(
  ctx: ReadContext,
  given: TemplateDefinition,
  shownIn: 'staff-web' | 'mail' = 'staff-web',
): Promise<Preview> {
  const read = await readOffice(ctx)
  // Where staff look at it, pictures come from the page's own address.
  const office = shownIn === 'mail' ? read : { ...read, from: { ...read.from, web: '' } }
  const template = await compileProof(given, await audiencesOf(ctx, segmentsOf(given.blocks)))
  const [zh, en] = [tryCompose(template, 'zh', office), tryCompose(template, 'en', office)]
  const bytesOf = (content: Content | null) => (content ? Buffer.byteLength(content.text + content.html) : 0)
  return {
    zh,
    en,
    bytes: { zh: bytesOf(zh), en: bytesOf(en) },
    findings: await findingsOf(ctx, { ...template, blocks: given.blocks }),
    warnings: await lengthWarnings(ctx, template, read),
  }
}

function tryCompose(template: TemplateDefinition, language: 'zh' | 'en', office: Office): Content | null {
  const base = office.webAddress || 'https://example.org'
  const values = Object.fromEntries(template.variables.map((variable) => [variable.name, variable.example[language]]))
  const to = {
    name: frame.fictitious[language].name,
    viaGuardian: false,
    locale: language === 'en' ? ('en' as const) : ('zh-CN' as const),
  }
  const from = { ...office.from, link: office.from.link || `${base}/my` }
  try {
    return composeMail({
      template,
      values,
      to,
      from,
      unsubscribe: template.purpose === 'service' ? null : `${base}/u/…`,
    })
  } catch (error) {
    if (isLiquidError(error)) return null
    throw error
  }
}
