/**
 * The entry point `upbit-rx/record`, for Node: recordings of what a client receives, and what reads them. To replay them
 * there is `upbit-rx/testing`. `docs/guides/recording.md` shows how to use it.
 *
 * @module upbit-rx/record
 */
export type { Recordable, Recording, RecordingTotals } from './record/record'
export { record } from './record/record'
export type { RecordOptions } from './record/record-options'
export type { RotateOptions } from './record/rotation'
export type { ReadRecordingOptions } from './recording/read-recording'
export { readRecording } from './recording/read-recording'
export type {
  BeginLine,
  ClosedLine,
  EndLine,
  FrameLine,
  LostLine,
  OpenedLine,
  RecordingLine,
  SentLine,
} from './recording/recording-line'
