import { z } from 'zod'
import type { ReadContext } from '../../../platform/context/context.ts'
import content from '../content/templates.json' with { type: 'json' }
import { templateDefinition, type TemplateDefinition } from '../contract/template.ts'
import { isOwnLink } from './rules/compose.ts'
import './table.ts'

/** The templates that come with Peiban; an organization's own version takes the place of one. */
export const shippedTemplates: readonly TemplateDefinition[] = z.array(templateDefinition).parse(content.templates)
const shippedByCode = new Map(shippedTemplates.map((template) => [template.code, template]))

/** A template in force. Version 0 is the shipped one. */
export interface InForce {
  definition: TemplateDefinition
  version: number
}

type Reader = Pick<ReadContext, 'db' | 'organizationId' | 'today'>

export function shippedTemplate(code: string): TemplateDefinition | undefined {
  return shippedByCode.get(code)
}

/** The templates of these codes that may be sent today; one that has expired or does not exist is missing. */
export async function templatesInForce(
  { db, organizationId, today }: Reader,
  codes: readonly string[],
): Promise<Map<string, InForce>> {
  if (codes.length === 0) return new Map()
  const rows = await db
    .selectFrom('message_template')
    .select(['code', 'version', 'definition', 'expires_on'])
    .where('organization_id', '=', organizationId)
    .where('state', '=', 'published')
    .where('code', 'in', [...new Set(codes)])
    .execute()
  const own = new Map(rows.map((row) => [row.code, row]))
  const found = new Map<string, InForce>()
  for (const code of new Set(codes)) {
    const row = own.get(code)
    const shipped = shippedByCode.get(code)
    if (row) {
      if (!row.expires_on || row.expires_on > today)
        found.set(code, { definition: row.definition as TemplateDefinition, version: row.version })
    } else if (shipped) found.set(code, { definition: shipped, version: 0 })
  }
  return found
}

/** Which of these, in force, bring a link of their own: a button that leads to one page instead of the sign-in. */
export async function linkTemplates(ctx: Reader, codes: readonly string[]): Promise<Set<string>> {
  const inForce = await templatesInForce(ctx, codes)
  return new Set([...inForce].flatMap(([code, { definition }]) => (definition.variables.some(isOwnLink) ? [code] : [])))
}

/** Which of these templates have passed their day: nothing of them is sent, and whoever asks is told so. */
export async function expiredTemplates(
  { db, organizationId, today }: Reader,
  codes?: readonly string[],
): Promise<Set<string>> {
  if (codes?.length === 0) return new Set()
  const rows = await db
    .selectFrom('message_template')
    .select('code')
    .where('organization_id', '=', organizationId)
    .where('state', '=', 'published')
    .where('expires_on', '<=', today)
    .$if(codes !== undefined, (query) => query.where('code', 'in', [...new Set(codes)]))
    .execute()
  return new Set(rows.map(({ code }) => code))
}

/** The name of a template for lists, also of one that is not in force any more. */
export function templateNames(templates: ReadonlyMap<string, InForce>, code: string, language: 'zh' | 'en'): string {
  return (templates.get(code)?.definition ?? shippedByCode.get(code))?.name[language] ?? code
}
