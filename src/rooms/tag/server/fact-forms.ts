import type { ReadContext } from '../../../platform/context/context.ts'
import type { FactForms, OfferedChoice } from '../../../platform/condition/form.ts'
import type { TagDefinition } from '../contract/rule.ts'
import './table.ts'

async function offerTags({ db, organizationId }: ReadContext): Promise<OfferedChoice[]> {
  const rows = await db
    .selectFrom('tag_rule')
    .select(['code', 'definition'])
    .where('organization_id', '=', organizationId)
    .where('state', '=', 'published')
    .orderBy('code')
    .execute()
  return rows.map(({ code, definition }) => {
    const { name, group } = definition as TagDefinition
    return { code, name, group: group.name }
  })
}

/** How pages ask what conditions may ask of tags, and tell of it. */
export const tagFactForms: FactForms = {
  kinds: { tag: { group: 'care', fields: { code: { from: 'tags' } } } },
  choices: { tags: offerTags },
  tells: {
    tag: { names: 'tag', tell: ({ code }, { t, name }) => ({ what: t('ask.tag.name'), value: name(String(code)) }) },
  },
}
