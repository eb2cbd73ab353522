import { sql } from 'kysely'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { FactForms, OfferedChoice } from '../../../platform/condition/form.ts'
import type { TemplateDefinition } from '../contract/template.ts'
import './table.ts'
import { shippedTemplates } from './templates.ts'

/** Templates that were ever in force: what was sent of them stands. */
async function offerTemplates({ db, organizationId }: ReadContext): Promise<OfferedChoice[]> {
  const { rows } = await sql<{ code: string; definition: TemplateDefinition }>`
    select distinct on (code) code, definition from message_template
    where organization_id = ${organizationId} and state <> 'draft' order by code, version desc`.execute(db)
  const known = new Map(shippedTemplates.map((definition) => [definition.code, definition]))
  for (const { code, definition } of rows) known.set(code, definition)
  return [...known].map(([code, { name }]) => ({ code, name }))
}

/** How pages ask what conditions may ask of messages, and tell of it. */
export const messageFactForms: FactForms = {
  kinds: {
    message: {
      group: 'messages',
      fields: {
        templates: { from: 'templates' },
        purposes: { words: 'says.purpose' },
        channels: { words: 'channel' },
      },
    },
    refuses: { group: 'messages', fields: { purpose: { words: 'says.purpose' }, channels: { words: 'channel' } } },
  },
  choices: { templates: offerTemplates },
  tells: {
    message: {
      tell: ({ code, channel, outcome }, { t }) => ({
        what: t('told.message', { channel: t(`channel.${String(channel)}`), template: String(code) }),
        value: t(`ask.message.outcome_${String(outcome)}`),
        to: 'tab=message',
      }),
    },
    refusal: {
      tell: ({ code, channel }, { t }) => ({
        what: t('told.refusal', {
          purpose: t(`says.purpose.${String(code)}`),
          channel: t(`channel.${String(channel)}`),
        }),
      }),
    },
  },
}
