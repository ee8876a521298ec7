import { flag, ifKnown, type Member, stackRule, type StackView } from "../../framework";
import { isGiven } from "../../framework/items";
import { DB_CLUSTER, DB_INSTANCE } from "../shared/databases";

const GENERATOR = "random:index/randomPassword:RandomPassword";
const TYPES = [DB_CLUSTER, DB_INSTANCE, "aws:docdb/cluster:Cluster"];
const SECRET_VERSION = "aws:secretsmanager/secretVersion:SecretVersion";

export const rule = stackRule({
    id: "rds-master-password",
    severity: "high",
    description: "Master passwords come from Secrets Manager, or are generated and kept there.",
    fix: "Set manageMasterUserPassword to true, or (in a global database, which cannot) take a RandomPassword's result and put it into an aws.secretsmanager.SecretVersion.",
    frameworks: { controls: ["53"] },
    types: TYPES,
    checkStack: (stack, report) => {
        stack.each(stack.ofType(...TYPES), (database) => {
            const { props } = database;
            if (flag(ifKnown(() => props.manageMasterUserPassword)) === true) {
                return;
            }
            const name = database.type === DB_INSTANCE ? "password" : "masterPassword";
            // Secondary clusters, replicas and restored ones have their source's password and give none. What is
            // written only shows in its version.
            const property = [name, `${name}Wo`].find((candidate) => isGiven(props, candidate));
            const written = isGiven(props, `${name}WoVersion`) ? `${name}Wo` : undefined;
            if (property !== undefined || written !== undefined) {
                judgePassword(stack, database, property ?? written ?? name, report);
            }
        });
    },
});

function judgePassword(
    stack: StackView,
    database: Member,
    property: string,
    report: (reason: string, resource: Member) => void,
): void {
    const sources = database.propertyDependencies[property] ?? [];
    const generators = sources.filter(({ type }) => type === GENERATOR);
    if (generators.length === 0) {
        // What comes from another resource, a secret version for example, is not in the program.
        if (sources.length === 0 && database.props[property] !== null) {
            report(`has a ${property} that the program or its configuration holds.`, database);
        }
        return;
    }
    const kept = stack
        .ofType(SECRET_VERSION)
        .some(({ propertyDependencies }) =>
            ["secretString", "secretStringWo", "secretBinary"].some((key) =>
                (propertyDependencies[key] ?? []).some((source) => generators.includes(source)),
            ),
        );
    if (!kept) {
        report(`has a generated ${property} that no secret of Secrets Manager holds.`, database);
    }
}
