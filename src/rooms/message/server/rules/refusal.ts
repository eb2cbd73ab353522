import type { Topic } from '../../contract/topic.ts'
import type { Family, Purpose } from '../../contract/words.ts'

/** What a person has said about a whole purpose by one way, as far as it is refused. */
export interface PurposeRefusal {
  purpose: Purpose
  channel: Family
  at: number
}

/** What they have said about a topic by one way: refused, or asked for. */
export interface TopicWish {
  topic: Topic
  channel: Family
  out: boolean
  at: number
}

export interface Asked {
  purpose: Purpose
  channel: Family
  topic: Topic
  urgent: boolean
}

/**
 * Whether a person has refused a message. Of the topic their word about the topic counts; of the whole purpose it counts
 * until they ask for this topic again. What cannot wait for the morning is no topic one can be tired of: it is held by a
 * refusal of the whole way only.
 */
export function refusalOf(
  { purpose, channel, topic, urgent }: Asked,
  purposes: readonly PurposeRefusal[],
  topics: readonly TopicWish[],
): 'purpose' | 'topic' | undefined {
  const whole = purposes.find((one) => one.purpose === purpose && one.channel === channel)
  const own = topics.find((one) => one.topic === topic && one.channel === channel)
  // At the very same moment the refusal counts.
  if (whole && !(own && !own.out && own.at > whole.at)) return 'purpose'
  return own?.out && !urgent ? 'topic' : undefined
}
