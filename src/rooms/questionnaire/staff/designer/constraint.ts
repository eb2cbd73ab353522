import { EXTENSION, type Expression, type Extension } from '../../../../clinical/questionnaire/index.ts'
import { extensionsOf, withExtensions } from './extension.ts'

/** A check that an answer must pass, or should. */
export interface ConstraintRow {
  human: string
  expression: string
  severity: 'error' | 'warning'
}

interface Owner {
  extension?: Extension[]
}

const partOf = (one: Extension, name: string) => one.extension?.find(({ url }) => url === name)

function rowOf(one: Extension): ConstraintRow {
  const expression = partOf(one, 'expression')
  const text = expression?.['valueString'] ?? (expression?.['valueExpression'] as Expression | undefined)?.expression
  const severity = partOf(one, 'severity')?.['valueCode']
  return {
    human: String(partOf(one, 'human')?.['valueString'] ?? ''),
    expression: String(text ?? ''),
    severity: severity === 'warning' ? 'warning' : 'error',
  }
}

/** Of both extensions that say so; the newer ones first, as the engine reads them. */
export const constraintRows = (owner: Owner): ConstraintRow[] =>
  [...extensionsOf(owner, 'targetConstraint'), ...extensionsOf(owner, 'constraint')].map(rowOf)

/** Changes, adds (`at` behind the last) or, by undefined, takes away one check; the others stay as they came. */
export function withConstraint<T extends Owner>(owner: T, at: number, row: ConstraintRow | undefined): T {
  const newer = extensionsOf(owner, 'targetConstraint')
  const name = at < newer.length ? 'targetConstraint' : 'constraint'
  const all = extensionsOf(owner, name)
  const place = name === 'targetConstraint' ? at : at - newer.length
  if (!row)
    return withExtensions(
      owner,
      name,
      all.filter((_one, n) => n !== place),
    )
  const before = all[place]
  const made: Extension = {
    url: before?.url ?? EXTENSION[name][0],
    extension: [
      ...(before?.extension?.filter(({ url }) => !['severity', 'expression', 'human'].includes(url)) ?? [
        { url: 'key', valueId: `check-${at + 1}` },
      ]),
      { url: 'severity', valueCode: row.severity },
      name === 'targetConstraint'
        ? { url: 'expression', valueExpression: { language: 'text/fhirpath', expression: row.expression } }
        : { url: 'expression', valueString: row.expression },
      // Its translations come along.
      { ...(before && partOf(before, 'human')), url: 'human', valueString: row.human },
    ],
  }
  return withExtensions(owner, name, before ? all.with(place, made) : [...all, made])
}
