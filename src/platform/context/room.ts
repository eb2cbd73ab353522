import type { FactKind } from '../condition/fact.ts'
import type { FactForms } from '../condition/form.ts'
import type { AnswerOf, Endpoint, InputOf } from '../contract/endpoint.ts'
import type { EventType, JobType, PayloadOf } from '../contract/event.ts'
import type { Problem } from '../contract/problem.ts'
import type { ReadContext, Tenant, WriteContext } from './context.ts'
import type { House } from './house.ts'

/** What a room gives to the apps: they are the only ones who know all rooms. */
export interface Room {
  name: string
  routes?: readonly Route[]
  listeners?: readonly Listener[]
  jobs?: readonly JobHandler[]
  rounds?: readonly Round[]
  /** Kinds of facts of this room that conditions may ask for. */
  facts?: readonly FactKind[]
  /** How pages ask for them and tell of them. */
  factForms?: FactForms
  /** Whether a condition that this room has in force asks for one of these kinds. */
  asksFor?: (ctx: ReadContext, codes: readonly string[]) => Promise<boolean>
}

/**
 * Work that goes round all organizations. It may run in several workers at once and must be safe beside itself; what
 * is due is decided by the tables and the clock, never by the round.
 */
export interface Round {
  name: string
  everySeconds: number
  /** @returns true where there is more to do at once than one turn of this organization */
  run: (house: House, tenant: Tenant) => Promise<void | boolean>
}

export interface Route {
  endpoint: Endpoint
  /** Reads run on a pooled connection, writes in one transaction with their audit row. */
  handle: (ctx: never, input: never, call: Call) => Promise<unknown>
}

/** What a handler may need of the call itself. */
export interface Call {
  house: House
  /** HEAD where a GET was answered without its body. */
  method: string
  headers: Readonly<Record<string, string | string[] | undefined>>
  address: string
  /** The body as a stream, for endpoints declared with `upload`. */
  stream?: NodeJS.ReadableStream
  /** Sets a cookie or a header of the answer. */
  setHeader(name: string, value: string): void
  /** Another status than 200 beside a binary or foreign answer, such as a FHIR OperationOutcome. */
  setStatus(code: number): void
}

/** Binds a GET endpoint to a use case that reads. */
export function reads<E extends Endpoint>(
  endpoint: E,
  handle: (ctx: ReadContext, input: InputOf<E>, call: Call) => Promise<AnswerOf<E> | Stream>,
): Route {
  return { endpoint, handle: handle as Route['handle'] }
}

/**
 * Binds an endpoint to a use case that writes; it runs in one transaction. A problem that is thrown takes the writes
 * back; one that is returned keeps them: a wrong code has to be counted although it is refused.
 */
export function writes<E extends Endpoint>(
  endpoint: E,
  handle: (ctx: WriteContext, input: InputOf<E>, call: Call) => Promise<AnswerOf<E> | Stream | Problem>,
): Route {
  return { endpoint, handle: handle as Route['handle'] }
}

/** Binds an endpoint with permission `public`: nobody is known, so it finds its organization itself. */
export function opens<E extends Endpoint>(
  endpoint: E,
  handle: (house: House, input: InputOf<E>, call: Call) => Promise<AnswerOf<E> | Stream>,
): Route {
  const inner = ({ house }: { house: House }, input: InputOf<E>, call: Call) => handle(house, input, call)
  return { endpoint, handle: inner as unknown as Route['handle'] }
}

/** A binary or long answer. */
export interface Stream {
  stream: NodeJS.ReadableStream | Uint8Array
  media: string
  fileName?: string
}

/** Reacts to an event of a room below. Runs in a transaction of its own; effects are kept once per event. */
export interface Listener {
  name: string
  event: EventType
  handle: (ctx: WriteContext, payload: never, eventId: string) => Promise<void>
  /**
   * Whether events that have been written by now concern this listener at all; asked once for many of them. Where it
   * says no they count as handed over, without a transaction each.
   */
  isWanted?: (ctx: ReadContext) => Promise<boolean>
}

export function on<E extends EventType>(
  event: E,
  name: string,
  handle: (ctx: WriteContext, payload: PayloadOf<E>, eventId: string) => Promise<void>,
): Listener {
  return { name, event, handle: handle as Listener['handle'] }
}

export interface JobHandler {
  job: JobType
  /** Gets the house and runs its own transactions, since a job may be long. Must be safe to run twice. */
  handle: (house: House, organizationId: string, payload: never) => Promise<void>
  /** How many run at once in one worker. */
  concurrency?: number
}

export function work<J extends JobType>(
  job: J,
  handle: (house: House, organizationId: string, payload: PayloadOf<J>) => Promise<void>,
  options: { concurrency?: number } = {},
): JobHandler {
  return { job, handle: handle as JobHandler['handle'], ...options }
}
