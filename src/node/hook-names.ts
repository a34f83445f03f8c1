/** The hooks that git runs before something could get past the gate, in the order in which a change meets them. */
export const hookNames = ['pre-commit', 'pre-merge-commit', 'pre-push'] as const;
export type HookName = (typeof hookNames)[number];

/** Names the file in which a hook of a dry run says that it ran. Such a hook refuses all the same: no variable lets anything pass. */
export const probeVariable = 'COUNTERSIGN_HOOK_PROBE';
