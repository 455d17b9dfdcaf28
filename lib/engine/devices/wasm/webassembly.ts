/** The part of the WebAssembly API used here; the types that come with Node leave it out. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer
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
      instantiate(module: WasmModule, imports: Imports): Promise<{ readonly exports: unknown }>
      readonly Module: new (bytes: Uint8Array) => WasmModule
      readonly Instance: new (module: WasmModule, imports: Imports) => { readonly exports: unknown }
    }
  }
).WebAssembly
