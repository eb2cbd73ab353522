import { sql } from 'kysely'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { FactForms, OfferedChoice } from '../../../platform/condition/form.ts'
import type { Bilingual } from '../../../platform/contract/index.ts'
import './table.ts'

async function offerProtocols({ db, organizationId }: ReadContext): Promise<OfferedChoice[]> {
  const { rows } = await sql<{ code: string; name: Bilingual }>`
    select distinct on (code) code, definition -> 'name' as name from protocol
    where organization_id = ${organizationId} and state <> 'draft' order by code, version desc`.execute(db)
  return rows
}

/** How pages ask what conditions may ask of follow-ups, and tell of it. */
export const followUpFactForms: FactForms = {
  kinds: {
    followUp: { group: 'care', fields: { protocols: { from: 'protocols' } } },
    followUpVisit: { group: 'care', fields: { protocols: { from: 'protocols' } }, start: { state: 'done' } },
    attempt: {
      group: 'messages',
      fields: { outcomes: { words: 'says.outcome' }, channels: { words: 'says.channel' } },
    },
  },
  choices: { protocols: offerProtocols },
  tells: {
    plan: {
      names: 'followUp',
      tell: ({ code }, { t, name }) => ({
        what: t('told.plan'),
        value: name(String(code)),
        to: 'tab=follow-up',
      }),
    },
    'follow-up': {
      names: 'followUp',
      tell: ({ code, state }, { t, name }) => ({
        what: t('told.visit', { protocol: name(String(code)) }),
        value: t(`told.state.${String(state)}`),
        to: 'tab=follow-up',
      }),
    },
    attempt: {
      tell: ({ code, channel }, { t }) => ({
        what: t(`says.channel.${String(channel)}`),
        value: t(`says.outcome.${String(code)}`),
        to: 'tab=follow-up',
      }),
    },
  },
}
