import type { z } from 'zod'

/**
 * Every permission a gate may name. Rooms do not write here: `src/rooms/staff/contract/permissions.ts` holds the one
 * table of permissions and roles and merges it into this interface.
 */
// oxlint-disable-next-line typescript/no-empty-interface -- filled by declaration merging
export interface PermissionRegistry {}
export type Permission = keyof PermissionRegistry & string

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** What a person may let somebody else do in their name: look at results, ask, book, be reminded. */
export const PROXY_SCOPES = ['view', 'ask', 'book', 'remind', 'place'] as const
export type ProxyScope = (typeof PROXY_SCOPES)[number]

/**
 * Who may call, and what the audit log keeps. Both are required: an endpoint without them does not compile.
 * `public` needs no session; `signed-in` needs a person's session and no more; `signing-in` admits also a session that
 * still owes a step, such as the second factor: it may take that step and nothing else. `patient` admits a patient's own
 * session and nobody else, staff least of all: whose data it is about follows from the session, never from a parameter.
 */
export interface Gate {
  permission: Permission | 'public' | 'signed-in' | 'signing-in' | 'patient'
  /**
   * With permission `patient`: what somebody whom the person has let in must have been let in for. Left out, only the
   * person themselves is admitted; `any` admits everybody who is let in at all.
   */
  proxy?: ProxyScope | 'any'
  audit: AuditRule
}

/**
 * `action` is what the log says (`patient.open`). `patient` names the path parameter that holds the patient's id, so
 * that "who opened my record" can be answered; what patients call themselves is theirs without being named. `none` gives
 * the reason why a call leaves no trace.
 */
export type AuditRule = { action: string; patient?: string; subject?: string } | { none: string }

export interface Endpoint<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Output extends z.ZodType = z.ZodType,
> {
  /** Unique over the house, in the form `room.verbNoun`; the operationId of OpenAPI. */
  name: string
  method: Method
  /** Under `/api`, parameters as `:name`. */
  path: string
  summary: string
  gate: Gate
  params: Params
  query: Query
  body: Body
  output: Output
  /** Binary or streamed answers say their media type; `output` is then not parsed. */
  media?: string
  /** Uploads: the body is not JSON but a stream that the handler reads. */
  upload?: boolean
  /** Extra refusals beside those of the gate and of validation. */
  problems?: readonly string[]
}

type Declared<P, Q, B, O> = {
  name: string
  method: Method
  path: string
  summary: string
  gate: Gate
  params?: P
  query?: Q
  body?: B
  output: O
  media?: string
  upload?: boolean
  problems?: readonly string[]
}

/** Declares an endpoint. See `Endpoint` for the fields; parameters, query and body default to nothing. */
export function endpoint<
  O extends z.ZodType,
  P extends z.ZodType = z.ZodType<Record<never, never>, Record<never, never>>,
  Q extends z.ZodType = z.ZodType<Record<never, never>, Record<never, never>>,
  B extends z.ZodType = z.ZodType<undefined, undefined>,
>(declared: Declared<P, Q, B, O>): Endpoint<P, Q, B, O> {
  return {
    ...declared,
    params: declared.params ?? (undefined as unknown as P),
    query: declared.query ?? (undefined as unknown as Q),
    body: declared.body ?? (undefined as unknown as B),
  }
}

export type InputOf<E> =
  E extends Endpoint<infer P, infer Q, infer B, z.ZodType>
    ? { params: z.output<P>; query: z.output<Q>; body: z.output<B> }
    : never
export type OutputOf<E> = E extends Endpoint<z.ZodType, z.ZodType, z.ZodType, infer O> ? z.output<O> : never
/** What a handler returns: parsed by the contract afterwards, so that an unnamed field cannot leave. */
export type AnswerOf<E> = E extends Endpoint<z.ZodType, z.ZodType, z.ZodType, infer O> ? z.input<O> : never
/** What a caller hands in: only the parts that the endpoint declares. */
export type CallOf<E> =
  E extends Endpoint<infer P, infer Q, infer B, z.ZodType>
    ? Part<'params', z.input<P>> & Part<'query', z.input<Q>> & Part<'body', z.input<B>>
    : never
type Part<K extends string, T> = [T] extends [undefined]
  ? { [k in K]?: undefined }
  : Record<never, never> extends T
    ? { [k in K]?: T }
    : { [k in K]: T }
