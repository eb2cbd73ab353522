import { sql, type RawBuilder } from 'kysely'
import type { z } from 'zod'
import { factKind, type Asking, type FactKind, type SentenceWords } from '../../../platform/condition/fact.ts'
import { windowEnd, windowStart } from '../../../platform/condition/window.ts'
import { messageFailed, messageOptedIn, messageOptedOut, messageSent } from '../contract/events.ts'
import { messageTest, refusesTest } from '../contract/fact-words.ts'

type Test = z.output<typeof messageTest>

const STATE = { sent: 'accepted', failed: 'failed', suppressed: 'suppressed' }

/** Who is in a crisis is nobody's business who puts groups together (R2): there it is a result that is open. */
const REASON = sql`case m.reason when 'in-crisis' then 'open-alert' else m.reason end`

function messageRows(test: Test, asking: Asking): RawBuilder<unknown> {
  const { templates, purposes, channels, outcome, within, atLeast } = test
  const at = outcome === 'sent' ? sql`m.sent_at` : sql`m.created_at`
  const fact = sql`jsonb_build_object('kind', 'message', 'id', m.id, 'code', m.template, 'channel', m.channel, 'outcome', ${outcome}::text, 'reason', ${REASON}, 'at', m.at)`
  // What is sent in the course of care may tell of mind and mood by its template alone: not for an audience (R2).
  return sql`select count(*) >= ${atLeast} ok, jsonb_agg(${fact} order by m.at desc, m.id) fact,
    ${within ? sql`case when count(*) >= ${atLeast} then ${windowEnd(sql`min(m.at)`, within, asking)} end` : sql`null::timestamptz`} flips_at
    from (select m.*, ${at} at from message m where m.organization_id = p.organization_id and m.patient_id = p.id and m.state = ${STATE[outcome]}
      ${templates ? sql`and m.template = any(${templates}::text[])` : sql``} ${purposes ? sql`and m.purpose = any(${purposes}::text[])` : sql``}
      ${channels ? sql`and m.channel = any(${channels}::text[])` : sql``} ${asking.purpose === 'audience' ? sql`and m.purpose = 'promotion'` : sql``}
      ${within ? sql`and ${at} >= ${windowStart(within, asking)}` : sql``} order by ${at} desc, m.id limit ${atLeast}) m`
}

function words({ templates, purposes, channels, within, atLeast }: Test, { t, list, span }: SentenceWords) {
  const what = [
    ...(purposes ? [list(purposes.map((one) => t(`says.purpose.${one}`)))] : []),
    ...(channels ? [list(channels.map((one) => t(`says.channel.${one}`)))] : []),
  ]
  return {
    what: `${what.join(' ')}${t(templates ? 'says.messageNamed' : 'says.anyMessage', { templates: list(templates ?? []) })}`,
    within: within ? t('says.within', { span: span(within) }) : '',
    times: atLeast,
  }
}

/** What conditions may ask of messages. */
export const messageFacts: readonly FactKind[] = [
  factKind({
    code: 'message',
    room: 'message',
    test: messageTest,
    sensitivity: 'ordinary',
    wakes: [messageSent, messageFailed, 'merge'],
    ask: (test, asking) => ({ rows: messageRows(test, asking) }),
    says: (test, say) => say.t(`says.message.${test.outcome}${test.atLeast > 1 ? 'Times' : ''}`, words(test, say)),
  }),
  factKind({
    code: 'refuses',
    room: 'message',
    test: refusesTest,
    sensitivity: 'ordinary',
    wakes: [messageOptedOut, messageOptedIn, 'merge'],
    ask: ({ purpose, channels }) => ({
      rows: sql`select true ok, jsonb_build_object('kind', 'refusal', 'code', r.purpose, 'channel', r.channel, 'at', r.opted_out_at) fact,
        null::timestamptz flips_at from message_preference r
        where r.organization_id = p.organization_id and r.patient_id = p.id and r.purpose = ${purpose} and r.opted_out_at is not null
          ${channels ? sql`and r.channel = any(${channels}::text[])` : sql``} order by r.opted_out_at, r.channel limit 1`,
    }),
    says: ({ purpose, channels }, { t, list }) =>
      t('says.refuses', {
        purpose: t(`says.purpose.${purpose}`),
        channels: list((channels ?? []).map((one) => t(`says.channel.${one}`))),
      }),
    denies: ({ purpose, channels }, { t, list }) =>
      t('says.no.refuses', {
        purpose: t(`says.purpose.${purpose}`),
        channels: list((channels ?? []).map((one) => t(`says.channel.${one}`))),
      }),
  }),
]
