import { sql } from 'kysely'
import { factKind, type FactKind } from '../../../platform/condition/fact.ts'
import { carePlanEnded, carePlanSigned } from '../contract/events.ts'
import { carePlanTest } from '../contract/fact-words.ts'
import './table.ts'

/** What a plan for mind or mood is called. A kind is a word of the house's own: what sounds like it counts as it (R2). */
const OF_MIND = '(mood|mind|mental|psych|anxi|depress|panic|stress|grief|sleep|insomnia)'

/** What conditions may ask of care plans. Where people are chosen to be written to, those for mind and mood are not seen. */
export const carePlanFacts: readonly FactKind[] = [
  factKind({
    code: 'carePlan',
    room: 'care-plan',
    test: carePlanTest,
    sensitivity: 'ordinary',
    wakes: [carePlanSigned, carePlanEnded, 'care-plan', 'merge'],
    ask: ({ state }, { purpose }) => ({
      rows: sql`select true ok, jsonb_build_object('kind', 'care-plan', 'id', c.id, 'state', c.state, 'at', coalesce(c.ended_on, c.started_on)) fact,
        null::timestamptz flips_at from care_plan c
        where c.organization_id = p.organization_id and c.patient_id = p.id and c.state = ${state}
          ${purpose === 'audience' ? sql`and c.kind !~ ${OF_MIND}` : sql``}
        order by c.created_at desc, c.id desc limit 1`,
    }),
    says: ({ state }, { t }) => t(`says.plan.${state}`),
    denies: ({ state }, { t }) => t(`says.no.plan.${state}`),
  }),
]
