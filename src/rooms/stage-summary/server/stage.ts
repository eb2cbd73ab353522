import type { Adherence } from '../../care-plan/contract/words.ts'
import type { Fact } from '../contract/words.ts'

/** A stage of somebody's life with us, as facts: what a summary may say, and nothing else. */
export interface Stage {
  from: string
  until: string
  days: number
  period: Fact
  former: { before: number; after: number; fact: Fact } | null
  plans: {
    title: string
    adherence: Adherence
    fact: Fact
    actions: { title: string; adherence: Adherence; fact: Fact }[]
  }[]
  indicators: {
    name: string
    unit: string
    /** As they are printed. */
    before: string | null
    after: string
    direction: 'up' | 'down' | 'same' | null
    /** More than its usual ups and downs; null where those are not known. */
    beyondVariation: boolean | null
    fact: Fact
  }[]
  goals: { name: string; target: string; met: boolean; fact: Fact }[]
  risks: { title: string; before: string | null; after: string; fact: Fact }[]
  followUps: { count: number; fact: Fact }
  encounters: { count: number; fact: Fact }
  alerts: { count: number; closed: number; fact: Fact }
  words: { text: string; on: string; fact: Fact }[]
}
