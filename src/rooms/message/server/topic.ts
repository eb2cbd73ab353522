import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import { requireVisible } from '../../patient/server/index.ts'
import type { TopicWishLine } from '../contract/message.ts'
import { purposesOf, TOPICS, type Topic } from '../contract/topic.ts'
import { FAMILIES, type Family } from '../contract/words.ts'
import { findPreferences } from './preference-store.ts'
import { refusalOf, type PurposeRefusal, type TopicWish } from './rules/refusal.ts'
import { findTopicWishes, putTopicWish, type TopicChange } from './topic-store.ts'

type Reader = Pick<ReadContext, 'db' | 'organizationId'>

/** What a person gets of each topic by each way, and who said so; where nothing was said, they get it. */
export async function topicsOf({ db, organizationId }: Reader, patientId: string): Promise<TopicWishLine[]> {
  const purposes = await findPreferences(db, organizationId, patientId)
  const topics = await findTopicWishes(db, organizationId, patientId)
  const refused = purposes.flatMap((row): PurposeRefusal[] =>
    row.opted_out_at ? [{ purpose: row.purpose, channel: row.channel, at: row.changed_at.getTime() }] : [],
  )
  const wishes = topics.map((row): TopicWish => {
    const { topic, channel, opted_out_at, changed_at } = row
    return { topic, channel, out: opted_out_at !== null, at: changed_at.getTime() }
  })
  return TOPICS.flatMap((topic) =>
    FAMILIES.map((channel): TopicWishLine => {
      const asked = purposesOf(topic).map((purpose) => ({ purpose, channel, topic, urgent: false }))
      const refusals = asked.map((one) => refusalOf(one, refused, wishes))
      // What it mostly is stands for it.
      const [mostly] = refusals
      const row =
        mostly === 'purpose'
          ? purposes.find((one) => one.purpose === asked[0]!.purpose && one.channel === channel)
          : topics.find((one) => one.topic === topic && one.channel === channel)
      return {
        topic,
        channel,
        optedOut: mostly !== undefined,
        partly: refusals.some((refusal) => (refusal === undefined) !== (mostly === undefined)),
        by: row?.by_name ?? null,
        how: row?.how ?? null,
        at: row?.changed_at.toISOString() ?? null,
      }
    }),
  )
}

/** On the person's word, by staff who look after them. Works at once: the sender reads it at the moment of sending. */
export async function setTopic(
  ctx: WriteContext,
  patientId: string,
  { topic, channel, optedOut }: { topic: Topic; channel: Family; optedOut: boolean },
): Promise<{ topics: TopicWishLine[] }> {
  await requireVisible(ctx, patientId)
  ctx.audit.detail = { topic, channel, optedOut }
  await changeTopics(ctx, patientId, [{ topic, channel, optedOut, how: 'patient-word', messageId: null }])
  return { topics: await topicsOf(ctx, patientId) }
}

/** Keeps what a person said, where it is not so already. @returns what changed */
export async function changeTopics<T extends Omit<TopicChange, 'patientId'>>(
  ctx: WriteContext,
  patientId: string,
  changes: readonly T[],
): Promise<T[]> {
  const stands = new Map((await topicsOf(ctx, patientId)).map((line) => [`${line.topic} ${line.channel}`, line]))
  const keyOf = ({ topic, channel }: T) => `${topic} ${channel}`
  const changed: T[] = []
  // In one order, so that two who say so at once never wait for each other.
  for (const change of changes.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))) {
    const { optedOut, partly } = stands.get(keyOf(change))!
    if (optedOut === change.optedOut && !partly) continue
    if (await putTopicWish(ctx, { ...change, patientId })) changed.push(change)
  }
  return changed
}
