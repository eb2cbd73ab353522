import { sql, type RawBuilder } from 'kysely'
import type { z } from 'zod'
import { instrumentByCode } from '../../../clinical/instrument/registry.ts'
import { factKind, type Asking, type FactKind } from '../../../platform/condition/fact.ts'
import { midnight, windowEnd, windowStart } from '../../../platform/condition/window.ts'
import { riskTest } from '../contract/fact-words.ts'

/** Instruments that ask how people feel, sleep and drink. */
const OF_MIND = new Set(['phq-9', 'gad-7', 'pss-10', 'sas', 'sds', 'isi', 'psqi', 'audit-c'])

/**
 * The newest result that somebody has decided on, or that needs no decision; one that was kept back hides what came before
 * it, as on the person's own pages. It counts until the day on which it is due again.
 */
function riskRows(
  { instrument, bands, value, within }: z.output<typeof riskTest>,
  asking: Asking,
): RawBuilder<unknown> {
  const expires = midnight(sql`(r.expires_on + 1)`, asking)
  const ok = sql`(coalesce(r.decision, 'released') = 'released' and coalesce(r.expires_on >= ${asking.today}::date, true)
    ${bands ? sql`and coalesce(r.band = any(${bands}::text[]), false)` : sql``}
    ${value ? sql`and coalesce(r.value ${sql.raw(value.op)} ${value.value}, false)` : sql``}
    ${within ? sql`and r.computed_at >= ${windowStart(within, asking)}` : sql``})`
  return sql`select ${ok} ok, jsonb_build_object('kind', 'risk-band', 'id', r.id, 'code', r.instrument, 'value', r.value, 'band', r.band, 'at', r.computed_at) fact,
    case when ${ok} then least(${expires}, ${within ? windowEnd(sql`r.computed_at`, within, asking) : sql`null::timestamptz`}) end flips_at
    from (select a.*, d.decision from risk_assessment a
      left join lateral (select d.decision from risk_decision d where d.organization_id = a.organization_id and d.patient_id = a.patient_id
        and d.assessment_id = a.id order by d.number desc limit 1) d on true
      where a.organization_id = p.organization_id and a.patient_id = p.id and a.instrument = ${instrument}
        and (a.release = 'automatic' or d.decision is not null)
      order by a.id desc limit 1) r`
}

/** What conditions may ask of risks. */
export const riskFacts: readonly FactKind[] = [
  factKind({
    code: 'risk',
    room: 'risk',
    test: riskTest,
    sensitivity: ({ instrument }) => (OF_MIND.has(instrument) ? 'mental' : 'ordinary'),
    wakes: ['risk', 'merge'],
    ask: (test, asking) => ({ rows: riskRows(test, asking) }),
    check: ({ instrument, bands = [] }) => {
      const card = instrumentByCode(instrument)?.card
      if (!card) return [{ code: 'UnknownInstrument', value: instrument }]
      return bands
        .filter((band) => !card.bands.some(({ code }) => code === band))
        .map((value) => ({ code: 'UnknownBand', value }))
    },
    says: ({ instrument, bands, value, within }, { t, list, span, measure, locale }) => {
      const card = instrumentByCode(instrument)?.card
      const inWords = (text: { zh: string; en: string } | undefined) => (locale === 'en' ? text?.en : text?.zh)
      const band = list(
        (bands ?? []).map((code) => inWords(card?.bands.find((one) => one.code === code)?.title) ?? code),
      )
      return t('says.risk', {
        within: within ? t('says.within', { span: span(within) }) : '',
        instrument: inWords(card?.title) ?? instrument,
        result: [...(bands ? [t('says.band', { band })] : []), ...(value ? [measure(value)] : [])].join(' '),
      })
    },
  }),
]
