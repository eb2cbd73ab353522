import { Input, InputNumber, Select } from 'antd'
import type { QuestionnaireItem } from '../../../../clinical/questionnaire/index.ts'
import { useT } from '../../../../platform/web/index.ts'
import { useDesign } from './context.ts'
import { numberIn, valueIn, withValue } from './extension.ts'
import { kindOf, limitOf, unitOf, withLimit, withNumberType, withUnit } from './kind.ts'
import { Labelled } from './labelled.tsx'

/** What an answer may be: a number and its unit, its limits, the length of a text. */
export function LimitEditor({ item }: { item: QuestionnaireItem }) {
  switch (kindOf(item)) {
    case 'number':
      return <NumberLimits item={item} />
    case 'date':
      return <DateLimits item={item} />
    default:
      return <TextLimits item={item} />
  }
}

function NumberLimits({ item }: { item: QuestionnaireItem }) {
  const t = useT('questionnaire')
  const { editItem } = useDesign()
  const unit = unitOf(item)
  const change = (next: (before: QuestionnaireItem) => QuestionnaireItem, key?: string) =>
    editItem(item.linkId, next, key)
  return (
    <div className="pb-design-grid">
      <Labelled label={t('design.limit.type')}>
        <Select<'integer' | 'decimal' | 'quantity'>
          value={item.type as 'integer'}
          options={(['integer', 'decimal', 'quantity'] as const).map((value) => ({
            value,
            label: t(`design.limit.${value}`),
          }))}
          onChange={(type) => change((before) => withNumberType(before, type))}
        />
      </Labelled>
      <Labelled label={t('design.limit.unit')}>
        <Input
          placeholder="kg"
          value={unit.unit ?? ''}
          onChange={({ target }) =>
            change((before) => withUnit(before, target.value, unitOf(before).code ?? ''), 'unit')
          }
        />
      </Labelled>
      <Labelled label={t('design.limit.ucum')} hint={t('design.limit.ucumHint')}>
        <Input
          placeholder="kg"
          value={unit.code ?? ''}
          onChange={({ target }) =>
            change((before) => withUnit(before, unitOf(before).unit ?? '', target.value), 'ucum')
          }
        />
      </Labelled>
      {(['minValue', 'maxValue'] as const).map((name) => (
        <Labelled key={name} label={t(`design.limit.${name}`)}>
          <InputNumber
            value={(limitOf(item, name) as number | undefined) ?? null}
            onChange={(limit) => change((before) => withLimit(before, name, limit ?? undefined), name)}
          />
        </Labelled>
      ))}
      {item.type !== 'integer' && (
        <Labelled label={t('design.limit.decimals')}>
          <InputNumber
            min={0}
            max={6}
            precision={0}
            value={numberIn(item, 'maxDecimalPlaces') ?? null}
            onChange={(places) =>
              change((before) => withValue(before, 'maxDecimalPlaces', 'valueInteger', places), 'places')
            }
          />
        </Labelled>
      )}
    </div>
  )
}

function DateLimits({ item }: { item: QuestionnaireItem }) {
  const t = useT('questionnaire')
  const { editItem } = useDesign()
  return (
    <div className="pb-design-grid">
      {(['minValue', 'maxValue'] as const).map((name) => (
        <Labelled key={name} label={t(`design.limit.${name === 'minValue' ? 'earliest' : 'latest'}`)}>
          <Input
            type="date"
            value={String(limitOf(item, name) ?? '')}
            onChange={({ target }) =>
              editItem(item.linkId, (before) => withLimit(before, name, target.value || undefined), name)
            }
          />
        </Labelled>
      ))}
    </div>
  )
}

function TextLimits({ item }: { item: QuestionnaireItem }) {
  const t = useT('questionnaire')
  const { editItem } = useDesign()
  const change = (next: (before: QuestionnaireItem) => QuestionnaireItem, key: string) =>
    editItem(item.linkId, next, key)
  return (
    <div className="pb-design-grid">
      <Labelled label={t('design.limit.minLength')}>
        <InputNumber
          min={0}
          precision={0}
          value={numberIn(item, 'minLength') ?? null}
          onChange={(length) => change((before) => withValue(before, 'minLength', 'valueInteger', length), 'minLength')}
        />
      </Labelled>
      <Labelled label={t('design.limit.maxLength')}>
        <InputNumber
          min={1}
          precision={0}
          value={item.maxLength ?? null}
          onChange={(length) =>
            change(({ maxLength: _old, ...rest }) => (length ? { ...rest, maxLength: length } : rest), 'maxLength')
          }
        />
      </Labelled>
      {item.type === 'string' && (
        <Labelled label={t('design.limit.regex')} hint={t('design.limit.regexHint')}>
          <Input
            value={String(valueIn(item, 'regex') ?? '')}
            onChange={({ target }) =>
              change((before) => withValue(before, 'regex', 'valueString', target.value), 'regex')
            }
          />
        </Labelled>
      )}
    </div>
  )
}
