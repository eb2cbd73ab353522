import { reads, writes, type Call, type Route } from '../../../platform/context/room.ts'
import * as contract from '../contract/recording.ts'
import { isListening } from './audio-socket.ts'
import { hold } from './hold.ts'
import * as listen from './listen.ts'
import { takePiece } from './piece.ts'
import * as record from './record.ts'
import { saveLine, saveSettings, showSettings } from './settings.ts'
import { streamSound } from './sound.ts'
import * as stream from './stream.ts'
import * as transcript from './transcript.ts'

/** Whether the house has something that turns speech into text. */
const isConnected = ({ house }: Call) => house.recogniser !== undefined

export const routes: Route[] = [
  reads(contract.recordingTerms, (ctx, { params, query }, call) =>
    record.terms(ctx, params.patientId, params.subjectKind, { ...query, hasStreams: isListening(call.house) }),
  ),
  writes(contract.beginRecording, (ctx, { params, body }) => record.begin(ctx, params.patientId, body)),
  writes(contract.beginStream, (ctx, { params, body }, call) =>
    stream.begin(ctx, params.patientId, body, isListening(call.house)),
  ),
  reads(contract.myStream, (ctx) => stream.mine(ctx)),
  writes(contract.claimStream, (ctx, { body }) => stream.claim(ctx, body.login)),
  writes(contract.putPiece, (ctx, input, call) => takePiece(ctx, input, call)),
  writes(contract.markRecording, (ctx, { params, body }) => record.mark(ctx, params.recordingId, body)),
  writes(contract.endRecording, (ctx, { params, body }) => record.end(ctx, params.recordingId, body.pieces)),
  writes(contract.withdrawConsent, (ctx, { params }) => record.withdraw(ctx, params.recordingId)),
  reads(contract.patientRecordings, (ctx, { params, query }) => listen.ofPatient(ctx, params.patientId, query)),
  reads(contract.listRecordings, (ctx, { query }) => listen.list(ctx, query)),
  writes(contract.playRecording, (ctx, { params, body }) => listen.play(ctx, params.recordingId, body.reason)),
  reads(contract.recordingSound, (ctx, { params }, call) => streamSound(ctx, params, call)),
  reads(contract.readTranscript, (ctx, { params }, call) => transcript.show(ctx, params, isConnected(call))),
  writes(contract.correctTranscript, (ctx, { params, body }, call) =>
    transcript.correct(ctx, params, body, isConnected(call)),
  ),
  writes(contract.retryTranscript, (ctx, { params }, call) => transcript.retry(ctx, params, isConnected(call))),
  reads(contract.recordingPlays, (ctx, { params }) => listen.playsOf(ctx, params.recordingId)),
  reads(contract.readSettings, (ctx, _input, call) => showSettings(ctx, call.house.recogniser)),
  writes(contract.changeSettings, (ctx, { body }, call) => saveSettings(ctx, body, call.house.recogniser)),
  writes(contract.changeLine, (ctx, { body }, call) => saveLine(ctx, body, call.house.recogniser)),
  writes(contract.holdRecording, (ctx, { params, body }) => hold(ctx, params.recordingId, body)),
]
