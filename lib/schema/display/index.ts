/** How values show themselves, for those who need nothing else of this room: tables need a library that takes its time to load. */
export { DISPLAY, isDisplayable } from '../display.ts'
export type { Displayable, MimeBundle } from '../display.ts'
export { renderTable } from '../render-table.ts'
