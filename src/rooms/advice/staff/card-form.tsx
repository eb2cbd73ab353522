import { Button, Form, Input, Select } from 'antd'
import { DateInput, DraftForm, Field, Row, Stack, useAction, useSay, useT } from '../../../platform/web/index.ts'
import { listCards, readCard, cardVersions, saveCard, type CardView } from '../contract/cards.ts'
import { FORMS, KINDS, type CardDefinition, type Ground } from '../contract/words.ts'
import { CardPreview } from './card-preview.tsx'
import { GroundList, NotForList } from './ground-list.tsx'
import { groundLine, kindOf, parseGround, type GroundKind } from './ground-line.ts'

type Words = { zh: string; en: string }
export interface GroundRow {
  kind: GroundKind
  line: string
}
interface Written extends Omit<CardDefinition, 'for' | 'only' | 'notFor'> {
  for: GroundRow[]
  only?: GroundRow[]
  notFor?: (GroundRow & { because: Words })[]
}

const EMPTY: Words = { zh: '', en: '' }

/** The next version of a card, in both languages; it counts once somebody else has published it. */
export function CardForm({ card, onDone }: { card: CardView | undefined; onDone: () => void }) {
  const t = useT('advice')
  const say = useSay()
  const [form] = Form.useForm<Written>()
  const now = Form.useWatch([], form) as Partial<Written> | undefined
  const save = useAction(saveCard, { invalidates: [listCards, readCard, cardVersions] })
  const initial = card
    ? writtenOf(card.definition)
    : {
        code: '',
        kind: 'diet' as const,
        title: EMPTY,
        summary: EMPTY,
        points: [EMPTY],
        avoid: [],
        for: [{ kind: 'tag' as const, line: '' }],
        licence: 'Apache-2.0',
        reviewer: null,
      }
  const submit = async (written: Written) => {
    const definition = definitionOf(written)
    await save.mutateAsync({
      params: { code: definition.code },
      body: { definition, revision: card?.state === 'draft' ? card.revision : 0 },
    })
    say.done(t('cards.saved'))
    onDone()
  }
  return (
    <DraftForm<Written>
      name={`advice-card-${card?.code ?? 'new'}`}
      form={form}
      initial={initial as Partial<Written>}
      submit={t('cards.save')}
      onCancel={onDone}
      onSubmit={submit}
    >
      <Field
        name="code"
        label={t('cards.code')}
        required
        rules={[{ pattern: /^[a-z0-9][a-z0-9-]{1,58}$/, message: t('cards.codeHint') }]}
      >
        <Input disabled={card !== undefined} maxLength={59} />
      </Field>
      <Row>
        <Field name="kind" label={t('cards.kind')} required>
          <Select style={{ width: 160 }} options={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))} />
        </Field>
        {now?.kind === 'wellness' && (
          <Field name="form" label={t('cards.form')} required>
            <Select style={{ width: 160 }} options={FORMS.map((value) => ({ value, label: t(`form.${value}`) }))} />
          </Field>
        )}
      </Row>
      <Both name={['title']} label={t('text.title')} />
      <Both name={['summary']} label={t('text.summary')} />
      <WordList name="points" label={t('text.points')} add={t('text.addPoint')} />
      <WordList name="avoid" label={t('text.avoid')} add={t('text.addAvoid')} />
      {now?.title && now.summary && (
        <Row>
          <CardPreview card={previewOf(now)} language="zh-CN" />
          <CardPreview card={previewOf(now)} language="en" />
        </Row>
      )}
      <GroundList name="for" label={t('cards.for')} />
      <GroundList name="only" label={t('cards.only')} />
      <NotForList />
      <Field name="source" label={t('card.source')} required>
        <Input maxLength={300} />
      </Field>
      <Field name="licence" label={t('card.licence')} required>
        <Input maxLength={200} />
      </Field>
      <Field name="reviewer" label={t('card.reviewer')}>
        <Input maxLength={60} placeholder={t('card.reviewerOpen')} />
      </Field>
      <Field name="expiresOn" label={t('card.expiresOn')} required>
        <DateInput />
      </Field>
    </DraftForm>
  )
}

/** One text in both languages, side by side. */
function Both({ name, label }: { name: (string | number)[]; label: string }) {
  const t = useT('advice')
  return (
    <>
      <Field name={[...name, 'zh']} label={t('cards.inChinese', { label })} required>
        <Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} maxLength={400} />
      </Field>
      <Field name={[...name, 'en']} label={t('cards.inEnglish', { label })} required>
        <Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} maxLength={600} />
      </Field>
    </>
  )
}

function WordList({ name, label, add }: { name: 'points' | 'avoid'; label: string; add: string }) {
  const t = useT('advice')
  return (
    <Form.List name={name}>
      {(fields, list) => (
        <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
          <legend>
            <strong>{label}</strong>
          </legend>
          <Stack tight>
            {fields.map(({ key, name: n }) => (
              <div key={key}>
                <Both name={[n]} label={t('text.nth', { label, n: n + 1 })} />
                <Button size="small" onClick={() => list.remove(n)}>
                  {t('text.less')}
                  <span className="pb-sr">{t('text.nth', { label, n: n + 1 })}</span>
                </Button>
              </div>
            ))}
            <div>
              <Button size="small" onClick={() => list.add(EMPTY)}>
                {add}
              </Button>
            </div>
          </Stack>
        </fieldset>
      )}
    </Form.List>
  )
}

function previewOf({ title = EMPTY, summary = EMPTY, points = [], avoid = [] }: Partial<Written>) {
  const whole = (list: readonly (Words | undefined)[]) =>
    list.map((one) => ({ zh: one?.zh ?? '', en: one?.en ?? '' })).filter(({ zh, en }) => zh || en)
  return {
    title: { zh: title.zh ?? '', en: title.en ?? '' },
    summary: { zh: summary.zh ?? '', en: summary.en ?? '' },
    points: whole(points),
    avoid: whole(avoid),
  }
}

const rowOf = (one: Ground): GroundRow => ({ kind: kindOf(one), line: groundLine(one) })

function writtenOf(definition: CardDefinition): Written {
  return {
    ...definition,
    for: definition.for.map(rowOf),
    only: (definition.only ?? []).map(rowOf),
    notFor: definition.notFor.map(({ when, because }) => ({ ...rowOf(when), because })),
  }
}

function definitionOf({ for: grounds, only = [], notFor = [], form, reviewer, ...rest }: Written): CardDefinition {
  const read = ({ kind, line }: GroundRow) => parseGround(kind, line ?? '')!
  return {
    ...rest,
    ...(rest.kind === 'wellness' && form ? { form } : {}),
    avoid: rest.avoid ?? [],
    for: grounds.map(read),
    ...(only.length > 0 ? { only: only.map(read) } : {}),
    notFor: notFor.map(({ because, ...row }) => ({ when: read(row), because })),
    reviewer: reviewer || null,
  }
}
