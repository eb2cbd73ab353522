import type { T } from '../../../platform/web/index.ts'
import { LEVELS, PAPER_KINDS, RELATIONS, SEXES, SOURCES } from '../contract/person.ts'

const options = <V extends string>(t: T, group: string, values: readonly V[]) =>
  values.map((value) => ({ value, label: t(`words.${group}.${value}`) }))

/** Choices in the reader's language; what only machines enter is left out of forms. */
export const levelOptions = (t: T) => options(t, 'level', LEVELS)
export const sexOptions = (t: T) => options(t, 'sex', SEXES)
export const paperOptions = (t: T) => options(t, 'paper', PAPER_KINDS)
export const relationOptions = (t: T) => options(t, 'relation', RELATIONS)
export const sourceOptions = (t: T) => options(t, 'source', SOURCES)
export const enteredSourceOptions = (t: T) =>
  sourceOptions(t).filter(({ value }) => value !== 'import' && value !== 'interface')
export const stateOptions = (t: T) => options(t, 'state', ['active', 'deceased'] as const)
