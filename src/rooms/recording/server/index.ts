/** The door of the room recording. */
import './table.ts'
export { startAudioSocket, type AudioSocketServer } from './audio-socket.ts'
export { furnishRecordings } from './demonstration.ts'
export { adoptSound, dropSound, keepSound, type Owner } from './loose.ts'
export { keepTranscript } from './transcript.ts'
