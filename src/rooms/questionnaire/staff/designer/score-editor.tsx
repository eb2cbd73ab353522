import { DeleteOutlined } from '@ant-design/icons'
import { Button, Input, InputNumber, Select } from 'antd'
import type { Score, Scoring } from '../../../../clinical/questionnaire/index.ts'
import { useT } from '../../../../platform/web/index.ts'
import { BandEditor } from './band-editor.tsx'
import { BilingualInput } from './bilingual-input.tsx'
import { useDesign } from './context.ts'
import { Labelled } from './labelled.tsx'
import { ScoredItems } from './scored-items.tsx'
import { changeScore, reachOf } from './scoring.ts'
import type { ChangeScoring } from './scoring-editor.tsx'
import { scoreSentence } from './scoring-words.ts'
import { Section } from './section.tsx'

const METHODS = ['sum', 'weighted', 'mean', 'max', 'count', 'value'] as const

/** One score: of which questions, how, and its bands. */
export function ScoreEditor({
  at,
  score,
  scoring,
  onChange,
}: {
  at: number
  score: Score
  scoring: Scoring
  onChange: ChangeScoring
}) {
  const t = useT('questionnaire')
  const { form, words, numbers } = useDesign()
  const change = (next: (before: Score) => Score, key?: string) =>
    onChange((before) => changeScore(before, at, next), key && `${at} ${key}`)
  const reach = reachOf(form, score)
  return (
    <section className="pb-design-part">
      <div className="pb-design-head">
        <h2>{words.locale === 'en' ? score.name.en : score.name.zh}</h2>
        <Button
          size="small"
          danger
          icon={<DeleteOutlined />}
          onClick={() => onChange((before) => ({ ...before, scores: before.scores.filter((_one, n) => n !== at) }))}
        >
          {t('design.score.remove')}
        </Button>
      </div>
      <p className="pb-design-sentence">
        {scoreSentence(form, score, words, numbers)}
        {reach && t('design.score.reach', { from: reach[0], to: reach[1] })}
      </p>
      <BilingualInput
        label={t('design.score.name')}
        multiline={false}
        maxLength={60}
        value={score.name}
        onChange={(language, text) =>
          change((before) => ({ ...before, name: { ...before.name, [language]: text } }), `name ${language}`)
        }
      />
      <div className="pb-design-grid">
        <Labelled label={t('design.score.method')}>
          <Select<Score['method']>
            value={score.method}
            popupMatchSelectWidth={false}
            options={METHODS.map((value) => ({ value, label: t(`design.score.methods.${value}`) }))}
            onChange={(method) =>
              change((before) => ({
                ...before,
                method,
                ...(method === 'count' && before.countFrom === undefined ? { countFrom: 1 } : {}),
              }))
            }
          />
        </Labelled>
        {score.method === 'count' && (
          <Labelled label={t('design.score.countFrom')}>
            <InputNumber
              value={score.countFrom ?? null}
              onChange={(countFrom) => change((before) => ({ ...before, countFrom: countFrom ?? 1 }), 'countFrom')}
            />
          </Labelled>
        )}
        <MissingPolicy score={score} onChange={change} />
      </div>
      <Section title={t('design.score.items', { count: score.items.length })} open={score.items.length < 12}>
        <ScoredItems score={score} onChange={change} />
      </Section>
      <Section title={t('design.score.after')}>
        <Factors score={score} onChange={change} />
      </Section>
      <Section title={t('design.band.title', { count: score.bands?.length ?? 0 })} open>
        <BandEditor score={score} scoring={scoring} onChange={change} />
      </Section>
    </section>
  )
}

interface Part {
  score: Score
  onChange: (next: (before: Score) => Score, key?: string) => void
}

function MissingPolicy({ score, onChange }: Part) {
  const t = useT('questionnaire')
  const policy = score.missing ?? 'refuse'
  const kind = typeof policy === 'object' ? 'prorate' : policy
  return (
    <>
      <Labelled label={t('design.score.missingTitle')}>
        <Select<'refuse' | 'zero' | 'prorate'>
          value={kind}
          popupMatchSelectWidth={false}
          options={(['refuse', 'zero', 'prorate'] as const).map((value) => ({
            value,
            label: t(`design.score.missingChoice.${value}`),
          }))}
          onChange={(next) =>
            onChange((before) => ({ ...before, missing: next === 'prorate' ? { prorateUpTo: 1 } : next }))
          }
        />
      </Labelled>
      {typeof policy === 'object' && (
        <Labelled label={t('design.score.prorateUpTo')}>
          <InputNumber
            min={1}
            precision={0}
            value={policy.prorateUpTo}
            onChange={(count) => onChange((before) => ({ ...before, missing: { prorateUpTo: count ?? 1 } }), 'prorate')}
          />
        </Labelled>
      )}
    </>
  )
}

/** What is done with the sum: added to, multiplied, rounded; and its unit. */
function Factors({ score, onChange }: Part) {
  const t = useT('questionnaire')
  const set = (member: 'add' | 'multiply' | 'unit' | 'round', value: unknown) =>
    onChange(
      ({ [member]: _old, ...rest }) =>
        (value === undefined || value === null || value === '' ? rest : { ...rest, [member]: value }) as Score,
      member,
    )
  return (
    <div className="pb-design-grid">
      <Labelled label={t('design.score.add2')}>
        <InputNumber value={score.add ?? null} onChange={(value) => set('add', value)} />
      </Labelled>
      <Labelled label={t('design.score.multiply2')}>
        <InputNumber value={score.multiply ?? null} onChange={(value) => set('multiply', value)} />
      </Labelled>
      <Labelled label={t('design.score.roundTitle')}>
        <Select<'none' | 'floor' | 'nearest'>
          value={score.round ?? 'none'}
          options={(['none', 'floor', 'nearest'] as const).map((value) => ({
            value,
            label: t(`design.score.rounds.${value}`),
          }))}
          onChange={(value) => set('round', value === 'none' ? undefined : value)}
        />
      </Labelled>
      <Labelled label={t('design.score.unit')}>
        <Input maxLength={20} value={score.unit ?? ''} onChange={({ target }) => set('unit', target.value)} />
      </Labelled>
    </div>
  )
}
