import { Input, Radio, Select } from 'antd'
import { Stack, useT } from '../../../../platform/web/index.ts'
import { MemberInput } from './bilingual-input.tsx'
import { languageOf } from './bilingual.ts'
import { useDesign } from './context.ts'
import { Labelled } from './labelled.tsx'

/** What holds for the whole questionnaire: its names, where it comes from, who may read the answers. */
export function SettingsEditor() {
  const t = useT('questionnaire')
  const { code, draft, definition, base, edit, editDefinition } = useDesign()
  return (
    <Stack>
      {(['title', 'description'] as const).map((member) => (
        <MemberInput
          key={member}
          label={t(`design.settings.${member}`)}
          owner={definition}
          member={member}
          base={base}
          onChange={(change, language) => editDefinition(change, `${member} ${language}`)}
        />
      ))}
      <div className="pb-design-grid">
        <Labelled label={t('design.settings.code')}>
          <Input value={code} readOnly />
        </Labelled>
        <Labelled label={t('design.settings.language')} hint={t('design.settings.languageHint')}>
          <Select
            value={languageOf(definition)}
            options={(['zh', 'en'] as const).map((value) => ({ value, label: t(`design.settings.${value}`) }))}
            onChange={(language) =>
              editDefinition((before) => ({ ...before, language: language === 'zh' ? 'zh-CN' : 'en' }))
            }
          />
        </Labelled>
      </div>
      <div className="pb-design-field">
        <span>{t('design.settings.sensitivity')}</span>
        <Radio.Group
          value={draft.sensitivity}
          onChange={({ target }) => edit((before) => ({ ...before, sensitivity: target.value as 'ordinary' }))}
          options={(['ordinary', 'mental'] as const).map((value) => ({ value, label: t(`design.settings.${value}`) }))}
        />
        <small className="pb-hint">{t('design.settings.sensitivityHint')}</small>
      </div>
      {(['source', 'licence'] as const).map((member) => (
        <Labelled key={member} label={t(`design.settings.${member}`)} hint={t(`design.settings.${member}Hint`)} wide>
          <Input.TextArea
            autoSize={{ minRows: 1, maxRows: 6 }}
            maxLength={500}
            value={draft[member]}
            onChange={({ target }) => edit((before) => ({ ...before, [member]: target.value }), member)}
          />
        </Labelled>
      ))}
    </Stack>
  )
}
