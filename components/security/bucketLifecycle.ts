import type * as aws from "@pulumi/aws";

import { numberOf, numberWhere, object } from "../shared/argumentRules";
import { type ArgumentTable, type Given } from "../shared/argumentTable";

/** How long a bucket keeps objects and where they move meanwhile; all in days since the object was written. */
export interface BucketLifecycle {
    /** When objects are deleted. Never when left out. */
    expireAfterDays?: number;
    /** When objects move to S3 Standard-IA, 30 at least. Not when left out. */
    transitionToInfrequentAccessAfterDays?: number;
    /** When objects move to S3 Glacier Flexible Retrieval; 30 days after the move to Standard-IA at least. Not when left out. */
    transitionToGlacierAfterDays?: number;
    /** When versions that are no longer current are deleted, in days since they were replaced. 90 when left out. */
    noncurrentExpireAfterDays?: number;
}

/** How long archived logs stay and where they move meanwhile. */
export function logLifecycle(expireAfterDays: number): Required<BucketLifecycle> {
    return {
        transitionToInfrequentAccessAfterDays: 30,
        transitionToGlacierAfterDays: 90,
        expireAfterDays,
        // Nothing replaces a log; an older version is one that somebody deleted and may want back.
        noncurrentExpireAfterDays: 30,
    };
}

// Amazon S3 User Guide, "Transitioning objects using Amazon S3 Lifecycle": no move to Standard-IA before day 30,
// and 30 days in Standard-IA before the next move.
const MIN_DAYS_BEFORE_INFREQUENT_ACCESS = 30;
const MIN_DAYS_IN_INFREQUENT_ACCESS = 30;

const DEFAULT_NONCURRENT_DAYS = 90;

// A failed upload's parts are billed and cannot be seen; nobody resumes an upload after a week.
const ABORT_UPLOADS_AFTER_DAYS = 7;

/** The rules that S3 is given. Every bucket drops what failed uploads left behind. */
export function lifecycleRules(
    lifecycle: BucketLifecycle,
    versioned: boolean,
): aws.types.input.s3.BucketLifecycleConfigurationRule[] {
    // An empty prefix is every object; an absent filter is refused.
    const filter = { prefix: "" };
    const rules: aws.types.input.s3.BucketLifecycleConfigurationRule[] = [
        {
            id: "abort-failed-uploads",
            status: "Enabled",
            filter,
            abortIncompleteMultipartUpload: { daysAfterInitiation: ABORT_UPLOADS_AFTER_DAYS },
        },
    ];
    const transitions = currentTransitions(lifecycle);
    if (transitions.length > 0) {
        rules.push({ id: "move-to-cheaper-storage", status: "Enabled", filter, transitions });
    }
    if (lifecycle.expireAfterDays !== undefined) {
        rules.push({
            id: "expire",
            status: "Enabled",
            filter,
            expiration: { days: lifecycle.expireAfterDays },
        });
    }
    if (versioned) {
        rules.push({
            id: "expire-replaced-versions",
            status: "Enabled",
            filter,
            noncurrentVersionExpiration: {
                noncurrentDays: lifecycle.noncurrentExpireAfterDays ?? DEFAULT_NONCURRENT_DAYS,
            },
        });
    }
    return rules;
}

function currentTransitions(
    lifecycle: BucketLifecycle,
): aws.types.input.s3.BucketLifecycleConfigurationRuleTransition[] {
    const infrequent = lifecycle.transitionToInfrequentAccessAfterDays;
    const glacier = lifecycle.transitionToGlacierAfterDays;
    if (infrequent === undefined && glacier === undefined) {
        // Intelligent-Tiering asks no fee to read, so it is right for a bucket of which nothing else is known.
        const days = 30;
        const expires = lifecycle.expireAfterDays ?? Number.POSITIVE_INFINITY;
        return expires > days ? [{ days, storageClass: "INTELLIGENT_TIERING" }] : [];
    }
    return [
        ...(infrequent === undefined ? [] : [{ days: infrequent, storageClass: "STANDARD_IA" }]),
        ...(glacier === undefined ? [] : [{ days: glacier, storageClass: "GLACIER" }]),
    ];
}

/** A whole number of days, the least of which may depend on the rest of the life cycle. */
function days(least: (lifecycle: Given) => number, remedy: string) {
    return numberWhere(
        (value, _, { within }) => Number.isInteger(value) && value >= least(within),
        (_, { within }) => `a whole number of days, ${least(within)} or more`,
        { kind: "a number", remedy },
    );
}

const daysUntilInfrequent = (lifecycle: Given): number =>
    numberOf(lifecycle.transitionToInfrequentAccessAfterDays, 0);

const daysUntilGlacier = (lifecycle: Given): number => numberOf(lifecycle.transitionToGlacierAfterDays, 0);

/** The rules of a life cycle's parts. */
export const LIFECYCLE_PARTS: ArgumentTable<BucketLifecycle> = {
    expireAfterDays: days(
        (lifecycle) => Math.max(daysUntilInfrequent(lifecycle), daysUntilGlacier(lifecycle)) + 1,
        "Objects expire after their last move",
    ),
    transitionToInfrequentAccessAfterDays: days(
        () => MIN_DAYS_BEFORE_INFREQUENT_ACCESS,
        "S3 moves nothing to Standard-IA earlier",
    ),
    transitionToGlacierAfterDays: days((lifecycle) => {
        const infrequent = daysUntilInfrequent(lifecycle);
        return infrequent === 0 ? 1 : infrequent + MIN_DAYS_IN_INFREQUENT_ACCESS;
    }, "Objects stay 30 days in Standard-IA before they move on"),
    noncurrentExpireAfterDays: days(() => 1, "Keep replaced versions for a day at least"),
};

/** The rule of an argument that holds one: whole numbers of days. */
export const LIFECYCLE = object(LIFECYCLE_PARTS);
