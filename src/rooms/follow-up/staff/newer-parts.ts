import type { ProtocolDefinition, Step } from '../contract/protocol.ts'
import { stable } from '../contract/stable.ts'

/** What a difference is about, in words a clinician reads: `newer.part.*`. */
export const PARTS = ['time', 'what', 'words', 'who', 'next', 'entry', 'goals', 'rules', 'source'] as const
export type Part = (typeof PARTS)[number]

/** Every field has its part, so that none can differ unseen. */
const OF_STEP: Record<Exclude<keyof Step, 'code'>, Part> = {
  name: 'words',
  track: 'next',
  kind: 'what',
  first: 'time',
  after: 'time',
  next: 'next',
  branches: 'next',
  window: 'time',
  way: 'who',
  owner: 'who',
  escalation: 'who',
  form: 'what',
  message: 'what',
  rank: 'time',
  phase: 'next',
  goal: 'what',
  deliverable: 'what',
  script: 'words',
  targetTime: 'time',
  recurrence: 'time',
  onlyIf: 'next',
  forPatient: 'words',
  channels: 'who',
  timeOfDay: 'time',
  questionnaire: 'what',
  cards: 'what',
}
const OF_WHOLE: Record<Exclude<keyof ProtocolDefinition, 'code' | 'steps' | 'reviewer'>, Part> = {
  name: 'words',
  goal: 'goals',
  population: 'words',
  sensitivity: 'rules',
  entry: 'entry',
  anchor: 'time',
  goals: 'goals',
  phases: 'goals',
  exits: 'goals',
  stay: 'rules',
  contacts: 'rules',
  spread: 'entry',
  forPatient: 'words',
  classing: 'rules',
  classes: 'rules',
  quotas: 'rules',
  closesAfterDays: 'time',
  attempts: 'rules',
  source: 'source',
  licence: 'source',
}

function partsOf<T extends object>(before: T, after: T, of: Partial<Record<keyof T, Part>>): Part[] {
  const found = new Set(
    (Object.entries(of) as [keyof T, Part][])
      .filter(([key]) => stable(before[key]) !== stable(after[key]))
      .map(([, part]) => part),
  )
  return PARTS.filter((part) => found.has(part))
}

export const partsOfStep = (before: Step, after: Step) => partsOf(before, after, OF_STEP)
export const partsOfWhole = (before: ProtocolDefinition, after: ProtocolDefinition) => partsOf(before, after, OF_WHOLE)
