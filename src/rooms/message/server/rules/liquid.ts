import { Liquid, type Template, TokenizationError, ParseError, RenderError, UndefinedVariableError } from 'liquidjs'

/**
 * Liquid without reach: no files, no partials, own properties only, and limits, since templates are written by people
 * and rendered for thousands. An unknown variable or filter is an error, and an empty value counts as false.
 */
function engine(outputEscape: 'escape' | undefined): Liquid {
  const liquid = new Liquid({
    strictVariables: true,
    strictFilters: true,
    ownPropertyOnly: true,
    jsTruthy: true,
    lenientIf: true,
    parseLimit: 50_000,
    renderLimit: 500,
    memoryLimit: 5_000_000,
    cache: false,
    ...(outputEscape ? { outputEscape } : {}),
  })
  for (const tag of ['include', 'render', 'layout', 'block', 'inline_comment']) delete liquid.tags[tag]
  return liquid
}

const plain = engine(undefined)
/** Every output is escaped unless a template says otherwise, which the check refuses. */
const escaping = engine('escape')

export type LiquidValues = Record<string, string>

/** Reading a template costs far more than filling it, and thousands of mails are filled from one. */
const READ_MAX = 200
const read = new Map<Liquid, Map<string, Template[]>>()

function templateOf(engine: Liquid, source: string): Template[] {
  let known = read.get(engine)
  if (!known) read.set(engine, (known = new Map()))
  let template = known.get(source)
  if (!template) {
    if (known.size >= READ_MAX) known.clear()
    known.set(source, (template = engine.parse(source)))
  }
  return template
}

export function renderPlain(source: string, values: LiquidValues): string {
  return plain.renderSync(templateOf(plain, source), values) as string
}

export function renderHtml(source: string, values: LiquidValues): string {
  return escaping.renderSync(templateOf(escaping, source), values) as string
}

/** The variables a template reads from outside, and what is wrong with its syntax. */
export function readsOf(source: string): { variables: string[]; error?: string } {
  try {
    return { variables: plain.globalVariablesSync(plain.parse(source)) }
  } catch (error) {
    if (isLiquidError(error)) return { variables: [], error: (error as Error).message }
    throw error
  }
}

export function isLiquidError(error: unknown): boolean {
  return (
    error instanceof TokenizationError ||
    error instanceof ParseError ||
    error instanceof RenderError ||
    error instanceof UndefinedVariableError
  )
}
