import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Checkbox, Dropdown, Input, InputNumber } from 'antd'
import { read, type AnswerOption, type QuestionnaireItem } from '../../../../clinical/questionnaire/index.ts'
import { Row, Stack, useT } from '../../../../platform/web/index.ts'
import type { Language } from './bilingual.ts'
import { useDesign } from './context.ts'
import {
  asOptions,
  numbered,
  optionRow,
  optionsOf,
  withExclusive,
  withNewOption,
  withOptions,
  withOptionText,
  withPoints,
} from './option.ts'

/** The options of a choice: words in both languages, points, and whether one stands alone. */
export function OptionEditor({
  item,
  onChange,
}: {
  item: QuestionnaireItem
  /** Where the options are shared: what to do instead of changing this item alone. */
  onChange?: (change: (before: QuestionnaireItem) => QuestionnaireItem, key?: string) => void
}) {
  const t = useT('questionnaire')
  const { editItem, base, definition } = useDesign()
  const change =
    onChange ??
    ((next: (before: QuestionnaireItem) => QuestionnaireItem, key?: string) => editItem(item.linkId, next, key))
  const options = optionsOf(item)
  const changeAll = (next: (before: readonly AnswerOption[]) => AnswerOption[], key?: string) =>
    change((before) => withOptions(before, next(optionsOf(before))), key)
  const changeOne = (at: number, next: (option: AnswerOption) => AnswerOption, key?: string) =>
    changeAll((all) => all.with(at, next(all[at]!)), key && `option ${at} ${key}`)
  if (options.length === 0 && item.answerValueSet) {
    const { form } = read(definition)
    const found = form.byLinkId.get(item.linkId)?.options ?? []
    return (
      <Stack>
        <p>{t('design.option.fromSet', { set: item.answerValueSet, count: found.length })}</p>
        <Row>
          {found.length > 0 ? (
            <Button onClick={() => changeAll(() => asOptions(found.map(({ value }) => value as never)))}>
              {t('design.option.unfold')}
            </Button>
          ) : (
            <Button onClick={() => change((before) => withNewOption(before, t('design.option.default', { n: 1 })))}>
              {t('design.option.byHand')}
            </Button>
          )}
        </Row>
      </Stack>
    )
  }
  return (
    <Stack>
      <ul className="pb-design-options">
        {options.map((option, at) => (
          // Options have no name until they are written; their place is it.
          <li key={at}>
            <OptionLine
              n={at + 1}
              option={option}
              base={base}
              several={item.repeats === true}
              onText={(language, text) =>
                changeOne(at, (before) => withOptionText(before, language, base, text), language)
              }
              onPoints={(points) => changeOne(at, (before) => withPoints(before, points), 'points')}
              onExclusive={(on) => changeOne(at, (before) => withExclusive(before, on))}
              onMove={at > 0 ? () => changeAll((all) => moved(all, at, at - 1)) : undefined}
              onRemove={() => changeAll((all) => all.filter((_one, n) => n !== at))}
            />
          </li>
        ))}
      </ul>
      <Row>
        <Button
          icon={<PlusOutlined />}
          onClick={() =>
            change((before) => withNewOption(before, t('design.option.default', { n: optionsOf(before).length + 1 })))
          }
        >
          {t('design.option.add')}
        </Button>
        <Dropdown
          trigger={['click']}
          menu={{
            items: (['up0', 'up1', 'down0', 'down1', 'none'] as const).map((key) => ({
              key,
              label: t(`design.option.points.${key}`),
            })),
            onClick: ({ key }) =>
              changeAll((all) =>
                numbered(all, key === 'none' ? undefined : Number(key.at(-1)), key.startsWith('down')),
              ),
          }}
        >
          <Button>{t('design.option.number')}</Button>
        </Dropdown>
      </Row>
    </Stack>
  )
}

function moved<T>(all: readonly T[], from: number, to: number): T[] {
  const rest = all.filter((_one, at) => at !== from)
  return rest.toSpliced(to, 0, all[from]!)
}

function OptionLine(props: {
  n: number
  option: AnswerOption
  base: Language
  several: boolean
  onText: (language: Language, text: string) => void
  onPoints: (points: number | undefined) => void
  onExclusive: (on: boolean) => void
  onMove?: () => void
  onRemove: () => void
}) {
  const t = useT('questionnaire')
  const { n } = props
  const row = optionRow(props.option, props.base)
  return (
    <div className="pb-design-option">
      <Input
        aria-label={t('design.option.zh', { n })}
        placeholder={t('design.option.zh', { n })}
        value={row.zh}
        onChange={({ target }) => props.onText('zh', target.value)}
      />
      <Input
        aria-label={t('design.option.en', { n })}
        placeholder={t('design.option.en', { n })}
        lang="en"
        value={row.en}
        onChange={({ target }) => props.onText('en', target.value)}
      />
      <InputNumber
        aria-label={t('design.option.pointsOf', { n })}
        placeholder={t('design.option.pointsShort')}
        value={row.points ?? null}
        onChange={(points) => props.onPoints(points ?? undefined)}
      />
      {props.several && (
        <Checkbox checked={row.exclusive} onChange={({ target }) => props.onExclusive(target.checked)}>
          {t('design.option.exclusive')}
        </Checkbox>
      )}
      <Button type="text" disabled={!props.onMove} onClick={props.onMove} aria-label={t('design.option.up', { n })}>
        ↑
      </Button>
      <Button
        type="text"
        icon={<DeleteOutlined />}
        onClick={props.onRemove}
        aria-label={t('design.option.remove', { n })}
      />
    </div>
  )
}
