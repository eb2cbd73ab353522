import { Button, Form, Input } from 'antd'
import { Field, FileDrop, Stack, useT } from '../../../platform/web/index.ts'
import { PICTURE_ENDINGS, uploadPicture } from '../contract/pictures.ts'
import type { Picture } from '../contract/words.ts'
import { BothLanguages } from './both-languages.tsx'
import { Thumbnail } from './picture.tsx'

const STEPS_MAX = 8
const EMPTY = { zh: '', en: '' }

interface StepFieldsProps {
  /** Pictures that are known: of the card, and what was uploaded since. */
  pictures: readonly Picture[]
  onPicture: (picture: Picture) => void
}

/** One to eight steps: a picture, what it shows, the words below it, where they are from. */
export function StepFields({ pictures, onPicture }: StepFieldsProps) {
  const t = useT('media')
  return (
    <Form.List name="steps">
      {(fields, list) => (
        <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
          <legend>
            <strong>{t('form.steps')}</strong>
          </legend>
          <Stack>
            {fields.map(({ key, name: n }) => (
              <section key={key} className="pb-card" aria-label={t('form.step', { n: n + 1 })}>
                <h3>{t('form.step', { n: n + 1 })}</h3>
                <Form.Item
                  name={[n, 'picture']}
                  label={t('form.picture')}
                  rules={[{ required: true, message: t('form.pictureWanted') }]}
                >
                  <PictureField pictures={pictures} onPicture={onPicture} />
                </Form.Item>
                <BothLanguages name={[n, 'alt']} label={t('form.alt')} most={{ zh: 300, en: 500 }} />
                <BothLanguages name={[n, 'caption']} label={t('form.caption')} most={{ zh: 200, en: 400 }} />
                <Field name={[n, 'source']} label={t('form.source')} required>
                  <Input maxLength={300} />
                </Field>
                {fields.length > 1 && (
                  <Button size="small" onClick={() => list.remove(n)}>
                    {t('form.removeStep', { n: n + 1 })}
                  </Button>
                )}
              </section>
            ))}
            {fields.length < STEPS_MAX && (
              <div>
                <Button onClick={() => list.add({ picture: '', alt: EMPTY, caption: EMPTY, source: '' })}>
                  {t('form.addStep')}
                </Button>
              </div>
            )}
          </Stack>
        </fieldset>
      )}
    </Form.List>
  )
}

interface PictureFieldProps extends StepFieldsProps {
  /** Given by the form. */
  value?: string
  onChange?: (key: string) => void
}

function PictureField({ value, onChange, pictures, onPicture }: PictureFieldProps) {
  const t = useT('media')
  const known = pictures.find(({ key }) => key === value)
  return (
    <div style={{ display: 'grid', gap: 8 }}>
      {known && (
        <div style={{ width: 220, borderRadius: 8, overflow: 'hidden', border: '1px solid var(--pb-line)' }}>
          <Thumbnail pictureKey={known.key} kind={known.kind} alt="" />
        </div>
      )}
      <FileDrop
        endpoint={uploadPicture}
        accept={PICTURE_ENDINGS}
        invalidates={[]}
        hint={t('form.pictureHint')}
        words={{
          drop: t(known ? 'form.pictureChange' : 'form.pictureDrop'),
          uploading: (percent) => t('form.pictureUploading', { percent }),
        }}
        onDone={(picture) => {
          onPicture(picture)
          onChange?.(picture.key)
        }}
      />
    </div>
  )
}
