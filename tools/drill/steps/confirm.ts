/** Asks the operator. */
import { RefusedError } from "../errors";
import { type Step } from "../engine/step";

/** A question, whose answer is a word to type. */
export interface Question {
    readonly scope: string;
    readonly question: string;
    readonly word: string;
}

/** Asks the operator to type a word before anything is changed. */
export function confirmation({ question, scope, word }: Question): Step {
    return {
        id: `${scope}confirm`,
        title: "Confirm",
        kind: "check",
        why: "A person decides; automation says --yes instead.",
        timeoutSeconds: 900,
        describe: () => question,
        run: async ({ confirm, dryRun }) => {
            if (dryRun) {
                return `would ask for the word ${word}`;
            }
            if (!(await confirm(question, word))) {
                throw new RefusedError(["the operator did not confirm"]);
            }
            return "confirmed";
        },
    };
}
