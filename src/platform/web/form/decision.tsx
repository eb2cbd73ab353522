import { Button, Input } from 'antd'
import { useState } from 'react'
import { Row, Stack } from '../page/layout.tsx'

export interface DecisionProps {
  /** What the note is for, and when it is wanted. */
  noteLabel: string
  approve: string
  giveBack: string
  loading: boolean
  onDecide: (approve: boolean, note: string) => void
}

/** The second pair of eyes: approved as it is, or given back with a word on why. */
export function Decision({ noteLabel, approve, giveBack, loading, onDecide }: DecisionProps) {
  const [note, setNote] = useState('')
  return (
    <Stack tight>
      <Input.TextArea
        aria-label={noteLabel}
        placeholder={noteLabel}
        maxLength={500}
        autoSize={{ minRows: 2 }}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <Row>
        <Button type="primary" loading={loading} onClick={() => onDecide(true, note)}>
          {approve}
        </Button>
        <Button disabled={note.trim().length < 2} loading={loading} onClick={() => onDecide(false, note)}>
          {giveBack}
        </Button>
      </Row>
    </Stack>
  )
}
