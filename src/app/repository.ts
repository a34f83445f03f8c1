import type { CryptoVerifier } from '../core/signatures/verify-signature.ts';
import type {
  Cache,
  Clock,
  Files,
  Git,
  LaidFile,
  LaidOut,
  OpenEngine,
  Random,
  ReadStamp,
} from './ports.ts';

/** One open model repository: the ports of a machine, bound to one working tree. */
export type Repository = {
  /** Absolute folder of the working tree. */
  readonly top: string;
  /** Absolute folder of this working tree's git data. */
  readonly gitDir: string;
  /** Absolute folder of the git data that all working trees share. */
  readonly commonDir: string;
  readonly files: Files;
  readonly cache: Cache;
  readonly git: Git;
  /** Does something that asks git thousands of times: what it read once is kept until it is done. */
  readonly session: <T>(use: (git: Git) => Promise<T>) => Promise<T>;
  readonly clock: Clock;
  readonly random: Random;
  readonly verifier: CryptoVerifier;
  readonly readStamp: ReadStamp;
  /** The engine that evaluations of this working tree run on. */
  readonly openEngine: OpenEngine;
  /** Does something with some files laid out in a folder of their own, which is gone after; what is nowhere is left out. */
  readonly layOut: <T>(
    files: readonly LaidFile[],
    use: (place: LaidOut) => Promise<T>,
  ) => Promise<T>;
  /** Removes an index file that was made for one question; absent files are fine. */
  readonly dropIndex: (absolute: string) => Promise<void>;
  /** Object ids of the commits that a merge takes in which is being concluded; empty where none is. */
  readonly mergeHeads: () => Promise<readonly string[]>;
  /** Whether a rebase is half-way, so that what is committed now is a part of a branch that was whole before. */
  readonly isRebasing: () => Promise<boolean>;
  /**
   * The variables that tell git who is at work and which key is theirs: author and committer, and where the user's own
   * settings are. Given to git for these two questions, and for nothing that is judged.
   */
  readonly person: Readonly<Record<string, string>>;
};
