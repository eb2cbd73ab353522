import { Input } from 'antd'
import { Fragment } from 'react'
import { useT } from '../../../../platform/web/index.ts'
import type { GivenText, WantedText } from './template-texts.ts'

export interface TextTableProps {
  wanted: readonly WantedText[]
  texts: ReadonlyMap<string, GivenText>
  /** Codes of questions that read like another one. */
  same: ReadonlySet<string>
  language: 'zh' | 'en'
  onChange: (code: string, text: GivenText) => void
}

/** Every text of the scale beside what it is: read over, completed and mended before a draft is made. */
export function TextTable({ wanted, texts, same, language, onChange }: TextTableProps) {
  const t = useT('questionnaire')
  const parts = (['lead', 'question', 'option'] as const).map(
    (kind) => [kind, wanted.filter((one) => one.kind === kind)] as const,
  )
  return (
    <div className="pb-template">
      {parts.map(([kind, rows]) => (
        <Fragment key={kind}>
          <h3 className="pb-template-part">{t(`template.part.${kind}`, { count: rows.length })}</h3>
          {rows.map((row) => (
            <Line
              key={row.code}
              row={row}
              hint={row.hint[language]}
              text={texts.get(row.code) ?? { zh: '', en: '' }}
              isSame={same.has(row.code)}
              onChange={onChange}
            />
          ))}
        </Fragment>
      ))}
    </div>
  )
}

function Line({
  row: { code, optional },
  hint,
  text,
  isSame,
  onChange,
}: {
  row: WantedText
  hint: string
  text: GivenText
  isSame: boolean
  onChange: TextTableProps['onChange']
}) {
  const t = useT('questionnaire')
  const empty = !optional && text.zh.trim() === ''
  return (
    <div className="pb-template-line">
      <span>
        {hint}
        <br />
        <span className="pb-hint pb-number">{code}</span>
        {isSame && <span className="pb-design-bad"> {t('template.same')}</span>}
      </span>
      <Input.TextArea
        autoSize={{ minRows: 1, maxRows: 4 }}
        maxLength={500}
        status={empty || isSame ? 'warning' : ''}
        aria-label={`${hint} ${t('template.zh')}`}
        placeholder={t('template.zh')}
        value={text.zh}
        onChange={({ target }) => onChange(code, { ...text, zh: target.value })}
      />
      <Input.TextArea
        autoSize={{ minRows: 1, maxRows: 4 }}
        maxLength={500}
        aria-label={`${hint} ${t('template.en')}`}
        placeholder={t('template.en')}
        value={text.en}
        onChange={({ target }) => onChange(code, { ...text, en: target.value })}
      />
    </div>
  )
}
