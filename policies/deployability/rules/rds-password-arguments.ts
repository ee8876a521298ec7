import { flag, resourceRule } from "../../framework";
import { isGiven } from "../../framework/items";
import { RDS_CLUSTER, RDS_INSTANCE } from "../shared/types";
import { judge } from "../shared/values";

export const rule = resourceRule({
    id: "rds-password-arguments",
    severity: "high",
    description:
        "A database has at most one source of its master password, and a write-only one has its version.",
    fix: "Keep one of manageMasterUserPassword, the password, and the write-only password with its version.",
    frameworks: { controls: ["C4"] },
    types: [RDS_CLUSTER, RDS_INSTANCE],
    check: ({ type, props }, report) => {
        const plain = type === RDS_CLUSTER ? "masterPassword" : "password";
        const writeOnly = `${plain}Wo`;
        const version = `${writeOnly}Version`;
        const passwords = [plain, writeOnly].filter((property) => isGiven(props, property));
        judge(
            () => {
                if (passwords.length > 1) {
                    report(`has both ${plain} and ${writeOnly}.`);
                }
                if (isGiven(props, writeOnly) !== isGiven(props, version)) {
                    const [given, missing] = isGiven(props, version)
                        ? [version, writeOnly]
                        : [writeOnly, version];
                    report(`has ${given} without ${missing}.`);
                }
            },
            () => {
                if (passwords.length > 0 && flag(props.manageMasterUserPassword) === true) {
                    report(`has manageMasterUserPassword true and ${passwords.join(" and ")}.`);
                }
            },
        );
    },
});
