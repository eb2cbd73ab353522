/**
 * A refusal that the caller can mend. Anything else that goes wrong is a fault: it is logged and answered with 500
 * and no detail. Each code has a text in zh-CN and en in the locales of the room that declares it.
 */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly status: ProblemStatus
  readonly code: string
  /** Values for the placeholders of the localised text; never personal data beyond what the caller may see. */
  readonly values: ProblemValues
  /** Which input it is about, in the form `body.phone`, so that a form can mark the field. */
  readonly path: string | undefined

  constructor(status: ProblemStatus, code: string, values: ProblemValues = {}, path?: string) {
    super(code)
    this.status = status
    this.code = code
    this.values = values
    this.path = path
  }
}

export type ProblemStatus = 400 | 401 | 403 | 404 | 409 | 410 | 413 | 415 | 422 | 423 | 429 | 503
export type ProblemValues = Record<string, string | number | null>

/** What a refusal looks like on the wire (RFC 9457, with the code and its values). */
export interface ProblemBody {
  status: number
  code: string
  /** In the reader's language. */
  title: string
  values: ProblemValues
  path?: string
  fields?: { path: string; message: string }[]
  requestId?: string
}

/**
 * The codes of one room, with the status each is answered with. A test holds them against the locales:
 * `problems.<code>` must stand in both languages.
 */
export function defineProblems<const P extends Record<string, ProblemStatus>>(problems: P): ProblemCatalogue<P> {
  const make = (code: keyof P & string, values?: ProblemValues, path?: string): Problem =>
    new Problem(problems[code] as ProblemStatus, code, values, path)
  return Object.assign(make, { codes: problems })
}

export type ProblemCatalogue<P extends Record<string, ProblemStatus>> = ((
  code: keyof P & string,
  values?: ProblemValues,
  path?: string,
) => Problem) & { codes: P }
