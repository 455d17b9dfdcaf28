/** By this name the wire's thread reaches, through the inspector, what the main thread must do before a loop is stopped. */
export const UNWIND = 'clvlab.unwind'
