import { z } from 'zod'
import type { Purpose } from './words.ts'

/**
 * What messages are about, in the words in which people refuse them (locales: `my.topic`, `my.topicText`). `side` keeps apart what
 * belongs to somebody's own care from what is only offered: who wants no more of the one still gets the other.
 */
const SHIPPED = {
  'follow-up': { side: 'care', purposes: ['care', 'service'] },
  appointments: { side: 'care', purposes: ['service', 'care'] },
  reports: { side: 'care', purposes: ['service', 'care'] },
  service: { side: 'care', purposes: ['service', 'care'] },
  knowledge: { side: 'offer', purposes: ['care', 'promotion'] },
  greetings: { side: 'offer', purposes: ['care', 'promotion'] },
  activities: { side: 'offer', purposes: ['promotion', 'care', 'service'] },
  feedback: { side: 'offer', purposes: ['care', 'service'] },
} as const satisfies Record<string, { side: 'care' | 'offer'; purposes: readonly Purpose[] }>

export type Topic = keyof typeof SHIPPED
export type Side = 'care' | 'offer'
export const TOPICS = Object.keys(SHIPPED) as [Topic, ...Topic[]]
export const topic = z.enum(TOPICS)
export const SIDES = ['care', 'offer'] as const

export function topicsOfSide(side: Side): Topic[] {
  return TOPICS.filter((one) => SHIPPED[one].side === side)
}

/** Whether a message of this purpose may be of this topic: no promotion hides among what belongs to somebody's care. */
export function topicServes(one: Topic, purpose: Purpose): boolean {
  return purposesOf(one).includes(purpose)
}

/** What it mostly is stands first. */
export function purposesOf(one: Topic): readonly Purpose[] {
  return SHIPPED[one].purposes
}

interface Named {
  topic?: Topic | null | undefined
  purpose: Purpose
  greeting?: boolean | undefined
  knowledge?: boolean | undefined
}

/** Of a template, or of a message planned before there were topics: each has exactly one. */
export function topicOf({ topic: own, purpose, greeting, knowledge }: Named): Topic {
  if (own) return own
  if (purpose === 'promotion') return 'activities'
  if (greeting) return 'greetings'
  if (knowledge) return 'knowledge'
  return purpose === 'care' ? 'follow-up' : 'service'
}
