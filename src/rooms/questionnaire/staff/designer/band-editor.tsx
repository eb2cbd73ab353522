import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, InputNumber, Select } from 'antd'
import { TONES, type Band, type Score, type Scoring, type Tone } from '../../../../clinical/questionnaire/index.ts'
import { Row, Stack, Status, useT } from '../../../../platform/web/index.ts'
import { ActionEditor } from './action-editor.tsx'
import { BilingualInput } from './bilingual-input.tsx'
import { useDesign } from './context.ts'
import { Labelled } from './labelled.tsx'
import { bandFaults, newBand, withEnd, withLimits } from './scoring.ts'
import { bandWhen } from './scoring-words.ts'
import { STATUS_OF_TONE } from './tone.ts'

type Change = (next: (before: Score) => Score, key?: string) => void

/** From where to where a band goes, its words for the person and for colleagues, and what happens then. */
export function BandEditor({ score, scoring, onChange }: { score: Score; scoring: Scoring; onChange: Change }) {
  const t = useT('questionnaire')
  const bands = score.bands ?? []
  const faults = bandFaults(score)
  const changeBands = (next: (before: readonly Band[]) => Band[], key?: string) =>
    onChange((before) => ({ ...before, bands: next(before.bands ?? []) }), key && `bands ${key}`)
  return (
    <Stack>
      {bands.map((band, at) => (
        // A band's code may be changed by an import; its place is what the reader sees.
        <BandFields key={at} at={at} band={band} score={score} scoring={scoring} onChange={changeBands} />
      ))}
      {faults.map((fault, at) => (
        <span key={at} className="pb-due">
          {t(`design.band.fault.${fault.code}`, { n: fault.at + 1, from: fault.from ?? 0, below: fault.below ?? 0 })}
        </span>
      ))}
      <Row>
        <Button
          icon={<PlusOutlined />}
          onClick={() =>
            onChange((before) => ({
              ...before,
              bands: [
                ...(before.bands ?? []),
                newBand(before, (n) => ({
                  zh: t('design.band.defaultZh', { n }),
                  en: t('design.band.defaultEn', { n }),
                })),
              ],
            }))
          }
        >
          {t('design.band.add')}
        </Button>
      </Row>
    </Stack>
  )
}

/** Whole points are said up to and with the last one; others up to where the next band begins. */
const isWhole = ({ method, multiply, add, round }: Score): boolean =>
  round !== undefined ||
  (method !== 'mean' && method !== 'weighted' && [multiply ?? 1, add ?? 0].every(Number.isInteger))

function BandFields({
  at,
  band,
  score,
  scoring,
  onChange,
}: {
  at: number
  band: Band
  score: Score
  scoring: Scoring
  onChange: (next: (before: readonly Band[]) => Band[], key?: string) => void
}) {
  const t = useT('questionnaire')
  const { words, form } = useDesign()
  const n = at + 1
  const whole = isWhole(score)
  const one = (change: (band: Band) => Band, key?: string) =>
    onChange((bands) => bands.with(at, change(bands[at]!)), key && `${at} ${key}`)
  const said = (member: 'text' | 'advice' | 'forStaff') => (
    <BilingualInput
      label={t(`design.band.${member}`, { n })}
      maxLength={300}
      forPatients={member !== 'forStaff'}
      value={band[member] ?? { zh: '', en: '' }}
      onChange={(language, text) => one((before) => withSaid(before, member, language, text), `${member} ${language}`)}
    />
  )
  return (
    <section className="pb-design-band" aria-label={t('design.band.name', { n })}>
      <Row>
        <strong>{t('design.band.name', { n })}</strong>
        {band.tone && <Status tone={STATUS_OF_TONE[band.tone]}>{t(`design.tone.${band.tone}`)}</Status>}
        <Button
          size="small"
          type="text"
          icon={<DeleteOutlined />}
          aria-label={t('design.band.remove', { n })}
          onClick={() => onChange((bands) => bands.filter((_one, place) => place !== at))}
        />
      </Row>
      {band.when && <p className="pb-design-sentence">{bandWhen(band, score, scoring.scores, words, form)}</p>}
      <div className="pb-design-grid">
        <Labelled label={t('design.band.fromLabel', { n })}>
          <InputNumber
            placeholder={t('design.band.noLimit')}
            value={band.from ?? null}
            onChange={(from) => one((before) => withLimits(before, { from: from ?? undefined }), 'from')}
          />
        </Labelled>
        <Labelled label={t(whole ? 'design.band.toLabel' : 'design.band.belowLabel', { n })}>
          <InputNumber
            placeholder={t('design.band.noLimit')}
            value={band.below === undefined ? null : whole ? band.below - 1 : band.below}
            onChange={(end) =>
              onChange((bands) => withEnd(bands, at, end === null ? undefined : whole ? end + 1 : end), `${at} below`)
            }
          />
        </Labelled>
        <Labelled label={t('design.band.tone', { n })}>
          <Select<Tone>
            allowClear
            value={band.tone}
            options={TONES.map((value) => ({ value, label: t(`design.tone.${value}`) }))}
            onChange={(tone: Tone | undefined) => one(({ tone: _old, ...rest }) => (tone ? { ...rest, tone } : rest))}
          />
        </Labelled>
      </div>
      {said('text')}
      {said('advice')}
      {said('forStaff')}
      <ActionEditor
        label={t('design.band.name', { n })}
        stem={`${score.code}-${band.code}`}
        actions={band.actions ?? []}
        scoring={scoring}
        onChange={(next, key) =>
          one(({ actions: before = [], ...rest }) => {
            const actions = next(before)
            return actions.length > 0 ? { ...rest, actions } : rest
          }, key)
        }
      />
    </section>
  )
}

/** The name of a band is always there; the other words go when both languages are empty. */
function withSaid(band: Band, member: 'text' | 'advice' | 'forStaff', language: 'zh' | 'en', text: string): Band {
  const words = { ...(band[member] ?? { zh: '', en: '' }), [language]: text }
  if (member === 'text' || words.zh !== '' || words.en !== '') return { ...band, [member]: words }
  const { [member]: _gone, ...rest } = band
  return rest
}
