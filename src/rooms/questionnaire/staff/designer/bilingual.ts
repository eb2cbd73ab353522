import { EXTENSION, type Beside, type Extension, type Questionnaire } from '../../../../clinical/questionnaire/index.ts'

export type Language = 'zh' | 'en'
export const LANGUAGES: readonly Language[] = ['zh', 'en']

/** The language that plain texts of the form are in; the other one lives beside them as a translation. */
export const languageOf = (definition: Pick<Questionnaire, 'language'>): Language =>
  (definition.language ?? 'en').startsWith('zh') ? 'zh' : 'en'

type Owner = object
const besideOf = (owner: Owner, member: string) =>
  (owner as Record<string, unknown>)[`_${member}`] as Beside | undefined
const isTranslation = (one: Extension) => (EXTENSION.translation as readonly string[]).includes(one.url)
const partOf = (one: Extension, name: string) => one.extension?.find(({ url }) => url === name)
const isIn = (one: Extension, language: Language) =>
  isTranslation(one) && String(partOf(one, 'lang')?.['valueCode'] ?? '').split('-')[0] === language

/** A text in one language, '' where there is none. `base` is the language of the form. */
export function textIn(owner: Owner, member: string, language: Language, base: Language): string {
  if (language === base) {
    const text = (owner as Record<string, unknown>)[member]
    return typeof text === 'string' ? text : ''
  }
  const found = besideOf(owner, member)?.extension?.find((one) => isIn(one, language))
  const content = found && partOf(found, 'content')
  const text = content?.['valueString'] ?? content?.['valueMarkdown']
  return typeof text === 'string' ? text : ''
}

/** The owner with a text in one language; the other stays. */
export function withText<T extends Owner>(
  owner: T,
  member: string,
  language: Language,
  base: Language,
  text: string,
): T {
  if (language === base) {
    if (text !== '') return { ...owner, [member]: text }
    const { [member as keyof T]: _gone, ...rest } = owner
    return rest as T
  }
  const beside = besideOf(owner, member)
  const before = beside?.extension ?? []
  const at = before.findIndex((one) => isIn(one, language))
  const lang = at < 0 ? (language === 'zh' ? 'zh-CN' : 'en') : partOf(before[at]!, 'lang')!['valueCode']
  const made: Extension = {
    url: at < 0 ? EXTENSION.translation[0] : before[at]!.url,
    extension: [
      { url: 'lang', valueCode: lang },
      { url: 'content', valueString: text },
    ],
  }
  const extension =
    text === '' ? before.filter((_one, n) => n !== at) : at < 0 ? [...before, made] : before.with(at, made)
  const { extension: _old, ...others } = beside ?? {}
  const next = extension.length > 0 ? { ...others, extension } : others
  if (Object.keys(next).length > 0) return { ...owner, [`_${member}`]: next }
  const { [`_${member}` as keyof T]: _gone, ...rest } = owner
  return rest as T
}
