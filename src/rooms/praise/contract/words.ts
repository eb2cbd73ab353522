import { z } from 'zod'

export const MILESTONES = ['days-in-a-row', 'goal-met', 'first-visit'] as const
export const milestone = z.enum(MILESTONES)
export type Milestone = z.output<typeof milestone>
