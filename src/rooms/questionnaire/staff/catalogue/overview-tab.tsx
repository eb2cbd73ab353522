import { useMemo } from 'react'
import { inLanguage, read, walk, type Form, type Item } from '../../../../clinical/questionnaire/index.ts'
import {
  Card,
  Columns,
  Facts,
  InstantText,
  Stack,
  Status,
  useLocale,
  useT,
  useToday,
  useShipped,
} from '../../../../platform/web/index.ts'
import { faultsInDefinition } from '../../contract/faults.ts'
import type { DefinitionView } from '../../contract/questionnaire.ts'
import { faultWords, unsupportedWords } from '../designer/fault-words.ts'
import { kindWord } from '../designer/kind-word.ts'
import { logicSentence, numbersOf, type Words } from '../../contract/question-words.ts'
import { TryOut } from '../designer/preview.tsx'
import { actionWords, bandWhen, inWords, ruleWords, scoreSentence } from '../designer/scoring-words.ts'
import { STATUS_OF_TONE } from '../designer/tone.ts'

/** All of a version at a glance, for who is to publish it: what keeps it back, the questions, the scoring, the phone. */
export function OverviewTab({ view }: { view: DefinitionView }) {
  const t = useT('questionnaire')
  const shipped = useShipped()
  const locale = useLocale()
  const today = useToday()
  const reading = useMemo(() => read(view.definition), [view.definition])
  const faults = useMemo(() => faultsInDefinition(reading, today), [reading, today])
  const words: Words = { t, locale }
  const { form } = reading
  return (
    <Columns minPx={400}>
      <Stack>
        {faults.length > 0 && (
          <Card title={t('design.fault.count', { count: faults.length })}>
            <ul className="pb-design-changes">
              {faults.map((fault, at) => (
                <li key={at}>{faultWords(fault, form, words).text}</li>
              ))}
            </ul>
          </Card>
        )}
        <Card title={t('catalogue.about')} extra={<StateOf view={view} />}>
          <Facts
            items={[
              [t('catalogue.questions'), String(view.questions)],
              [t('catalogue.sensitivity'), t(`design.settings.${view.sensitivity}`)],
              [t('design.settings.source'), view.source && shipped(view.source)],
              [t('design.settings.licence'), view.licence && shipped(view.licence)],
              [
                t('catalogue.changed'),
                <>
                  {view.changedBy} <InstantText at={view.changedAt} />
                </>,
              ],
              [
                t('catalogue.publishedBy'),
                view.publishedAt && (
                  <>
                    {view.publishedBy} <InstantText at={view.publishedAt} />
                  </>
                ),
              ],
            ]}
          />
        </Card>
        <Card title={t('catalogue.tab.questions')}>
          <Questions form={form} words={words} />
        </Card>
        {form.scoring && (
          <Card title={t('design.part.scoring')}>
            <Scores form={form} words={words} />
          </Card>
        )}
        {reading.unsupported.length > 0 && (
          <Card title={t('import.unsupported', { count: reading.unsupported.length })}>
            <ul className="pb-design-changes">
              {reading.unsupported.map((one, at) => (
                <li key={at}>{unsupportedWords(one)}</li>
              ))}
            </ul>
          </Card>
        )}
      </Stack>
      <Card title={t('design.part.preview')}>
        <TryOut form={form} locale={locale} />
      </Card>
    </Columns>
  )
}

function StateOf({ view }: { view: DefinitionView }) {
  const t = useT('questionnaire')
  const { state, version } = view
  if (state === 'active') return <Status tone="good">{t('catalogue.inForce', { version })}</Status>
  return (
    <Status tone={state === 'draft' ? 'due' : 'plain'}>
      {t(state === 'draft' ? 'catalogue.draft' : 'catalogue.wasRetired', { version })}
    </Status>
  )
}

const depthOf = (item: Item): number => (item.parent ? depthOf(item.parent) + 1 : 0)

function Questions({ form, words }: { form: Form; words: Words }) {
  const { t, locale } = words
  const numbers = numbersOf(form)
  return (
    <ol className="pb-design-rows">
      {[...walk(form.items)].map((item) => {
        const n = numbers.get(item.linkId)
        const logic = logicSentence(form, item, words, numbers)
        return (
          <li key={item.linkId} style={{ paddingInlineStart: depthOf(item) * 16, paddingBlock: 4 }}>
            {n !== undefined && <span className="pb-number">{n}. </span>}
            {item.type === 'group' ? (
              <strong>{inLanguage(item.text, locale)}</strong>
            ) : (
              inLanguage(item.text, locale)
            )}{' '}
            <span className="pb-hint">
              {kindWord(item, words)}
              {item.required && ` · ${t('design.item.required')}`}
              {item.hidden && ` · ${t('design.outline.hidden')}`}
              {item.units[0]?.unit && ` · ${item.units[0].unit}`}
            </span>
            {item.options.length > 0 && (
              <div className="pb-hint">
                {item.options
                  .map(
                    (option) =>
                      `${inLanguage(option.text, locale)}${option.weight === undefined ? '' : ` (${option.weight})`}`,
                  )
                  .join(' / ')}
              </div>
            )}
            {logic && <div className="pb-hint">{logic}</div>}
          </li>
        )
      })}
    </ol>
  )
}

function Scores({ form, words }: { form: Form; words: Words }) {
  const { t, locale } = words
  const { scores, rules = [] } = form.scoring!
  const numbers = numbersOf(form)
  return (
    <Stack>
      {scores.map((score) => (
        <section key={score.code}>
          <h3 className="pb-design-h3">{inWords(score.name, locale)}</h3>
          <p>{scoreSentence(form, score, words, numbers)}</p>
          <ul className="pb-design-changes">
            {(score.bands ?? []).map((band) => (
              <li key={band.code}>
                {bandWhen(band, score, scores, words, form)}
                {t('design.says.colon')}
                <strong>{inWords(band.text, locale)}</strong>{' '}
                {band.tone && <Status tone={STATUS_OF_TONE[band.tone]}>{t(`design.tone.${band.tone}`)}</Status>}
                {band.advice && <div>{t('catalogue.toPatient', { text: inWords(band.advice, locale) })}</div>}
                {band.forStaff && (
                  <div className="pb-hint">{t('catalogue.toStaff', { text: inWords(band.forStaff, locale) })}</div>
                )}
                {(band.actions ?? []).map((action) => (
                  <div key={`${action.kind} ${action.code}`} className="pb-hint">
                    → {actionWords(action, words)}
                  </div>
                ))}
              </li>
            ))}
          </ul>
        </section>
      ))}
      {rules.map((rule) => (
        <p key={rule.code}>
          {ruleWords(form, rule, words)}
          {t('design.says.colon')}
          {rule.actions.map((action) => actionWords(action, words)).join(t('design.score.semicolon'))}
        </p>
      ))}
    </Stack>
  )
}
