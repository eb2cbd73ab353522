import { UploadOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useRef, useState } from 'react'
import { ProblemAlert, Row, upload, useT } from '../../../../platform/web/index.ts'
import { PICTURE_ENDINGS, uploadMailPicture } from '../../contract/block-mail.ts'
import type { Block } from '../../contract/block.ts'

type Picture = Extract<Block, { kind: 'picture' }>

/** Hands a picture in, and shows the one that stands there. */
export function PictureField({
  block,
  onChange,
}: {
  block: Picture
  onChange: (picture: Pick<Picture, 'picture' | 'width' | 'height'>) => void
}) {
  const t = useT('message')
  const input = useRef<HTMLInputElement>(null)
  const [problem, setProblem] = useState<Error>()
  const [sending, setSending] = useState(false)
  const take = async (file: File | undefined) => {
    if (!file) return
    setSending(true)
    setProblem(undefined)
    try {
      onChange(await upload(uploadMailPicture, file))
    } catch (error) {
      setProblem(error as Error)
    } finally {
      setSending(false)
      if (input.current) input.current.value = ''
    }
  }
  return (
    <div className="pb-block-field">
      {block.picture && (
        <img className="pb-block-picture" src={`/api/mail-pictures/${block.picture}`} alt={t('blocks.shown')} />
      )}
      <Row>
        <Button icon={<UploadOutlined />} loading={sending} onClick={() => input.current?.click()}>
          {t(block.picture ? 'blocks.otherPicture' : 'blocks.choosePicture')}
        </Button>
        <small className="pb-hint">{t('blocks.pictureHint')}</small>
      </Row>
      <input
        ref={input}
        type="file"
        style={{ display: 'none' }}
        aria-label={t('blocks.choosePicture')}
        accept={PICTURE_ENDINGS}
        onChange={(event) => void take(event.target.files?.[0])}
      />
      <ProblemAlert problem={problem} />
    </div>
  )
}
