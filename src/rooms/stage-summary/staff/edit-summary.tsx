import { Button, Input } from 'antd'
import { useState } from 'react'
import { Row, Stack, useAction, useSay, useT } from '../../../platform/web/index.ts'
import { saveSummary, type SummaryView } from '../contract/summary.ts'
import type { SectionKey } from '../contract/words.ts'
import { CHANGED_BY_ACT } from './changed.ts'
import { newId, withAnswerPlaces, type WrittenSection } from './written.ts'

/** Sentence by sentence: changed ones keep their facts, new ones are the writer's own. */
export function EditSummary({
  patientId,
  summary,
  onClose,
}: {
  patientId: string
  summary: SummaryView
  onClose: () => void
}) {
  const t = useT('stage-summary')
  const say = useSay()
  const [written, setWritten] = useState(() => withAnswerPlaces(summary.sections))
  const save = useAction(saveSummary, { invalidates: CHANGED_BY_ACT, onDone: () => say.done(t('said.saved')) })
  const change = (key: SectionKey, sentences: WrittenSection['sentences']) =>
    setWritten(written.map((one) => (one.key === key ? { key, sentences } : one)))
  const submit = () => {
    const sections = written.map(({ key, sentences }) => ({
      key,
      sentences: sentences.filter(({ text }) => text.trim() !== ''),
    }))
    save.mutate(
      {
        params: { patientId: patientId as never, summaryId: summary.id },
        body: { revision: summary.revision, sections },
      },
      // Once the new revision is here: handed in by the former one it would be refused.
      { onSuccess: onClose, onError: say.problem },
    )
  }
  return (
    <Stack>
      {written.map((section) => (
        <EditSection
          key={section.key}
          section={section}
          onChange={(sentences) => change(section.key, sentences)}
          newSentence={() => newId(written)}
        />
      ))}
      <Row>
        <Button type="primary" loading={save.isPending} onClick={submit}>
          {t('act.save')}
        </Button>
        <Button onClick={onClose}>{t('act.cancel')}</Button>
      </Row>
    </Stack>
  )
}

interface EditProps {
  section: WrittenSection
  onChange: (sentences: WrittenSection['sentences']) => void
  newSentence: () => string
}

function EditSection({ section, onChange, newSentence }: EditProps) {
  const t = useT('stage-summary')
  const name = t(`section.${section.key}`)
  return (
    <section aria-label={name}>
      <h3>{name}</h3>
      {section.sentences.map((sentence, at) => (
        <div key={sentence.id} className="ss-edit">
          <Input.TextArea
            aria-label={`${name} ${t('view.sentence', { n: at + 1 })}`}
            placeholder={t('view.write')}
            autoSize={{ minRows: 1, maxRows: 6 }}
            maxLength={500}
            value={sentence.text}
            onChange={(e) =>
              onChange(
                section.sentences.map((one) => (one.id === sentence.id ? { ...one, text: e.target.value } : one)),
              )
            }
          />
          <Button type="text" onClick={() => onChange(section.sentences.filter(({ id }) => id !== sentence.id))}>
            {t('view.remove')}
          </Button>
        </div>
      ))}
      <Button size="small" onClick={() => onChange([...section.sentences, { id: newSentence(), text: '' }])}>
        {t('view.add')}
      </Button>
    </section>
  )
}
