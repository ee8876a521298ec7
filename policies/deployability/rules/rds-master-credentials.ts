import { isUnknown, type Member, type ReportStack, stackRule, type StackView, text } from "../../framework";
import { inputOf } from "../../framework/items";
import { counted } from "../../framework/patterns";
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

const RANDOM = "random:index/randomPassword:RandomPassword";

export const rule = stackRule({
    id: "rds-master-credentials",
    severity: "high",
    description: "Master users and passwords are ones that RDS takes.",
    fix: 'Use a user of 1 to 16 letters, digits or underscores that begins with a letter, and a password without /, ", @ and spaces.',
    frameworks: { controls: ["F1.2.5"] },
    types: [RDS_CLUSTER, RDS_INSTANCE, DOCDB_CLUSTER],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(RDS_CLUSTER, RDS_INSTANCE, DOCDB_CLUSTER), (database) => {
            judge(
                () => {
                    judgeUser(database, report);
                },
                () => {
                    judgePassword(stack, database, report);
                },
            );
        });
    },
});

function judgeUser(database: Member, report: ReportStack): void {
    const property = database.type === RDS_INSTANCE ? "username" : "masterUsername";
    const user = text(inputOf(database, property));
    if (user === undefined) {
        return;
    }
    // Instances of other engines than Aurora take longer names, by engine.
    const limit = database.type === RDS_CLUSTER ? 16 : 63;
    const engine = text(inputOf(database, "engine"))?.includes("postgres") === true ? "postgres" : "mysql";
    if (!/^[A-Za-z]\w*$/.test(user)) {
        report(
            `has ${property} "${user}", which is not a letter followed by letters, digits and underscores.`,
            database,
        );
    } else if (user.length > limit) {
        report(`has ${property} "${user}" of ${user.length} characters; allowed: ${limit}.`, database);
    } else if (RESERVED[engine]?.includes(user.toLowerCase()) === true) {
        report(`has ${property} "${user}", which is reserved.`, database);
    }
}

function judgePassword(stack: StackView, database: Member, report: ReportStack): void {
    const property = database.type === RDS_INSTANCE ? "password" : "masterPassword";
    const isGenerated =
        isUnknown(() => database.props[property]) &&
        stack.referencesOf(database, property, RANDOM).length > 0;
    // What is generated is not there yet; rds-generated-password judges how it is made.
    const password = isGenerated ? undefined : text(inputOf(database, property));
    if (password === undefined) {
        return;
    }
    const limit = PASSWORD_LIMITS[database.type] ?? 41;
    if (password.length < 8 || password.length > limit) {
        report(
            `has a ${property} of ${counted(password.length, "character")}; allowed: 8 to ${limit}.`,
            database,
        );
    }
    if (!/^[!#-.0-?A-~]*$/.test(password)) {
        report(`has a ${property} with a character that RDS rejects.`, database);
    }
}
