import { sql } from 'kysely'
import { factKind, type FactKind } from '../../../platform/condition/fact.ts'
import { cardActivated, cardClosed, cardFrozen, cardOpened, cardUnfrozen } from '../contract/card.ts'
import { cardTest } from '../contract/fact-words.ts'

/** What conditions may ask of cards. */
export const cardFacts: readonly FactKind[] = [
  factKind({
    code: 'card',
    room: 'card',
    telling: 'plain',
    test: cardTest,
    sensitivity: 'ordinary',
    wakes: [cardOpened, cardActivated, cardFrozen, cardUnfrozen, cardClosed, 'merge'],
    ask: ({ states }) => ({
      rows: sql`select true ok, jsonb_build_object('kind', 'card', 'id', c.id, 'code', c.state, 'name', c.number, 'at', coalesce(c.activated_at, c.opened_at)) fact,
        null::timestamptz flips_at from card c
        where c.organization_id = p.organization_id and c.patient_id = p.id and c.state = any(${states}::text[])
        order by c.opened_at desc, c.id desc limit 1`,
    }),
    says: ({ states }, { t, list }) => t('says.card', { what: list(states.map((one) => t(`says.state.${one}`))) }),
    denies: ({ states }, { t, list }) => t('says.no.card', { what: list(states.map((one) => t(`says.state.${one}`))) }),
  }),
]
