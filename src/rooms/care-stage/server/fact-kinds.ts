import { sql } from 'kysely'
import { factKind, type FactKind } from '../../../platform/condition/fact.ts'
import { firstDayAfter, midnight } from '../../../platform/condition/window.ts'
import { stageEntered } from '../contract/events.ts'
import { stageTest } from '../contract/fact-words.ts'

/** What conditions may ask of stages of care. */
export const stageFacts: readonly FactKind[] = [
  factKind({
    code: 'stage',
    room: 'care-stage',
    test: stageTest,
    sensitivity: 'ordinary',
    wakes: [stageEntered, 'merge'],
    ask: ({ in: stages, since }, asking) => {
      const long = since && firstDayAfter(sql`s.entered_on`, since.span)
      const ok = long ? sql`(${long} ${sql.raw(since.op === '>=' ? '<=' : '>')} ${asking.today}::date)` : sql`true`
      return {
        rows: sql`select ${ok} ok, jsonb_build_object('kind', 'stage', 'id', s.id, 'code', s.stage, 'at', s.entered_on) fact,
          ${long ? midnight(long, asking) : sql`null::timestamptz`} flips_at from patient_stage s
          where s.organization_id = p.organization_id and s.patient_id = p.id and s.left_at is null and s.stage = any(${stages}::text[])
          limit 1`,
      }
    },
    says: ({ in: stages, since }, { t, list, span }) =>
      t(since ? `says.stage.${since.op === '<' ? 'less' : 'longer'}` : 'says.stage.now', {
        what: list(stages.map((one) => t(`stage.${one}`))),
        span: since ? span(since.span) : '',
      }),
    denies: ({ in: stages, since }, { t, list }) =>
      since ? undefined : t('says.no.stage', { what: list(stages.map((one) => t(`stage.${one}`))) }),
  }),
]
