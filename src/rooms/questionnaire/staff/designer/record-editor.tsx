import { Checkbox, Input, InputNumber } from 'antd'
import type { QuestionnaireItem } from '../../../../clinical/questionnaire/index.ts'
import { Stack, useT } from '../../../../platform/web/index.ts'
import { useDesign } from './context.ts'
import { Labelled } from './labelled.tsx'
import { recordLink, withCode, withExtract, withLinkDays } from './record.ts'

/** Under which code the record knows the answer: what is known is filled in, and what was answered may be kept. */
export function RecordEditor({ item }: { item: QuestionnaireItem }) {
  const t = useT('questionnaire')
  const { editItem } = useDesign()
  const link = recordLink(item)
  const change = (next: (before: QuestionnaireItem) => QuestionnaireItem, key?: string) =>
    editItem(item.linkId, next, key)
  return (
    <Stack>
      <div className="pb-design-grid">
        <Labelled label={t('design.record.code')} hint={t('design.record.codeHint')}>
          <Input
            placeholder="29463-7"
            value={link.code}
            onChange={({ target }) =>
              change((before) => withCode(before, target.value.trim(), recordLink(before).display), 'code')
            }
          />
        </Labelled>
        <Labelled label={t('design.record.name')}>
          <Input
            value={link.display}
            disabled={link.code === ''}
            onChange={({ target }) =>
              change((before) => withCode(before, recordLink(before).code, target.value), 'display')
            }
          />
        </Labelled>
        <Labelled label={t('design.record.days')} hint={t('design.record.daysHint')}>
          <InputNumber
            min={1}
            max={3660}
            precision={0}
            disabled={link.code === ''}
            value={link.days ?? null}
            onChange={(days) => change((before) => withLinkDays(before, days ?? undefined), 'days')}
          />
        </Labelled>
      </div>
      <Checkbox
        checked={link.extracts}
        disabled={link.code === ''}
        onChange={({ target }) => change((before) => withExtract(before, target.checked))}
      >
        {t('design.record.extract')}
      </Checkbox>
    </Stack>
  )
}
