import { flag, resourceRule, text } from "../../framework";
import { isGiven } from "../../framework/items";
import { isGlobalSecondary, REPLICATION_GROUP } from "../shared/caches";
import { judge, shown } from "../shared/judging";

export const rule = resourceRule({
    id: "elasticache-encryption-in-transit",
    severity: "medium",
    description: "Caches speak TLS, and nothing else.",
    fix: 'Set transitEncryptionEnabled to true, and transitEncryptionMode to "required".',
    frameworks: { controls: ["143"], securityHub: ["ElastiCache.5"], checkov: ["CKV_AWS_30"] },
    types: [REPLICATION_GROUP],
    check: ({ props }, report) => {
        judge(
            () => {
                // The provider's default is false; followers of another region have what that one has.
                const follows = isGlobalSecondary(props) && !isGiven(props, "transitEncryptionEnabled");
                if (!follows && flag(props.transitEncryptionEnabled) !== true) {
                    report(
                        `can be talked to in plain: transitEncryptionEnabled is ${shown(props.transitEncryptionEnabled)}.`,
                    );
                }
            },
            () => {
                // AWS's default is required.
                if (text(props.transitEncryptionMode) === "preferred") {
                    report('can be talked to in plain: transitEncryptionMode is "preferred".');
                }
            },
        );
    },
});
