import type { T } from '../../../platform/web/index.ts'

/**
 * What the log calls `patient.open`, for people: 客户：打开. All before the last dot is the thing, `tag.rule.publish` 标签规则：发布;
 * where the two words together would say something else, the whole stands under `exact`. A word without a text is shown as
 * it stands: `action-words.test.ts` holds that endpoints have none.
 */
export function actionWords(t: T, action: string): string {
  const textOf = (key: string) => {
    const found = t(key)
    return found === key ? undefined : found
  }
  const parts = action.split('.')
  const verb = parts.length > 1 ? parts.at(-1)! : undefined
  const noun = parts.slice(0, verb === undefined ? 1 : -1).join('-')
  const thing = textOf(`noun.${noun}`) ?? noun
  if (verb === undefined) return thing
  return textOf(`exact.${noun}-${verb}`) ?? t('action', { noun: thing, verb: textOf(`verb.${verb}`) ?? verb })
}
