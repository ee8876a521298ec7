import { stackRule } from "../../framework";
import { FUNCTION } from "../shared/types";
import { waitsFor } from "../shared/waiting";

const NOTIFICATION = "aws:s3/bucketNotification:BucketNotification";
const PERMISSION = "aws:lambda/permission:Permission";

export const rule = stackRule({
    id: "s3-notification-permission",
    severity: "high",
    description: "Functions that a bucket notifies let S3 call them before the notification is set.",
    fix: "Add a lambda.Permission for s3.amazonaws.com, and let the BucketNotification depend on it.",
    frameworks: { controls: ["F9.13"] },
    types: [NOTIFICATION],
    checkStack: (stack, report) => {
        for (const notification of stack.ofType(NOTIFICATION)) {
            for (const called of stack.referencesOf(notification, "lambdaFunctions", FUNCTION)) {
                const permissions = stack.referrersOf(called, PERMISSION, "function");
                if (!waitsFor(notification, permissions)) {
                    report(
                        `notifies ${called.name} without waiting for a permission to call it.`,
                        notification,
                    );
                }
            }
        }
    },
});
