import { CameraOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { requestId, useT } from '../../../platform/web/index.ts'
import { PHOTOS_MAX } from '../contract/words.ts'
import { shrunk } from './shrink.ts'

/** A photo that waits in this page, and nowhere on a disk. */
export interface TakenPhoto {
  key: string
  blob: Blob
  url: string
}

/** What was taken and has not arrived; leaving the page meanwhile is asked about by the browser. */
export function useTakenPhotos() {
  const [photos, setPhotos] = useState<readonly TakenPhoto[]>([])
  const urls = useRef(new Set<string>())
  useEffect(() => {
    const made = urls.current
    return () => made.forEach((url) => URL.revokeObjectURL(url))
  }, [])
  useEffect(() => {
    if (photos.length === 0) return undefined
    const onLeave = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', onLeave)
    return () => removeEventListener('beforeunload', onLeave)
  }, [photos.length])
  return {
    photos,
    add: async (file: Blob) => {
      const blob = await shrunk(file)
      const url = URL.createObjectURL(blob)
      urls.current.add(url)
      setPhotos((before) => [...before, { key: requestId(), blob, url }])
    },
    drop: (key: string) => setPhotos((before) => before.filter((one) => one.key !== key)),
  }
}

export interface PhotoPickerProps {
  photos: readonly TakenPhoto[]
  /** How many there are already on the server. */
  kept?: number
  onAdd: (file: Blob) => Promise<void>
  onDrop: (key: string) => void
}

/** The phone's camera, and what was taken with it. */
export function PhotoPicker({ photos, kept = 0, onAdd, onDrop }: PhotoPickerProps) {
  const t = useT('home-visit')
  const input = useRef<HTMLInputElement>(null)
  const isFull = photos.length + kept >= PHOTOS_MAX
  return (
    <div className="pb-stack pb-stack-tight">
      <ul className="pb-home-visit-photos">
        {photos.map((photo, index) => (
          <li key={photo.key}>
            <img src={photo.url} alt={t('photo.number', { number: index + 1 })} />
            <Button size="small" onClick={() => onDrop(photo.key)}>
              {t('photo.drop')}
            </Button>
          </li>
        ))}
      </ul>
      <div className="pb-row">
        <Button icon={<CameraOutlined />} disabled={isFull} onClick={() => input.current?.click()}>
          {t('photo.take')}
        </Button>
        <span className="pb-hint">{isFull ? t('photo.full', { most: PHOTOS_MAX }) : t('photo.noted')}</span>
      </div>
      <input
        ref={input}
        type="file"
        accept="image/*"
        capture="environment"
        className="pb-home-visit-camera"
        tabIndex={-1}
        aria-label={t('photo.take')}
        onChange={({ target }) => {
          const files = [...(target.files ?? [])]
          // The same picture may be chosen again.
          target.value = ''
          void Promise.all(files.map(onAdd))
        }}
      />
    </div>
  )
}
