/** One thing that would keep the hooks, the signer or the engine from working, or the word that it is well. */
export type Diagnosis = {
  readonly check: string;
  readonly state: 'good' | 'warning' | 'bad';
  readonly says: string;
  readonly fix: string | null;
};

/** What only the machine can tell. Each throws where it is not well. */
export type MachineChecks = {
  readonly signingKey: () => Promise<string>;
  /** A line for the key that signs, as allowed_signers writes it, or null where it cannot be read without a passphrase. */
  readonly publicKey: () => Promise<string | null>;
  readonly hooks: () => Promise<
    readonly { readonly name: string; readonly fires: boolean; readonly fix: string }[]
  >;
  readonly engine: () => Promise<string>;
};
