import type { ProblemBody, ProblemValues } from '../../contract/problem.ts'

/**
 * A refusal or failure of a call, in the reader's language. `status` 0 means that the server was not reached.
 * `fields` names inputs by the name a form gives them: `phone` or `contacts.0.phone`, without the leading `body.`.
 */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  readonly status: number
  readonly code: string
  readonly title: string
  readonly values: ProblemValues
  readonly fields: readonly FieldProblem[]
  readonly requestId: string | undefined
  readonly #body: Body

  constructor(body: Body) {
    super(body.title ?? body.code)
    this.status = body.status
    this.code = body.code
    this.title = body.title ?? body.code
    this.values = body.values ?? {}
    this.fields = fieldsOf(body)
    this.requestId = body.requestId
    this.#body = body
  }

  /** Nobody was reached: the same call may be tried again later. */
  get unreached(): boolean {
    return this.status === 0
  }

  /** What the address names is not there, or can be nowhere: whoever asks again is told the same. */
  get leadsNowhere(): boolean {
    return this.status === 404 || this.status === 410 || isAbout(this.#body, ['params.'])
  }

  /** Asked once more in the same words, it is refused once more. */
  get isFinal(): boolean {
    return this.leadsNowhere || isAbout(this.#body, ['params.', 'query.'])
  }

  /** The same refusal in other words. */
  saying(title: string): ApiProblem {
    return new ApiProblem({ ...this.#body, title })
  }
}

type Body = Partial<ProblemBody> & { status: number; code: string }

/** Of what the address says alone: an id that was cut off on its way, a span of two years. */
function isAbout({ path, fields = [] }: Body, parts: readonly string[]): boolean {
  const paths = fields.length > 0 ? fields.map((field) => field.path) : path ? [path] : []
  return paths.length > 0 && paths.every((one) => parts.some((part) => one.startsWith(part)))
}

export interface FieldProblem {
  field: string
  message: string
}

function fieldsOf({ fields, path, title, code }: Partial<ProblemBody>): FieldProblem[] {
  if (fields && fields.length > 0) return fields.map((f) => ({ field: fieldName(f.path), message: f.message }))
  return path ? [{ field: fieldName(path), message: title ?? code ?? '' }] : []
}

/** `body.contacts.0.phone` → `contacts.0.phone`. */
export function fieldName(path: string): string {
  return path.replace(/^(?:body|query|params)(?:\.|$)/, '')
}

/**
 * Reads what the server said. An answer that is not one of ours (a proxy's error page) becomes a plain `Fault`.
 * @param words texts for when the server gave none
 */
export async function problemOf(response: Response, words: { fault: string }): Promise<ApiProblem> {
  const body = (await response.json().catch(() => undefined)) as Partial<ProblemBody> | undefined
  const code = typeof body?.code === 'string' ? body.code : 'Fault'
  const title = typeof body?.title === 'string' && body.title !== '' ? body.title : words.fault
  return new ApiProblem({ ...body, status: response.status, code, title })
}
