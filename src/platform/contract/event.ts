import type { z } from 'zod'

/** A fact other rooms may react to, named in the past tense: `card.activated`. Declared by the room that emits it. */
export interface EventType<S extends z.ZodType = z.ZodType> {
  name: string
  payload: S
  /** Handed out before whatever else waits: for what somebody has to hear of within seconds. */
  urgent?: boolean
}

export function event<S extends z.ZodType>(name: string, payload: S, options: { urgent?: boolean } = {}): EventType<S> {
  return { name, payload, ...options }
}

export type PayloadOf<E> = E extends EventType<infer S> ? z.output<S> : never

/** Background work, named `room/verb`. The domain state is the authority; the job only wakes it. */
export interface JobType<S extends z.ZodType = z.ZodType> {
  name: string
  payload: S
}

export function job<S extends z.ZodType>(name: string, payload: S): JobType<S> {
  return { name, payload }
}
