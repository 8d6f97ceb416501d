/** A number of the slow parse: its digits as they stood in the frame, since a JavaScript number might round them. */
export class NumberText {
  constructor(readonly text: string) {}
}
