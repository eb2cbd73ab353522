import { createHash } from 'node:crypto'
import { readCampaign } from '../../../src/rooms/campaign/contract/campaign.ts'
import { readResults } from '../../../src/rooms/campaign/contract/outcome.ts'
import { listCampaigns } from '../../../src/rooms/campaign/contract/campaign.ts'
import { getRules, type MessagePolicy } from '../../../src/rooms/message/contract/rule.ts'
import { HELD_OUT_PERCENT } from './campaigns.ts'
import type { Clinic } from './clinic.ts'
import { whose, type Whose } from './whose.ts'

/** What people were told in the year, held against what the simulator remembers and the rules say; by plain reckoning. */

interface Told {
  id: string
  patient_id: string
  /** In whose file it lay when it was told: a merge takes it elsewhere, and undoing that brings it back. */
  file: string
  touch: string
  channel: string
  purpose: 'service' | 'care' | 'promotion'
  template: string
  campaign: string | null
  urgent: boolean
  answers: boolean
  greeting: boolean
  not_after: Date | null
  sent_at: Date
}

const DAY_MS = 86_400_000
const ZONE_MS = 8 * 3_600_000
/** So long an admission counts whose end nobody has told. */
const STAY_DAYS = 60
/** Days off by law that fall into the year. */
const DAYS_OFF = ['2026-05-01', '2026-06-19', '2026-09-25', ...Array.from({ length: 7 }, (_, n) => `2026-10-0${n + 1}`)]

export async function wronglyTold(clinic: Clinic): Promise<string[]> {
  const { rows, lead } = clinic
  const files = await whose(clinic)
  const found = await rows<Omit<Told, 'file'>>(
    `select id, patient_id, touch, channel, purpose, template, campaign, urgent, answers, greeting, not_after, sent_at
     from message where state = 'accepted' order by sent_at, id`,
  )
  const told = found.map((one) => ({ ...one, file: files.fileAt(one.id, one.patient_id, one.sent_at) }))
  await clinic.stayed()
  const { policy } = (await lead.call(getRules)).current
  const faults = [
    ...toWhomNot(clinic, told, files),
    ...whenNot(told, policy),
    ...tooMuch(told, policy, files),
    ...heldOut(told),
    ...(await twice(clinic)),
    ...(await sums(clinic)),
  ]
  return faults.length > 12 ? [...faults.slice(0, 12), `and ${faults.length - 12} more`] : faults
}

const fault = (meaning: string, found: readonly unknown[]): string[] =>
  found.length > 0 ? [`${meaning}: ${JSON.stringify(found.slice(0, 3))} (${found.length})`] : []

/** What was said in one of the files a person is made up of counts for all of them from the merge on. */
function toWhomNot({ memory }: Clinic, told: readonly Told[], { filesOf }: Whose): string[] {
  const ofPerson = new Map(told.map((one) => [one, filesOf(one.file, one.sent_at)]))
  const holds = (one: Told, what: (patientId: string, since: Date | null) => boolean) =>
    ofPerson.get(one)!.some(({ patientId, since }) => what(patientId, since))
  const after = (at: Date | undefined, one: Told) => at !== undefined && one.sent_at > at
  const had = (at: Date | undefined, since: Date | null) => since === null || (at !== undefined && at < since)
  const isSparing = (one: Told) => one.greeting || one.purpose === 'promotion'
  return [
    ...fault(
      'the dead were written to',
      told.filter((one) => after(memory.dead.get(one.file), one)),
    ),
    ...fault(
      'who had said no was written to',
      told.filter(
        (one) =>
          one.channel === 'email' &&
          holds(one, (patientId, since) => {
            const out = memory.optedOut.get(`${patientId} ${one.purpose}`)
            const again = memory.optedIn.get(`${one.file} ${one.purpose}`)
            return after(out, one) && had(out, since) && !(since && again && again > since && again < one.sent_at)
          }),
      ),
    ),
    ...fault(
      'who mourns was wished well, or sold to',
      told.filter(
        (one) =>
          isSparing(one) &&
          holds(one, (patientId, since) => {
            const mourns = memory.mourning.get(patientId)
            return after(mourns, one) && had(mourns, since)
          }),
      ),
    ),
    ...fault(
      'who complains was sold to',
      told.filter(
        (one) =>
          one.purpose === 'promotion' &&
          holds(one, (patientId, heard) =>
            memory.complaints.some(
              ({ patientId: of, since, until }) =>
                of === patientId && had(since, heard) && one.sent_at > since && (until === null || one.sent_at < until),
            ),
          ),
      ),
    ),
    ...fault(
      'somebody in hospital was sold to or wished well',
      told.filter(
        (one) =>
          isSparing(one) &&
          holds(one, (patientId, heard) =>
            memory.stays.some(
              ({ patientId: of, since, until }) =>
                of === patientId &&
                had(since, heard) &&
                one.sent_at > since &&
                one.sent_at.getTime() < Math.min(until?.getTime() ?? Infinity, since.getTime() + STAY_DAYS * DAY_MS),
            ),
          ),
      ),
    ),
    ...fault(
      'of an appointment that was moved or called off the old moment was told',
      told.filter(
        (one) =>
          one.template.startsWith('appointment-') &&
          one.campaign !== null &&
          !holds(one, (patientId) =>
            memory.appointments.some(
              ({ patientId: of, at, changedAt }) => of === patientId && (changedAt > one.sent_at || at > one.sent_at),
            ),
          ),
      ),
    ),
  ]
}

function whenNot(told: readonly Told[], { hours }: MessagePolicy): string[] {
  const local = ({ sent_at }: Told) => new Date(sent_at.getTime() + ZONE_MS).toISOString()
  const outward = told.filter((one) => one.channel !== 'in-app' && !one.urgent)
  return [
    ...fault(
      'something went out in quiet hours',
      outward.filter((one) => {
        const time = local(one).slice(11, 16)
        return time < hours[one.purpose].from || time >= hours[one.purpose].to
      }),
    ),
    ...fault(
      'a promotion went out on a day off',
      outward.filter((one) => one.purpose === 'promotion' && DAYS_OFF.includes(local(one).slice(0, 10))),
    ),
    ...fault(
      'something was told too late',
      told.filter((one) => one.not_after !== null && one.sent_at >= one.not_after),
    ),
  ]
}

/**
 * Of every moment at which somebody was told something: what they were told in each window that ends there. What lay in their
 * file at that moment counts, also what a merge had brought.
 */
function tooMuch(told: readonly Told[], { caps, share }: MessagePolicy, { fileAt }: Whose): string[] {
  const outward = told.filter((one) => one.channel !== 'in-app')
  const faults: unknown[] = []
  const touches = (those: readonly Told[]) => new Set(those.map(({ touch }) => touch)).size
  const byFile = Map.groupBy(
    outward.flatMap((one) => [...new Set([one.file, one.patient_id])].map((file) => ({ file, one }))),
    ({ file }) => file,
  )
  for (const [file, those] of byFile) {
    const all = those.map(({ one }) => one)
    const since = (within: readonly Told[], until: Date, days: number) =>
      within.filter(
        ({ id, patient_id, sent_at }) =>
          sent_at <= until &&
          sent_at.getTime() > until.getTime() - days * DAY_MS &&
          fileAt(id, patient_id, until) === file,
      )
    const rationed = all.filter((one) => !one.urgent && !one.answers)
    for (const { file: told, sent_at: at, purpose } of rationed) {
      if (told !== file) continue
      for (const scope of purpose === 'service' ? (['all'] as const) : (['all', purpose] as const))
        for (const [span, days] of [
          ['day', 1],
          ['week', 7],
          ['month', 30],
        ] as const) {
          const most = caps[scope][span]
          const within = scope === 'all' ? rationed : rationed.filter((one) => one.purpose === scope)
          const count = touches(since(within, at, days))
          if (most !== null && count > most) faults.push({ file, at, scope, span, count, most })
        }
      if (purpose !== 'promotion') continue
      const within = since(all, at, share.days)
      const promotional = touches(within.filter((one) => one.purpose === 'promotion'))
      if (promotional * 100 > share.percent * touches(within))
        faults.push({ file, at, promotional, of: touches(within), percent: share.percent })
    }
  }
  return fault('somebody was told more than the limits say', faults)
}

/** The comparison group, reckoned here: the hash of campaign and person, in ten thousandths. */
function heldOut(told: readonly Told[]): string[] {
  const bucket = (one: Told) =>
    createHash('sha256').update(`${one.campaign}\n${one.file}`).digest().readUInt32BE(0) % 10_000
  return fault(
    'the comparison group was written to',
    told.filter((one) => one.purpose === 'promotion' && one.campaign !== null && bucket(one) < HELD_OUT_PERCENT * 100),
  )
}

/** One person, one occurrence of a campaign, one step: one message by each channel. What two files got before they were one counts apart. */
async function twice({ memory, rows }: Clinic): Promise<string[]> {
  const found = await rows<{ patient_id: string; last: Date }>(
    `select m.patient_id, m.campaign, r.occurrence, split_part(split_part(m.touch, '~', 1), ':', 3) pass, split_part(split_part(m.touch, '~', 1), ':', 4) node,
       m.channel, count(*)::int n, max(m.sent_at) last, array_agg(m.sent_at order by m.sent_at) at, array_agg(r.patient_id) runs
     from message m join journey_run r on r.id::text = m.source_key
     where m.source = 'campaign' and m.state = 'accepted' group by 1, 2, 3, 4, 5, 6 having count(*) > 1`,
  )
  return fault(
    'somebody was told the same of one campaign twice',
    found.filter(
      ({ patient_id, last }) =>
        !memory.merges.some(({ fromId, intoId }) => fromId === patient_id || intoId === patient_id) ||
        memory.merges.some((one) => one.intoId === patient_id && one.undoneAt === null && last > one.at),
    ),
  )
}

const total = (lines: readonly { count: number }[]) => lines.reduce((sum, { count }) => sum + count, 0)

/** Each person who entered stands in one line of the sums, each step that was to say something has its message, and back. */
async function sums({ rows, lead }: Clinic): Promise<string[]> {
  const faults: string[] = []
  const kept = new Map(
    (
      await rows<{ id: string; runs: number; messages: number; entered: number; counted: boolean; arms: number }>(
        `select c.id, (select count(*)::int from journey_run r where r.campaign_id = c.id) runs,
           (select count(*)::int from message m where m.campaign = c.id::text) messages,
           (select coalesce(sum((detail ->> 'count')::int), 0)::int from campaign_event e where e.campaign_id = c.id and e.kind in ('entered', 'baseline')) entered,
           v.definition -> 'trigger' ->> 'kind' in ('once', 'calendar', 'monthly') counted
         from campaign c join campaign_version v on v.campaign_id = c.id and v.version = c.version`,
      )
    ).map((row) => [row.id, row]),
  )
  for (const { id, name } of (await lead.call(listCampaigns)).rows) {
    const params = { campaignId: id }
    const shown = await lead.call(readCampaign, { params })
    const results = await lead.call(readResults, { params })
    const row = kept.get(id)!
    const said = { runs: total(shown.runs), messages: total(shown.messages) }
    if (said.runs !== row.runs || said.messages !== row.messages || (row.counted && row.entered !== row.runs))
      faults.push(`the sums of ${name.zh} are wrong: ${JSON.stringify({ said, row })}`)
    const arms = results.arms.reduce((sum, { result }) => sum + result.n, 0)
    if (results.arms.length > 0 && arms !== results.all.n)
      faults.push(`the arms of ${name.zh} do not add up: ${arms} of ${results.all.n}`)
  }
  const ways: [string, string][] = [
    [
      'a step was to say something and has no message',
      `select s.* from journey_step s join journey_run r on r.id = s.run_id where s.outcome = 'planned'
       and not exists (select from message m where m.source_key = r.id::text and split_part(m.touch, '~', 1) = 'journey:' || r.id || ':' || s.pass || ':' || s.node)`,
    ],
    [
      'a message of a journey has no step',
      `select m.id, m.touch from message m where m.source = 'campaign' and not exists (select from journey_step s
         where split_part(m.touch, '~', 1) = 'journey:' || s.run_id || ':' || s.pass || ':' || s.node and s.outcome = 'planned')`,
    ],
    [
      'somebody who has died or was merged is on a way',
      `select r.id, r.campaign_id, p.state from journey_run r join patient p on p.id = r.patient_id where r.state in ('waiting', 'held') and p.state <> 'active'`,
    ],
  ]
  for (const [meaning, query] of ways) faults.push(...fault(meaning, await rows(query)))
  return faults
}
