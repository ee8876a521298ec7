import { flag, number, type Props, resourceRule, text } from "../../framework";
import { isGiven } from "../../framework/items";
import { mended } from "../../framework/remedies";
import { judge, shown } from "../shared/judging";

interface Config {
    readonly maxPeriodInDays: number;
}

export const rule = resourceRule<Config>({
    id: "kms-key-rotation",
    severity: "medium",
    description: "KMS gives symmetric keys new key material every year.",
    fix: "Set enableKeyRotation to true, and rotationPeriodInDays to no more than what is allowed.",
    frameworks: {
        controls: ["93"],
        securityHub: ["KMS.4"],
        cisV3: ["3.6"],
        cisV5: ["3.6"],
        checkov: ["CKV_AWS_7"],
    },
    // Replicas follow their primary key, and imported key material (ExternalKey) cannot be rotated by KMS.
    types: ["aws:kms/key:Key"],
    config: {
        maxPeriodInDays: {
            type: "integer",
            minimum: 90,
            maximum: 2560,
            default: 365,
            description: "How many days the same key material may be used.",
        },
    },
    check: ({ props }, report, { maxPeriodInDays }) => {
        if (!isRotatable(props)) {
            return;
        }
        judge(
            () => {
                // The provider's default is false.
                if (flag(props.enableKeyRotation) !== true) {
                    report(`is not rotated: enableKeyRotation is ${shown(props.enableKeyRotation)}.`);
                }
            },
            () => {
                const period = periodOf(props);
                if (period > maxPeriodInDays) {
                    report(
                        `is rotated too seldom: rotationPeriodInDays is ${period}, and at most ${maxPeriodInDays} is allowed.`,
                    );
                }
            },
        );
    },
    remediate: (resource, { maxPeriodInDays }) => {
        const { props } = resource;
        if (!isRotatable(props)) {
            return undefined;
        }
        const changes = {
            ...(flag(props.enableKeyRotation) === true ? {} : { enableKeyRotation: true }),
            ...(periodOf(props) > maxPeriodInDays ? { rotationPeriodInDays: maxPeriodInDays } : {}),
        };
        return Object.keys(changes).length === 0 ? undefined : mended(resource, changes);
    },
});

/** KMS rotates neither key pairs nor HMAC keys, nor keys in custom key stores. */
function isRotatable(props: Props): boolean {
    const spec = text(props.customerMasterKeySpec) ?? "SYMMETRIC_DEFAULT";
    return spec === "SYMMETRIC_DEFAULT" && !isGiven(props, "customKeyStoreId");
}

/** In days. AWS's default is a year. */
function periodOf(props: Props): number {
    return number(props.rotationPeriodInDays) ?? 365;
}
