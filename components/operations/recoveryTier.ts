/** How soon data must be usable again after a region is lost. The policies on recovery go by it. */
export enum RecoveryTier {
    /** At once: there is a copy in another region already. */
    First = "1",
    /** Within hours: from a backup. */
    Second = "2",
    /** When everything else runs again. */
    Third = "3",
}

/** The tag that carries a recovery tier. */
export const RECOVERY_TIER_TAG = "recovery-tier";
