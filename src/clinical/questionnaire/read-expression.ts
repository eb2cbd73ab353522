import { asExpression, expressionExtensions, extensionsOf, partsOf, type ExtensionName } from './extension.ts'
import { compile, type Compiled } from './expressions/index.ts'
import type { Expression, Extension } from './fhir.ts'
import type { Constraint, Variable } from './questionnaire.ts'
import { readText } from './text.ts'

type Extended = { extension?: Extension[] } | undefined
export type Name = (what: string) => void

const FHIRPATH = new Set(['text/fhirpath', 'text/fhirpath+json', undefined])

/** Compiles one expression; what cannot be compiled is named and left out. */
export function readExpression(expression: Expression, about: string, name: Name): Compiled | undefined {
  const fault = faultIn(expression)
  const compiled = fault ?? compile(expression.expression!)
  if (typeof compiled !== 'string') return compiled
  name(fault ? `${about} ${fault}` : `${about}: ${compiled}`)
  return undefined
}

function faultIn(expression: Expression): string | undefined {
  if (!FHIRPATH.has(expression.language)) return `in ${expression.language}`
  return expression.expression?.trim() ? undefined : 'without an expression'
}

/** The first expression under this extension that can be computed. */
export function firstExpression(element: Extended, extension: ExtensionName, name: Name): Compiled | undefined {
  for (const expression of expressionExtensions(element, extension)) {
    const compiled = readExpression(expression, extension, name)
    if (compiled) return compiled
  }
  return undefined
}

export const readVariables = (element: Extended, name: Name): Variable[] =>
  expressionExtensions(element, 'variable').flatMap((one) => {
    const compiled = readExpression(one, `variable ${one.name ?? ''}`.trim(), name)
    return compiled && one.name ? [{ name: one.name, expression: compiled }] : []
  })

/** Names of all variables, also of those that a query to another system would fill. */
export const declaredVariables = (element: Extended): string[] =>
  [...expressionExtensions(element, 'variable')].flatMap((one) => one.name ?? [])

export const readConstraints = (element: Extended, name: Name): Constraint[] =>
  [...extensionsOf(element, 'targetConstraint'), ...extensionsOf(element, 'constraint')].flatMap((extension) => {
    const parts = partsOf(extension)
    const given = parts.get('expression')
    const expression = asExpression(given) ?? { expression: String(given ?? '') }
    const compiled = readExpression(expression, 'constraint', name)
    if (!compiled) return []
    const key = String(parts.get('key') ?? '')
    const severity = parts.get('severity') === 'warning' ? 'warning' : 'error'
    return [{ key, severity, human: readText(parts.get('human') ?? parts.get('requirements')), expression: compiled }]
  })
