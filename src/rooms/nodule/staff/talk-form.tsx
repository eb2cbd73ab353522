import { Checkbox, Form, Input } from 'antd'
import { useState } from 'react'
import {
  Card,
  DraftForm,
  Field,
  Loading,
  Stack,
  useAction,
  useApi,
  useT,
  requestId,
} from '../../../platform/web/index.ts'
import { listNoduleCards, type CardView } from '../contract/card.ts'
import { noteTalk } from '../contract/nodule.ts'
import { useDone, type ActProps } from './act-drawer.tsx'
import { useBilingual } from './words.tsx'

interface Talk {
  worries?: Record<string, { ticked?: boolean; words?: string }>
  taughtBack?: boolean
  theirWords?: string
  note?: string
}

/** 担忧清单: ticked with the person, in their words; the card to show and how to say it; told back at the end. */
export function TalkForm({ nodule, onClose }: ActProps) {
  const t = useT('nodule')
  const { data } = useApi(listNoduleCards)
  const [key] = useState(requestId)
  const [form] = Form.useForm<Talk>()
  const note = useAction(noteTalk, useDone(t('talk.saved'), onClose))
  const taughtBack = Form.useWatch('taughtBack', form)
  if (!data) return <Loading lines={4} />
  const worries = data.rows.filter(({ definition }) => definition.kind === 'worry').toSorted(byOrder)
  const card = data.rows.find(({ code }) => code === nodule.cardCode)
  return (
    <Stack>
      {card ? <EducationCard card={card} /> : <p className="pb-hint">{t('talk.noCard')}</p>}
      <DraftForm<Talk>
        name={`nodule-talk-${nodule.id}`}
        form={form}
        submit={t('talk.save')}
        onCancel={onClose}
        onSubmit={({ worries: told = {}, taughtBack: back = false, theirWords = '', note: more = '' }) =>
          note.mutateAsync({
            params: { noduleId: nodule.id },
            body: {
              worries: Object.entries(told).flatMap(([code, { ticked, words = '' }]) =>
                ticked ? [{ code, words }] : [],
              ),
              cardCode: card?.code ?? null,
              taughtBack: back,
              theirWords: back ? theirWords : '',
              note: more,
              key,
            },
          })
        }
      >
        <h3>{t('talk.worries')}</h3>
        <p className="pb-hint">{t('talk.hint')}</p>
        {worries.map((worry) => (
          <Worry key={worry.code} worry={worry} form={form} />
        ))}
        <Form.Item name="taughtBack" valuePropName="checked" style={{ marginTop: 16 }}>
          <Checkbox>{t('talk.taughtBack')}</Checkbox>
        </Form.Item>
        {taughtBack && (
          <Field name="theirWords" label={t('talk.theirWords')} required>
            <Input.TextArea autoSize={{ minRows: 2, maxRows: 5 }} maxLength={1000} />
          </Field>
        )}
        <Field name="note" label={t('talk.note')}>
          <Input.TextArea autoSize={{ minRows: 1, maxRows: 5 }} maxLength={1000} />
        </Field>
      </DraftForm>
    </Stack>
  )
}

const DOTS = { listStyle: 'disc', paddingInlineStart: 20 } as const

const byOrder = (a: CardView, b: CardView) => orderOf(a) - orderOf(b)
const orderOf = ({ definition }: CardView) => (definition.kind === 'worry' ? definition.order : 0)

function Worry({ worry, form }: { worry: CardView; form: ReturnType<typeof Form.useForm<Talk>>[0] }) {
  const t = useT('nodule')
  const words = useBilingual()
  const ticked = Form.useWatch(['worries', worry.code, 'ticked'], form) as boolean | undefined
  return (
    <div>
      <Form.Item name={['worries', worry.code, 'ticked']} valuePropName="checked" noStyle>
        <Checkbox style={{ minHeight: 32, alignItems: 'center' }}>{words(worry.title)}</Checkbox>
      </Form.Item>
      {ticked && (
        <div style={{ paddingInlineStart: 24, paddingBottom: 8 }}>
          <ul aria-label={t('talk.points')} style={DOTS}>
            {worry.definition.talking.map((line) => (
              <li key={line.en} className="pb-hint">
                {words(line)}
              </li>
            ))}
          </ul>
          <Form.Item name={['worries', worry.code, 'words']} noStyle>
            <Input
              maxLength={300}
              placeholder={t('talk.words')}
              aria-label={`${words(worry.title)}: ${t('talk.words')}`}
            />
          </Form.Item>
        </div>
      )}
    </div>
  )
}

/** What the person reads, and for the colleague how to say it. */
export function EducationCard({ card }: { card: CardView }) {
  const t = useT('nodule')
  const words = useBilingual()
  const { definition } = card
  if (definition.kind !== 'education') return null
  return (
    <Card
      title={words(definition.title)}
      extra={definition.reviewer === null && <span className="pb-hint">{t('talk.unreviewed')}</span>}
    >
      <Stack tight>
        <p>{words(definition.meaning)}</p>
        <Lines title={t('talk.todo')} lines={definition.todo.map(words)} />
        <Lines title={t('talk.earlier')} lines={definition.earlier.map(words)} />
        <details open>
          <summary>{t('talk.points')}</summary>
          <ul style={DOTS}>
            {definition.talking.map((line) => (
              <li key={line.en}>{words(line)}</li>
            ))}
          </ul>
        </details>
      </Stack>
    </Card>
  )
}

function Lines({ title, lines }: { title: string; lines: readonly string[] }) {
  if (lines.length === 0) return null
  return (
    <div>
      <strong>{title}</strong>
      <ul style={DOTS}>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  )
}
