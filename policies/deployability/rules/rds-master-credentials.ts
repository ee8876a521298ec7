import { resourceRule, text } from "../../framework";
import { DOCDB_CLUSTER, RDS_CLUSTER, RDS_INSTANCE } from "../shared/types";
import { judge } from "../shared/values";

const PASSWORD_LIMITS: Readonly<Record<string, number>> = {
    [RDS_CLUSTER]: 41,
    [RDS_INSTANCE]: 128,
    [DOCDB_CLUSTER]: 100,
};

// Names that the engines keep for themselves; `rdsadmin` and its like belong to RDS.
const RESERVED: Readonly<Record<string, readonly string[]>> = {
    postgres: ["admin", "rdsadmin"],
    mysql: ["rdsadmin"],
};

export const rule = resourceRule({
    id: "rds-master-credentials",
    severity: "high",
    description: "Master users and passwords are ones that RDS takes.",
    fix: 'Use a user of 1 to 16 letters, digits or underscores that begins with a letter, and a password without /, ", @ and spaces.',
    frameworks: { controls: ["F1.2.5"] },
    types: [RDS_CLUSTER, RDS_INSTANCE, DOCDB_CLUSTER],
    check: ({ type, props }, report) => {
        const [userProperty, passwordProperty] =
            type === RDS_INSTANCE ? ["username", "password"] : ["masterUsername", "masterPassword"];
        judge(
            () => {
                const user = text(props[userProperty]);
                if (user === undefined) {
                    return;
                }
                // Instances of other engines than Aurora take longer names, by engine.
                const limit = type === RDS_CLUSTER ? 16 : 63;
                const engine = text(props.engine)?.includes("postgres") === true ? "postgres" : "mysql";
                if (!/^[A-Za-z]\w*$/.test(user)) {
                    report(
                        `has ${userProperty} "${user}", which is not a letter followed by letters, digits and underscores.`,
                    );
                } else if (user.length > limit) {
                    report(`has ${userProperty} "${user}" of ${user.length} characters; allowed: ${limit}.`);
                } else if (RESERVED[engine]?.includes(user.toLowerCase()) === true) {
                    report(`has ${userProperty} "${user}", which is reserved.`);
                }
            },
            () => {
                const password = text(props[passwordProperty]);
                if (password === undefined) {
                    return;
                }
                const limit = PASSWORD_LIMITS[type] ?? 41;
                if (password.length < 8 || password.length > limit) {
                    report(
                        `has a ${passwordProperty} of ${password.length} characters; allowed: 8 to ${limit}.`,
                    );
                }
                if (!/^[!#-.0-?A-~]*$/.test(password)) {
                    report(`has a ${passwordProperty} with a character that RDS rejects.`);
                }
            },
        );
    },
});
