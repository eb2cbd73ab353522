import { Input } from 'antd'
import { useT } from '../../../../platform/web/index.ts'
import { LANGUAGES, textIn, withText, type Language } from './bilingual.ts'
import { Labelled } from './labelled.tsx'
import { PlainHint } from './plain-hint.tsx'

/** One text in both languages, side by side; one below the other on a phone. */
export function BilingualInput({
  label,
  value,
  onChange,
  maxLength = 500,
  multiline = true,
  forPatients = false,
}: {
  label: string
  value: Record<Language, string>
  onChange: (language: Language, text: string) => void
  maxLength?: number
  multiline?: boolean
  /** Judged by the plain-language check, as a hint. */
  forPatients?: boolean
}) {
  const t = useT('questionnaire')
  return (
    <div className="pb-design-pair">
      {LANGUAGES.map((language) => (
        <div key={language}>
          <Labelled label={t(`design.in.${language}`, { label })}>
            {multiline ? (
              <Input.TextArea
                autoSize={{ minRows: 1, maxRows: 6 }}
                maxLength={maxLength}
                lang={language === 'zh' ? 'zh-CN' : 'en'}
                value={value[language]}
                onChange={({ target }) => onChange(language, target.value)}
              />
            ) : (
              <Input
                maxLength={maxLength}
                lang={language === 'zh' ? 'zh-CN' : 'en'}
                value={value[language]}
                onChange={({ target }) => onChange(language, target.value)}
              />
            )}
          </Labelled>
          {forPatients && <PlainHint text={value[language]} />}
        </div>
      ))}
    </div>
  )
}

/** The same for a member of a FHIR element, whose translation stands beside it. */
export function MemberInput<T extends object>({
  label,
  owner,
  member,
  base,
  onChange,
  multiline,
  forPatients,
}: {
  label: string
  owner: T
  member: string
  base: Language
  onChange: (change: (before: T) => T, language: Language) => void
  multiline?: boolean
  forPatients?: boolean
}) {
  return (
    <BilingualInput
      label={label}
      multiline={multiline}
      forPatients={forPatients}
      value={{ zh: textIn(owner, member, 'zh', base), en: textIn(owner, member, 'en', base) }}
      onChange={(language, text) => onChange((before) => withText(before, member, language, base, text), language)}
    />
  )
}
