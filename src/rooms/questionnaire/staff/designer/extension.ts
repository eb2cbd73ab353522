import { EXTENSION, type Extension } from '../../../../clinical/questionnaire/index.ts'

type Name = keyof typeof EXTENSION
interface Owner {
  extension?: Extension[]
}

const is = (extension: Extension, name: Name): boolean => (EXTENSION[name] as readonly string[]).includes(extension.url)

export const extensionsOf = (owner: Owner | undefined, name: Name): Extension[] =>
  Array.isArray(owner?.extension) ? owner.extension.filter((one) => is(one, name)) : []

export const extensionOf = (owner: Owner | undefined, name: Name): Extension | undefined => extensionsOf(owner, name)[0]

/** The value of an extension, whatever its type. */
export function valueIn(owner: Owner | undefined, name: Name): unknown {
  const found = extensionOf(owner, name)
  const key = found && Object.keys(found).find((one) => one.startsWith('value'))
  return key === undefined ? undefined : found![key as `value${string}`]
}

export const flagOf = (owner: Owner | undefined, name: Name): boolean => valueIn(owner, name) === true

export function numberIn(owner: Owner | undefined, name: Name): number | undefined {
  const value = valueIn(owner, name)
  return typeof value === 'number' ? value : undefined
}

/** The owner with these extensions in place of all of that name, where the first of them stood; others keep their order. */
export function withExtensions<T extends Owner>(owner: T, name: Name, extensions: readonly Extension[]): T {
  const all = Array.isArray(owner.extension) ? owner.extension : []
  const at = all.findIndex((one) => is(one, name))
  const others = all.filter((one) => !is(one, name))
  const extension = at < 0 ? [...others, ...extensions] : others.toSpliced(at, 0, ...extensions)
  if (extension.length > 0) return { ...owner, extension }
  const { extension: _none, ...rest } = owner
  return rest as T
}

export const withoutExtension = <T extends Owner>(owner: T, name: Name): T => withExtensions(owner, name, [])

/** Sets or, by undefined, takes away one value. The address it had stays: an old one is not modernized in passing. */
export function withValue<T extends Owner>(owner: T, name: Name, key: `value${string}`, value: unknown): T {
  if (value === undefined || value === '' || value === null) return withoutExtension(owner, name)
  const before = extensionOf(owner, name)
  if (!before) return withExtensions(owner, name, [{ url: EXTENSION[name][0], [key]: value }])
  const kept = Object.fromEntries(
    Object.entries(before).filter(([one]) => !one.startsWith('value')),
  ) as unknown as Extension
  return withExtensions(owner, name, [{ ...kept, [key]: value }])
}

export const withFlag = <T extends Owner>(owner: T, name: Name, on: boolean): T =>
  withValue(owner, name, 'valueBoolean', on || undefined)
