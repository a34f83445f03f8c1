/** The text codecs that every JavaScript host has. Declared here because core is compiled without the types of any host. */
declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}
declare class TextDecoder {
  constructor(
    /** A host without the encoding throws. */
    label?: string,
    options?: { readonly fatal?: boolean; readonly ignoreBOM?: boolean },
  );
  decode(bytes: Uint8Array): string;
}
/** Base 64 of a text whose characters are bytes. */
declare function btoa(bytes: string): string;
/** A text whose characters are bytes, from base 64; throws where it is not. */
declare function atob(base64: string): string;
