import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Dropdown, Input, InputNumber, Select } from 'antd'
import type { Action, Scoring } from '../../../../clinical/questionnaire/index.ts'
import { Row, Stack, useApi, useCan, useT } from '../../../../platform/web/index.ts'
import { listRules } from '../../../tag/contract/tag.ts'
import { BilingualInput } from './bilingual-input.tsx'
import { useDesign } from './context.ts'
import { newAction } from './scoring.ts'
import { actionWords, inWords } from './scoring-words.ts'

const KINDS = ['tag', 'task', 'advice', 'alert'] as const

/** What happens then: a tag, a task, a piece of advice, somebody told at once. */
export function ActionEditor({
  label,
  stem,
  actions,
  scoring,
  onChange,
}: {
  label: string
  stem: string
  actions: readonly Action[]
  scoring: Scoring
  onChange: (next: (before: readonly Action[]) => Action[], key?: string) => void
}) {
  const t = useT('questionnaire')
  const { words } = useDesign()
  const tags = useTags()
  return (
    <Stack tight>
      {actions.map((action, at) => {
        const one = (change: (before: Action) => Action, key?: string) =>
          onChange((all) => all.with(at, change(all[at]!)), key && `action ${at} ${key}`)
        return (
          // The code names the act on the server; the place is what one sees.
          <div key={at} className="pb-design-action">
            <Row>
              <strong>{actionWords(action, words, (code) => tags.find(({ value }) => value === code)?.label)}</strong>
              <Button
                size="small"
                type="text"
                icon={<DeleteOutlined />}
                aria-label={t('design.action.remove', { n: at + 1, of: label })}
                onClick={() => onChange((all) => all.filter((_one, n) => n !== at))}
              />
            </Row>
            {action.kind === 'tag' ? (
              <TagField
                action={action}
                tags={tags}
                label={label}
                onChange={(code) => one((before) => withTag(before, code, tags))}
              />
            ) : (
              <BilingualInput
                label={t(`design.action.text.${action.kind}`)}
                maxLength={200}
                value={action.text ?? { zh: '', en: '' }}
                onChange={(language, text) =>
                  one(({ text: before, ...rest }) => {
                    const said = { ...(before ?? { zh: '', en: '' }), [language]: text }
                    return said.zh || said.en ? { ...rest, text: said } : rest
                  }, `text ${language}`)
                }
              />
            )}
            {(action.kind === 'tag' || action.kind === 'task') && (
              <Row>
                <span>{t(`design.action.days.${action.kind}`)}</span>
                <InputNumber
                  aria-label={`${t(`design.action.days.${action.kind}`)} ${label}`}
                  min={1}
                  max={3660}
                  precision={0}
                  value={action.days ?? null}
                  onChange={(days) => one(({ days: _old, ...rest }) => (days ? { ...rest, days } : rest), 'days')}
                />
              </Row>
            )}
            {action.kind === 'alert' && <small className="pb-hint">{t('design.action.alertHint')}</small>}
          </div>
        )
      })}
      <Row>
        <Dropdown
          trigger={['click']}
          menu={{
            items: KINDS.map((key) => ({ key, label: t(`design.action.kind.${key}`) })),
            onClick: ({ key }) => onChange((all) => [...all, newAction(scoring, key as Action['kind'], stem)]),
          }}
        >
          <Button size="small" icon={<PlusOutlined />}>
            {t('design.action.add')}
            <span className="pb-sr">{label}</span>
          </Button>
        </Dropdown>
      </Row>
    </Stack>
  )
}

interface TagOption {
  value: string
  label: string
  name: { zh: string; en: string }
}

/** Tags that are in force: another would be set by nobody. */
function useTags(): TagOption[] {
  const { words } = useDesign()
  const allowed = useCan('tag.rule.read')
  const { data } = useApi(listRules, undefined, { enabled: allowed })
  return (data?.rules ?? []).flatMap(({ code, state, definition }) =>
    state === 'published'
      ? [{ value: code, label: inWords(definition.name, words.locale), name: definition.name }]
      : [],
  )
}

function TagField({
  action,
  tags,
  label,
  onChange,
}: {
  action: Action
  tags: readonly TagOption[]
  label: string
  onChange: (code: string) => void
}) {
  const t = useT('questionnaire')
  const name = `${t('design.action.tag')} ${label}`
  if (tags.length === 0)
    return (
      <Input
        aria-label={name}
        placeholder={t('design.action.tagCode')}
        value={action.code}
        onChange={({ target }) => onChange(target.value)}
      />
    )
  const known = tags.some(({ value }) => value === action.code)
  return (
    <>
      <Select
        aria-label={name}
        placeholder={t('design.action.tag')}
        showSearch={{ optionFilterProp: 'label' }}
        popupMatchSelectWidth={false}
        style={{ minWidth: 220 }}
        value={action.code || null}
        options={[...tags]}
        onChange={(code: string | null) => onChange(code ?? '')}
      />
      {action.code !== '' && !known && <small className="pb-due">{t('design.action.tagUnknown')}</small>}
    </>
  )
}

function withTag(action: Action, code: string, tags: readonly TagOption[]): Action {
  const name = tags.find(({ value }) => value === code)?.name
  return { ...action, code, ...(name ? { text: name } : {}) }
}
