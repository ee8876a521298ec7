import { isPublic, statementsOf } from "../../framework";
import { labelOf } from "./permissions";

/** Reports the statements of a resource's policy that let anybody in. */
export function judgePublic(document: unknown, report: (reason: string) => void): void {
    (statementsOf(document) ?? []).forEach((statement, index) => {
        if (isPublic(statement)) {
            const { actions, notActions } = statement;
            const what = actions.length > 0 ? actions.join(", ") : `everything but ${notActions.join(", ")}`;
            report(`lets anybody in: ${labelOf(statement, index)} allows ${what} to everyone.`);
        }
    });
}
