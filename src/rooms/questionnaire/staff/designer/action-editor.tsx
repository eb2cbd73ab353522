import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Dropdown, InputNumber } from 'antd'
import type { Action, Scoring } from '../../../../clinical/questionnaire/index.ts'
import { Row, Stack, useT } from '../../../../platform/web/index.ts'
import { BilingualInput } from './bilingual-input.tsx'
import { CodeField, useNamed } from './code-field.tsx'
import { useDesign } from './context.ts'
import { newAction } from './scoring.ts'
import { actionWords, inWords } from './scoring-words.ts'

const KINDS = ['tag', 'task', 'advice', 'alert'] as const

/** What happens then: a tag, a task, an advice card for colleagues to give, somebody told at once. */
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
  const named = useNamed()
  return (
    <Stack tight>
      {actions.map((action, at) => {
        const one = (change: (before: Action) => Action, key?: string) =>
          onChange((all) => all.with(at, change(all[at]!)), key && `action ${at} ${key}`)
        return (
          // The code names the act on the server; the place is what one sees.
          <div key={at} className="pb-design-action">
            <Row>
              <strong>
                {action.code === ''
                  ? t(`design.action.kind.${action.kind}`)
                  : actionWords(action, words, nameIn(action, named, words.locale))}
              </strong>
              <Button
                size="small"
                type="text"
                icon={<DeleteOutlined />}
                aria-label={t('design.action.remove', { n: at + 1, of: label })}
                onClick={() => onChange((all) => all.filter((_one, n) => n !== at))}
              />
            </Row>
            {action.kind === 'tag' || action.kind === 'advice' ? (
              <CodeField action={action} kind={action.kind} choices={named[action.kind]} label={label} onChange={one} />
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
            {action.kind === 'advice' && <div className="pb-hint">{t('design.action.cardHint')}</div>}
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

/** How the list calls what an act names; undefined where it names nothing, or nothing that is there. */
function nameIn(action: Action, named: ReturnType<typeof useNamed>, locale: string): string | undefined {
  if (action.kind !== 'tag' && action.kind !== 'advice') return undefined
  const found = named[action.kind].find(({ code }) => code === action.code)
  return found && inWords(found.name, locale)
}
