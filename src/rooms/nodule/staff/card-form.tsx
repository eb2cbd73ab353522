import { Form, Input } from 'antd'
import { Columns, DraftForm, Field, useAction, useSay, useT } from '../../../platform/web/index.ts'
import { draftNoduleCard, listNoduleCardsToWrite, type CardDefinition, type CardView } from '../contract/card.ts'

type Half = Record<string, string>
interface Values {
  zh: Half
  en: Half
}

const LINES = ['todo', 'earlier', 'talking'] as const

/** A card in both languages side by side; lists one line each. What it is for stays as it is. */
export function CardForm({ card, onClose }: { card: CardView; onClose: () => void }) {
  const t = useT('nodule')
  const say = useSay()
  const [form] = Form.useForm<Values>()
  const draft = useAction(draftNoduleCard, {
    invalidates: [listNoduleCardsToWrite],
    onDone: () => {
      say.done(t('cards.saved'))
      onClose()
    },
  })
  const { definition } = card
  const lists = LINES.filter((name) => name in definition)
  const isEven = { validator: async () => even(form.getFieldsValue(true) as Values, lists, t('cards.uneven')) }
  return (
    <DraftForm<Values>
      name={`nodule-card-${card.code}-${card.version}`}
      form={form}
      initial={{ zh: halfOf(definition, 'zh'), en: halfOf(definition, 'en') }}
      submit={t('cards.save')}
      onCancel={onClose}
      onSubmit={(values) =>
        draft.mutateAsync({ params: { code: card.code }, body: { definition: joined(definition, values) } })
      }
    >
      <Columns minPx={280}>
        {(['zh', 'en'] as const).map((locale) => (
          <div key={locale}>
            <h3>{t(`cards.${locale}`)}</h3>
            <Field name={[locale, 'title']} label={t('cards.title')} required>
              <Input maxLength={200} />
            </Field>
            {definition.kind === 'education' && (
              <Field name={[locale, 'meaning']} label={t('cards.meaning')} required>
                <Input.TextArea autoSize={{ minRows: 3 }} maxLength={600} />
              </Field>
            )}
            {lists.map((name) => (
              <Field key={name} name={[locale, name]} label={t(`cards.${name}`)} rules={[isEven]}>
                <Input.TextArea autoSize={{ minRows: 3 }} />
              </Field>
            ))}
          </div>
        ))}
      </Columns>
    </DraftForm>
  )
}

const linesOf = (text: string | undefined) =>
  (text ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)

function halfOf(definition: CardDefinition, locale: 'zh' | 'en'): Half {
  const of = (lines: readonly { zh: string; en: string }[]) => lines.map((line) => line[locale]).join('\n')
  if (definition.kind === 'worry') return { title: definition.title[locale], talking: of(definition.talking) }
  const { title, meaning, todo, earlier, talking } = definition
  return { title: title[locale], meaning: meaning[locale], todo: of(todo), earlier: of(earlier), talking: of(talking) }
}

async function even({ zh, en }: Values, lists: readonly string[], words: string): Promise<void> {
  if (lists.some((name) => linesOf(zh[name]).length !== linesOf(en[name]).length)) throw new Error(words)
}

function joined(definition: CardDefinition, { zh, en }: Values): CardDefinition {
  const both = (name: string) => ({ zh: zh[name] ?? '', en: en[name] ?? '' })
  const list = (name: string) => linesOf(zh[name]).map((line, at) => ({ zh: line, en: linesOf(en[name])[at] ?? '' }))
  const own = { ...definition, reviewer: null, title: both('title'), talking: list('talking') }
  if (own.kind === 'worry') return own
  return { ...own, meaning: both('meaning'), todo: list('todo'), earlier: list('earlier') }
}
