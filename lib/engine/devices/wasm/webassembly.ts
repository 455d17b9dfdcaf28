/** The part of the WebAssembly API used here; the types that come with Node leave it out. */
export interface WasmMemory {
  /** A new one after each growth. */
  readonly buffer: ArrayBuffer | SharedArrayBuffer
  grow(pages: number): number
}

export interface WasmModule {
  readonly wasmModule: unique symbol
}

type Imports = Readonly<Record<string, Readonly<Record<string, unknown>>>>

export const WebAssembly = (
  globalThis as unknown as {
    readonly WebAssembly: {
      compile(bytes: Uint8Array): Promise<WasmModule>
      readonly Module: new (bytes: Uint8Array) => WasmModule
      readonly Instance: new (module: WasmModule, imports: Imports) => { readonly exports: unknown }
      readonly Memory: new (size: { readonly initial: number; readonly maximum: number; readonly shared: true }) => WasmMemory
    }
  }
).WebAssembly
