/** What EventBridge says of a restore that a restore test has completed. */
export interface RestoreEvent {
    detail: {
        restoreJobId?: string;
        restoreTestingPlanArn?: string;
        /** Such as `Aurora`. */
        resourceType?: string;
        /** ARN of what was restored. */
        createdResourceArn?: string;
        /** ARN of what had been backed up. */
        sourceResourceArn?: string;
        /** Size of the backup, as digits. */
        backupSizeInBytes?: string;
    };
}

/** Something that was restored. */
export interface Restored {
    /** ARN of what was restored. */
    arn: string;
    /** ARN of what had been backed up, which may be gone; undefined where it is in another region, which may be lost. */
    sourceArn: string | undefined;
    /** Size of the backup. */
    bytes: number;
}

/** What a look into it came to. */
export interface Verdict {
    good: boolean;
    /** In words, for AWS Backup's console. Nothing of what was found inside. */
    message: string;
}

/** Looks into something that was restored. */
export type Check = (restored: Restored) => Promise<Verdict>;

/** What a validation works with. */
export interface ValidationTools {
    /** ARNs of the plans whose restores are to be looked into. */
    planArns: readonly string[];
    /** How to look, by type of resource. */
    checks: Readonly<Partial<Record<string, Check>>>;
    /** The verdict that AWS Backup has of a job already. It keeps the first. */
    recorded: (restoreJobId: string) => Promise<Verdict | undefined>;
    record: (restoreJobId: string, verdict: Verdict) => Promise<void>;
}

/**
 * Looks into what a restore test restored and tells AWS Backup the verdict. It may be called again for the same
 * restore.
 *
 * @returns The verdict in words, for the log.
 * @throws Error when the verdict is bad, so that an alarm rings; and when there is none, so that it is tried again.
 */
export async function validate(event: RestoreEvent, tools: ValidationTools): Promise<string> {
    const { restoreJobId: job, restoreTestingPlanArn, resourceType = "", createdResourceArn } = event.detail;
    if (job === undefined || createdResourceArn === undefined) {
        throw new Error("the event names no restore job, or nothing that it restored");
    }
    if (restoreTestingPlanArn === undefined || !tools.planArns.includes(restoreTestingPlanArn)) {
        throw new Error(
            `the restore job ${job} is not one of the restore testing plans ${tools.planArns.join(", ")}`,
        );
    }
    const check = tools.checks[resourceType];
    if (check === undefined) {
        throw new Error(`nothing is known of how to look into a restored ${resourceType}`);
    }
    let verdict = await tools.recorded(job);
    if (verdict === undefined) {
        verdict = await check({
            arn: createdResourceArn,
            sourceArn: ofSameRegion(event.detail.sourceResourceArn, createdResourceArn),
            bytes: Number(event.detail.backupSizeInBytes ?? 0),
        });
        await tools.record(job, verdict);
    }
    const text = `${resourceType} of the restore job ${job}: ${verdict.message}`;
    if (!verdict.good) {
        throw new Error(text);
    }
    return text;
}

/** An ARN, unless it is of another region than the other. */
function ofSameRegion(arn: string | undefined, other: string): string | undefined {
    return arn?.split(":")[3] === other.split(":")[3] ? arn : undefined;
}
