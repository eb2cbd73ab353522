import { language, useLocale, useT } from '../../../platform/patient-web/index.ts'

/** The other language, in its own words. */
export function LanguageButton() {
  const t = useT('patient-access')
  const other = useLocale() === 'en' ? 'zh-CN' : 'en'
  return (
    <button type="button" className="pp-quiet" lang={other} onClick={() => void language.choose(other)}>
      {t('my.language')}
    </button>
  )
}
