import { isPublic, type Statement, statementsOf } from "../../framework";
import { isNarrowing, type NarrowingKeys } from "../../framework/narrowing";
import { labelOf } from "./permissions";

/**
 * Reports the statements of a resource's policy that let anybody in.
 *
 * @param keys Condition keys of the service that narrow a statement, besides those of all services.
 */
export function judgePublic(
    document: unknown,
    report: (reason: string) => void,
    keys: NarrowingKeys = {},
): void {
    (statementsOf(document) ?? []).forEach((statement, index) => {
        if (isPublic(statement) && !isNarrowing(statement.conditions, keys) && !isMounted(statement)) {
            const { actions, notActions } = statement;
            const what = actions.length > 0 ? actions.join(", ") : `everything but ${notActions.join(", ")}`;
            report(`lets anybody in: ${labelOf(statement, index)} allows ${what} to everyone.`);
        }
    });
}

/** Whether a statement about a file system is for those alone who mount it, which takes a way into its VPC. */
function isMounted({ conditions }: Statement): boolean {
    return Object.entries(conditions.Bool ?? {}).some(
        ([key, values]) =>
            key.toLowerCase() === "elasticfilesystem:accessedviamounttarget" &&
            values.every((value) => value === "true"),
    );
}
