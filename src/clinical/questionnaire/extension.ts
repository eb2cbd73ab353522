import type { Expression, Extension } from './fhir.ts'

const HL7 = 'http://hl7.org/fhir/StructureDefinition/'
const SDC = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-'

/** Extensions this engine acts on, each under every address it has had. */
export const EXTENSION = {
  itemControl: [`${HL7}questionnaire-itemControl`],
  hidden: [`${HL7}questionnaire-hidden`],
  unit: [`${HL7}questionnaire-unit`],
  unitOption: [`${HL7}questionnaire-unitOption`],
  displayCategory: [`${HL7}questionnaire-displayCategory`],
  choiceOrientation: [`${HL7}questionnaire-choiceOrientation`],
  optionPrefix: [`${HL7}questionnaire-optionPrefix`],
  optionExclusive: [`${HL7}questionnaire-optionExclusive`],
  sliderStepValue: [`${HL7}questionnaire-sliderStepValue`],
  minOccurs: [`${HL7}questionnaire-minOccurs`],
  maxOccurs: [`${HL7}questionnaire-maxOccurs`],
  constraint: [`${HL7}questionnaire-constraint`],
  targetConstraint: [`${HL7}targetConstraint`, `${SDC}targetConstraint`],
  ordinalValue: [`${HL7}ordinalValue`, `${HL7}questionnaire-ordinalValue`],
  itemWeight: [`${HL7}itemWeight`],
  minValue: [`${HL7}minValue`],
  maxValue: [`${HL7}maxValue`],
  minLength: [`${HL7}minLength`],
  maxDecimalPlaces: [`${HL7}maxDecimalPlaces`],
  regex: [`${HL7}regex`],
  entryFormat: [`${HL7}entryFormat`],
  variable: [`${HL7}variable`],
  translation: [`${HL7}translation`],
  textExpression: [`${HL7}cqf-expression`],
  calculatedExpression: [`${SDC}calculatedExpression`],
  initialExpression: [`${SDC}initialExpression`],
  enableWhenExpression: [`${SDC}enableWhenExpression`],
  answerExpression: [`${SDC}answerExpression`],
  launchContext: [`${SDC}launchContext`],
  observationLinkPeriod: [`${SDC}observationLinkPeriod`],
  observationExtract: [`${SDC}observationExtract`],
  scoring: ['urn:peiban:questionnaire:scoring'],
} as const

export type ExtensionName = keyof typeof EXTENSION

/** Looks or hints that change neither an answer nor its meaning: carried along, never named as missing. */
const CARRIED = new Set<string>([
  ...['rendering-xhtml', 'rendering-style', 'rendering-markdown', 'mimeType', 'maxSize', 'quantity-precision'].map(
    (n) => HL7 + n,
  ),
  ...[
    'questionnaire-instruction',
    'artifact-versionAlgorithm',
    'valueset-supplement',
    'preferredTerminologyServer',
  ].map((n) => HL7 + n),
  ...['structuredefinition-wg', 'structuredefinition-standards-status', 'structuredefinition-fmm'].map((n) => HL7 + n),
  ...['structuredefinition-normative-version', 'questionnaire-supportLink', 'questionnaire-signatureRequired'].map(
    (n) => HL7 + n,
  ),
  ...['shortText', 'openLabel', 'assembledFrom', 'width', 'entryMode', 'collapsible', 'choiceColumn'].map(
    (n) => SDC + n,
  ),
])

const NAME_OF = new Map<string, ExtensionName>(
  Object.entries(EXTENSION).flatMap(([name, urls]) => urls.map((url) => [url, name as ExtensionName] as const)),
)

type Extended = { extension?: Extension[] } | undefined

export const extensionsOf = (element: Extended, name: ExtensionName): Extension[] =>
  list(element?.extension).filter((one) => NAME_OF.get(one.url) === name)

/** The first extension's value, whatever its type; undefined when there is none. */
export function extensionValue(element: Extended, name: ExtensionName): unknown {
  const [found] = extensionsOf(element, name)
  return found && valueOf(found)
}

export const numberExtension = (element: Extended, name: ExtensionName): number | undefined => {
  const value = extensionValue(element, name)
  return typeof value === 'number' ? value : undefined
}

export const textExtension = (element: Extended, name: ExtensionName): string | undefined => {
  const value = extensionValue(element, name)
  return typeof value === 'string' ? value : undefined
}

/** A code given as `valueCode`, or as the first coding of a `valueCodeableConcept`. */
export function codeExtension(element: Extended, name: ExtensionName): string | undefined {
  const value = extensionValue(element, name)
  if (typeof value === 'string') return value
  return (value as { coding?: { code?: string }[] } | undefined)?.coding?.[0]?.code
}

export const expressionExtensions = (element: Extended, name: ExtensionName): Expression[] =>
  extensionsOf(element, name).flatMap((one) => asExpression(one['valueExpression']) ?? [])

export const asExpression = (value: unknown): Expression | undefined =>
  typeof value === 'object' && value !== null && 'language' in value ? (value as Expression) : undefined

/** The parts of a complex extension by their short names: `key`, `human`, `severity`. */
export const partsOf = (extension: Extension): Map<string, unknown> =>
  new Map(list(extension.extension).map((part) => [part.url, valueOf(part)]))

export function valueOf(element: object, prefix = 'value'): unknown {
  for (const [key, value] of Object.entries(element))
    if (key.startsWith(prefix) && key.length > prefix.length) return value
  return undefined
}

/** Addresses of the extensions nobody here acts on, except mere looks. */
export const unknownExtensions = (element: Extended): string[] =>
  list(element?.extension)
    .map((one) => String(one.url))
    .filter((url) => !NAME_OF.has(url) && !CARRIED.has(url))

/** What should be a list and is something else in a careless file counts as empty; holes in it are left out. */
export function list<T>(value: T[] | undefined): T[] {
  if (!Array.isArray(value)) return []
  return value.includes(null as T) || value.includes(undefined as T) ? value.filter((one) => one != null) : value
}
