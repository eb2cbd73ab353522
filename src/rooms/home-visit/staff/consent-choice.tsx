import { Radio } from 'antd'
import { useId } from 'react'
import { useT } from '../../../platform/web/index.ts'
import { SAID_BY, type PhotoConsent } from '../contract/words.ts'

export interface ConsentChoiceProps {
  value: PhotoConsent | undefined
  onChange: (value: PhotoConsent | undefined) => void
  /** Of a child under 14 only the guardian may say yes. */
  needsGuardian?: boolean
}

/** What to say first, and what was answered. No answer stands as no answer. */
export function ConsentChoice({ value, onChange, needsGuardian = false }: ConsentChoiceProps) {
  const t = useT('home-visit')
  const sayers = needsGuardian ? (['guardian'] as const) : SAID_BY
  const saidBy = value?.saidBy ?? sayers[0]
  // Of one name, which they would take from the field they stand in, the two would be one choice.
  const names = useId()
  return (
    <div className="pb-stack pb-stack-tight">
      <p className="pb-hint">{t('consent.sayFirst')}</p>
      <blockquote className="pb-home-visit-say">{t('consent.line')}</blockquote>
      <Radio.Group
        name={`${names}answer`}
        aria-label={t('consent.title')}
        value={value?.answer ?? 'none'}
        onChange={({ target }) =>
          onChange(target.value === 'none' ? undefined : { answer: target.value as PhotoConsent['answer'], saidBy })
        }
        options={(['none', 'given', 'refused'] as const).map((one) => ({
          value: one,
          label: t(`consent.answer.${one}`),
        }))}
      />
      {value && (
        <Radio.Group
          name={`${names}said-by`}
          aria-label={t('consent.saidBy')}
          value={saidBy}
          onChange={({ target }) => onChange({ ...value, saidBy: target.value as PhotoConsent['saidBy'] })}
          options={sayers.map((one) => ({ value: one, label: t(`saidBy.${one}`) }))}
        />
      )}
    </div>
  )
}

/** The same as a field of a form. */
export function ConsentField({
  value,
  onChange,
  needsGuardian = false,
}: {
  value?: PhotoConsent
  onChange?: (value: PhotoConsent | undefined) => void
  needsGuardian?: boolean
}) {
  return <ConsentChoice value={value} onChange={(answer) => onChange?.(answer)} needsGuardian={needsGuardian} />
}
