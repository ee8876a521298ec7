import { limitsRule } from "../shared/tables";

export const rule = limitsRule({
    id: "backup-limits",
    description: "Settings of restore tests are among the values that AWS Backup takes.",
    controls: ["F18.5"],
    table: {
        "aws:backup/restoreTestingPlan:RestoreTestingPlan": {
            ranges: {
                startWindowHours: { min: 1, max: 168 },
                "recoveryPointSelection.selectionWindowDays": { min: 1, max: 365 },
            },
            choices: {
                "recoveryPointSelection.algorithm": ["RANDOM_WITHIN_WINDOW", "LATEST_WITHIN_WINDOW"],
                "recoveryPointSelection.recoveryPointTypes[]": ["SNAPSHOT", "CONTINUOUS"],
            },
        },
        "aws:backup/restoreTestingSelection:RestoreTestingSelection": {
            ranges: { validationWindowHours: { min: 0, max: 168 } },
            choices: {
                protectedResourceType: [
                    ...["Aurora", "DocumentDB", "DynamoDB", "EBS", "EC2"],
                    ...["EFS", "FSx", "Neptune", "RDS", "S3"],
                ],
            },
        },
    },
});
