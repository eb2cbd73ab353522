import i18next from 'i18next'
import en from '../../locales/en.json' with { type: 'json' }
import zh from '../../locales/zh-CN.json' with { type: 'json' }
import type { Words } from '../../contract/question-words.ts'

const texts = i18next.createInstance()
await texts.init({
  lng: 'zh-CN',
  resources: { 'zh-CN': { questionnaire: zh }, en: { questionnaire: en } },
  interpolation: { escapeValue: false },
})

/** The words of the pages, as a test reads them. */
export const wordsIn = (locale: 'zh-CN' | 'en'): Words => ({
  locale,
  t: texts.getFixedT(locale, 'questionnaire') as unknown as Words['t'],
})
