import { defineProblems } from '../../../platform/contract/index.ts'

export const recordingProblem = defineProblems({
  RecordingOff: 409,
  RecordingClassOff: 409,
  RecordingPatientGone: 409,
  RecordingUnknown: 404,
  RecordingOver: 409,
  RecordingStopped: 409,
  RecordingKeyTaken: 409,
  RecordingElsewhere: 409,
  StreamsOff: 409,
  StreamNone: 404,
  PieceEmpty: 422,
  PieceTooLarge: 413,
  PieceDiffers: 409,
  SoundUnreadable: 422,
  ListenReasonWanted: 422,
  RecordingNotOver: 409,
  RecordingSilent: 410,
  RecordingHeld: 409,
  KeepTooShort: 422,
  LineNotPlain: 422,
})
